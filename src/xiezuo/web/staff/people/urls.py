"""/people/…"""

from django.urls import path

from xiezuo.web.staff.people import asking, caring, family, household, journey, listing, notices, person, register, ties

urlpatterns = [
    path("", listing.people, name="people"),
    path("search/", listing.search, name="search"),
    path("register/", register.register, name="register_person"),
    path("register/keep/<uuid:key>/", register.keep, name="keep_person"),
    path("register/drop/<uuid:key>/", register.drop, name="drop_person"),
    path("<int:pk>/", person.overview, name="person"),
    path("<int:pk>/show/", person.show, name="show_person"),
    path("<int:pk>/services/", person.services, name="person_services"),
    path("<int:pk>/family/", family.family, name="person_family"),
    path("<int:pk>/consents/", asking.consents, name="person_consents"),
    path("<int:pk>/consents/end/", asking.take_back, name="take_back_consent"),
    path("<int:pk>/consents/<int:consent>/paper/", asking.paper, name="consent_paper"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<str:purpose>/", notices.publish, name="publish_notice"),
    path("<int:pk>/readers/", person.readers, name="person_readers"),
    path("<int:pk>/correct/", register.correct, name="correct_person"),
    path("<int:pk>/journey/", journey.journey, name="person_journey"),
    path("<int:pk>/journey/step/", journey.step, name="journey_step"),
    path("<int:pk>/journey/step/keep/<uuid:key>/", journey.keep_step, name="keep_step"),
    path("<int:pk>/assign/", ties.assign_to, name="assign_person"),
    path("<int:pk>/assign/<int:assignment>/end/", ties.unassign, name="unassign_person"),
    path("<int:pk>/household/", family.found, name="found_household"),
    path("<int:pk>/relationships/", family.relate_to, name="relate_person"),
    path("<int:pk>/guardians/", caring.guard, name="note_guardian"),
    path("<int:pk>/guardians/<int:guardianship>/end/", caring.end_guard, name="end_guardian"),
    path("<int:pk>/collectors/", caring.collect, name="name_collector"),
    path("<int:pk>/collectors/<int:collector>/end/", caring.end_collect, name="end_collector"),
    path("households/<int:pk>/", household.household, name="household"),
    path("households/<int:pk>/correct/", household.correct, name="correct_household"),
    path("households/<int:pk>/move/", household.move, name="move_household"),
    path("households/<int:pk>/join/", household.join, name="join_household"),
    path("households/<int:pk>/leave/<int:member>/", household.leave, name="leave_household"),
]
