"""/partner/…: what the receiver of a referral sees of it, and their answer."""

from django.urls import path

from xiezuo.web.partner import door, shared

urlpatterns = [
    path("", shared.shared, name="partner"),
    path("answer/", shared.answer, name="partner_answer"),
    path("outcome/", shared.outcome, name="partner_outcome"),
    path("link/<str:token>/", door.enter, name="partner_link"),
]
