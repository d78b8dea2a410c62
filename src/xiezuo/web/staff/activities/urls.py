"""/service/activities/…, /service/youth-groups/…"""

from django.urls import path

from xiezuo.web.staff.activities import days, helpers, listing, one, posters, sign_ups, youth

urlpatterns = [
    path("activities/", listing.activities, name="activities"),
    path("activities/<int:pk>/", one.one, name="activity"),
    path("activities/<int:pk>/open/", one.open_sign_up, name="open_activity"),
    path("activities/<int:pk>/cancel/", one.cancel, name="cancel_activity"),
    path("activities/<int:pk>/days/", one.new_day, name="add_activity_day"),
    path("activities/<int:pk>/sign-ups/", one.write_wish, name="write_sign_up"),
    path("activities/<int:pk>/poster/<slug:sheet>/", posters.poster, name="activity_poster"),
    path("activities/days/<int:pk>/", days.one, name="activity_day"),
    path("activities/days/<int:pk>/note/", days.note, name="note_sign_in"),
    path("activities/days/<int:pk>/helpers/", helpers.note, name="note_helper"),
    path("activities/days/<int:pk>/write/", days.write, name="write_activity_day"),
    path("activities/sign-ups/<int:pk>/", sign_ups.know, name="know_sign_up"),
    path("activities/sign-ups/<int:pk>/cancel/", sign_ups.give_back, name="give_place_back"),
    path("activities/sign-ups/<int:pk>/told/", sign_ups.told, name="note_told"),
    path("youth-groups/", youth.groups, name="youth_groups"),
    path("youth-groups/<int:pk>/", youth.one, name="youth_group"),
    path("youth-groups/<int:pk>/move/", youth.move, name="move_youth_group"),
]
