"""What every house has whatever it works on: the door, the language, the look, the gallery."""

from django.urls import path

from xiezuo.web.base import (
    accounts,
    calendar_feed,
    gallery,
    kept_forms,
    my_calendar,
    second_step,
    security,
    settings_pages,
)

urlpatterns = [
    path("login/", accounts.login, name="login"),
    path("logout/", accounts.logout, name="logout"),
    path("demo-login/<str:username>/", accounts.demo_login, name="demo_login"),
    path("login/second/", second_step.second_step, name="second_step"),
    path("login/second/ask/", second_step.ask, name="ask_second_step"),
    path("account/set-password/<str:token>/", accounts.set_password, name="set_password"),
    path("account/", security.overview, name="my_security"),
    path("account/prove/", security.prove, name="prove"),
    path("account/password/", security.password, name="my_password"),
    path("account/app/", security.app, name="my_app"),
    path("account/app/remove/", security.remove_app, name="remove_app"),
    path("account/recovery/", security.recovery, name="my_recovery"),
    path("account/passkeys/", security.add_passkey, name="add_passkey"),
    path("account/passkeys/ask/", security.ask_passkey, name="ask_passkey"),
    path("account/passkeys/<int:pk>/remove/", security.remove_passkey, name="remove_passkey"),
    path("account/devices/end/", security.end_other_devices, name="end_other_devices"),
    path("account/devices/<str:number>/end/", security.end_device, name="end_device"),
    path("account/typed/<uuid:key>/", kept_forms.kept_form, name="kept_form"),
    path("account/typed/<uuid:key>/send/", kept_forms.send_kept_form, name="send_kept_form"),
    path("account/typed/<uuid:key>/drop/", kept_forms.drop_kept_form, name="drop_kept_form"),
    path("account/calendar/", my_calendar.make_calendar, name="make_calendar"),
    path("account/calendar/end/", my_calendar.end_calendar, name="end_calendar"),
    path("calendar/<str:token>.ics", calendar_feed.calendar_feed, name="calendar_feed"),
    path("language/", settings_pages.language, name="language"),
    path("appearance/", settings_pages.appearance, name="appearance"),
    path("more/", settings_pages.more, name="more"),
    path("look-as/", settings_pages.look_as, name="look_as"),
    path("look-as/end/", settings_pages.stop_looking, name="stop_looking"),
    path("gallery/", gallery.gallery, name="gallery"),
]
