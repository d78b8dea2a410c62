from django.urls import path

from xiezuo.web.staff.service.drawings import pages

urlpatterns = [
    path("genogram/<int:pk>/", pages.genogram, name="genogram"),
    path("ecomap/<int:pk>/", pages.ecomap, name="ecomap"),
    path("ecomap/<int:pk>/tie/", pages.tie, name="tie_on_ecomap"),
    path("ecomap/ties/<int:pk>/end/", pages.untie, name="untie_on_ecomap"),
]
