from django.urls import path, register_converter

from xiezuo.web.staff.service import changes, checkin, evidence, nicknames, one, record
from xiezuo.web.staff.service.day import handovers, report, site
from xiezuo.web.staff.service.day.asked import DayInAddress
from xiezuo.web.staff.service.labour import calculating, matters
from xiezuo.web.staff.service.measures import asking, goals, order

register_converter(DayInAddress, "day")

urlpatterns = [
    path("day/", report.own, name="daily_report"),
    path("day/<day:on>/", report.own, name="daily_report_of_day"),
    path("day/<day:on>/keep/", report.keep, name="keep_daily_report"),
    path("day/<day:on>/reports/", report.reports, name="daily_reports"),
    path("day/<day:on>/reports/<int:pk>/", report.of_colleague, name="daily_report_of"),
    path("day/<day:on>/reports/<int:pk>/receipt/", report.read, name="read_daily_report"),
    path("sites/<int:pk>/day/<day:on>/", site.day, name="site_day"),
    path("sites/<int:pk>/month/<int:year>/<int:month>/", site.month, name="site_month"),
    path("sites/<int:pk>/handovers/", handovers.at_site, name="handovers"),
    path("handovers/<int:pk>/", handovers.one, name="handover"),
    path("handovers/<int:pk>/take/", handovers.take, name="take_handover"),
    path("changes/", changes.what_changed, name="changes"),
    path("changes/looked/", changes.looked, name="looked_at_changes"),
    path("labour/", calculating.calculator, name="labour"),
    path("labour/person/<int:pk>/", matters.of_person, name="person_labour"),
    path("labour/<int:pk>/", matters.one, name="labour_matter"),
    path("labour/<int:pk>/interrupt/", matters.add_interruption, name="interrupt_labour"),
    path("labour/<int:pk>/end/", matters.end, name="end_labour"),
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
