"""/member/…: what someone sees of what is recorded about them."""

from django.urls import path

from xiezuo.web.member import complaints, consents, door, readers, record, requests

urlpatterns = [
    path("", record.record, name="member"),
    path("link/<str:token>/", door.enter, name="member_link"),
    path("logout/", door.leave_page, name="member_logout"),
    path("readers/", readers.readers, name="member_readers"),
    path("consents/", consents.consents, name="member_consents"),
    path("consents/answer/", consents.answer, name="member_answer"),
    path("requests/", requests.requests, name="member_requests"),
    path("requests/<int:pk>/", requests.receipt, name="member_request"),
    path("copy/", record.copy, name="member_copy"),
    path("complaints/", complaints.complaints, name="member_complaints"),
]
