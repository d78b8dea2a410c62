"""/service/cases/…"""

from django.urls import path

from xiezuo.web.staff.cases import aside, conferences, giving, listing, one, supervision

urlpatterns = [
    path("", listing.cases, name="cases"),
    path("<int:pk>/", one.one, name="case"),
    path("<int:pk>/suspend/", aside.suspend, name="suspend_case"),
    path("<int:pk>/resume/", aside.resume, name="resume_case"),
    path("<int:pk>/archive/", aside.archive, name="archive_case"),
    path("hand-over/", giving.give, name="hand_cases_over"),
    path("conferences/", conferences.conferences, name="conferences"),
    path("conferences/new/", conferences.new, name="hold_conference"),
    path("conferences/<int:pk>/", conferences.one, name="conference"),
    path("supervision/", supervision.supervision, name="supervision"),
    path("supervision/<int:pk>/receive/", supervision.receive, name="receive_supervision"),
]
