"""/service/aid/…"""

from django.urls import path

from xiezuo.web.staff.aid import deciding, listing, one

urlpatterns = [
    path("", listing.aids, name="aids"),
    path("<int:pk>/", one.one, name="aid"),
    path("<int:pk>/approve/", deciding.approve, name="approve_aid"),
    path("<int:pk>/reject/", deciding.reject, name="reject_aid"),
    path("<int:pk>/withdraw/", deciding.withdraw, name="withdraw_aid"),
    path("<int:pk>/another/", deciding.another, name="ask_another"),
    path("<int:pk>/follow-up/", deciding.follow_up, name="follow_up_aid"),
]
