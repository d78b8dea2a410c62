"""/api/…"""

from django.urls import path

from xiezuo.web.machine import figures

urlpatterns = [path("figures/", figures.figures, name="api_figures")]
