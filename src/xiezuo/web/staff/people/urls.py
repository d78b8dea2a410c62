"""/people/…"""

from django.urls import path

from xiezuo.web.staff.people import duplicates, family, household, listing, merges, person, register, ties

urlpatterns = [
    path("", listing.people, name="people"),
    path("search/", listing.search, name="search"),
    path("register/", register.register, name="register_person"),
    path("register/keep/<uuid:key>/", register.keep, name="keep_person"),
    path("register/drop/<uuid:key>/", register.drop, name="drop_person"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/<int:pk>/", duplicates.duplicate, name="duplicate"),
    path("merges/", merges.merges, name="merges"),
    path("merges/<int:pk>/", merges.merge, name="merge"),
    path("merges/<int:pk>/undo/", merges.undo, name="undo_merge"),
    path("<int:pk>/duplicates/", duplicates.same_as, name="same_as"),
    path("<int:pk>/", person.overview, name="person"),
    path("<int:pk>/show/", person.show, name="show_person"),
    path("<int:pk>/services/", person.services, name="person_services"),
    path("<int:pk>/family/", family.family, name="person_family"),
    path("<int:pk>/consents/", person.consents, name="person_consents"),
    path("<int:pk>/readers/", person.readers, name="person_readers"),
    path("<int:pk>/correct/", register.correct, name="correct_person"),
    path("<int:pk>/roles/", ties.begin, name="begin_role"),
    path("<int:pk>/roles/<int:period>/end/", ties.end, name="end_role"),
    path("<int:pk>/assign/", ties.assign_to, name="assign_person"),
    path("<int:pk>/assign/<int:assignment>/end/", ties.unassign, name="unassign_person"),
    path("<int:pk>/household/", family.found, name="found_household"),
    path("<int:pk>/relationships/", family.relate_to, name="relate_person"),
    path("households/<int:pk>/", household.household, name="household"),
    path("households/<int:pk>/correct/", household.correct, name="correct_household"),
    path("households/<int:pk>/join/", household.join, name="join_household"),
    path("households/<int:pk>/leave/<int:member>/", household.leave, name="leave_household"),
]
