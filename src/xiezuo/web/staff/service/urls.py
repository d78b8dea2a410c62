from django.urls import path

from xiezuo.web.staff.service import checkin, evidence, nicknames, one, record
from xiezuo.web.staff.service.measures import asking, goals, order

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
    path("measures/", asking.about_measures, name="measures"),
    path("measures/person/<int:pk>/", asking.person_measures, name="person_measures"),
    path("measures/person/<int:pk>/goal/", goals.set_one, name="set_goal"),
    path("measures/person/<int:pk>/<slug:of>/", asking.take, name="take_measure"),
    path("measures/taken/<int:pk>/", asking.taken, name="taken_measure"),
    path("measures/taken/<int:pk>/withdraw/", asking.withdraw, name="withdraw_measure"),
    path("measures/goals/<int:pk>/score/", goals.score, name="score_goal"),
    path("measures/goals/<int:pk>/end/", goals.end, name="end_goal"),
    path("measures/order/<slug:of>/", order.order, name="order_of_need"),
    path("measures/order/<slug:of>/<int:pk>/", order.place, name="place_by_hand"),
]
