"""/sign-up/…, /here/…, /opinion/…"""

from django.urls import path

from xiezuo.web.public import joining, opinions, signing

urlpatterns = [
    path("sign-up/<str:token>/", joining.join, name="join_activity"),
    path("sign-up/place/<str:token>/", joining.own_place, name="own_place"),
    path("here/<str:token>/", signing.here, name="here"),
    path("opinion/<str:token>/", opinions.opinion, name="opinion"),
]
