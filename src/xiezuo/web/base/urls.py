"""What every house has whatever it works on: the door, the language, the look, the gallery."""

from django.urls import path

from xiezuo.web.base import accounts, gallery, settings_pages

urlpatterns = [
    path("login/", accounts.login, name="login"),
    path("logout/", accounts.logout, name="logout"),
    path("demo-login/<str:username>/", accounts.demo_login, name="demo_login"),
    path("account/set-password/<str:uidb64>/<str:token>/", accounts.set_password, name="set_password"),
    path("language/", settings_pages.language, name="language"),
    path("appearance/", settings_pages.appearance, name="appearance"),
    path("more/", settings_pages.more, name="more"),
    path("look-as/", settings_pages.look_as, name="look_as"),
    path("look-as/end/", settings_pages.stop_looking, name="stop_looking"),
    path("gallery/", gallery.gallery, name="gallery"),
]
