from django.urls import path

from xiezuo.web.staff.service import checkin, evidence, nicknames, one, record

urlpatterns = [
    path("record/", record.record, name="record_service"),
    path("record/find/", record.pick, name="pick_people"),
    path("drafts/<uuid:key>/", record.keep, name="keep_draft"),
    path("drafts/<uuid:key>/drop/", record.drop, name="drop_draft"),
    path("checkin/", checkin.checkin, name="checkin"),
    path("<int:pk>/", one.one, name="service_record"),
    path("<int:pk>/correct/", record.correct, name="correct_service"),
    path("<int:pk>/cancel/", one.cancel, name="cancel_service"),
    path("<int:pk>/step/", one.finish, name="finish_step"),
    path("<int:pk>/private-note/", one.keep_private, name="keep_private"),
    path("<int:pk>/evidence/", evidence.add, name="add_evidence"),
    path("nicknames/<int:pk>/", nicknames.link, name="link_nickname"),
    path("nicknames/<int:pk>/<int:link>/end/", nicknames.part, name="part_nickname"),
    path("evidence/<int:pk>/", evidence.fetch, name="evidence"),
]
