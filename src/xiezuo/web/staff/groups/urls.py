"""/service/groups/…"""

from django.urls import path

from xiezuo.web.staff.groups import listing, members, one

urlpatterns = [
    path("groups/", listing.groups, name="groups"),
    path("groups/<int:pk>/", one.one, name="group"),
    path("groups/<int:pk>/arrange/", one.arrange, name="arrange_group"),
    path("groups/<int:pk>/members/", members.join, name="join_group"),
    path("groups/members/<int:pk>/", members.know, name="know_member"),
    path("groups/members/<int:pk>/leave/", members.leave, name="leave_group"),
]
