"""Figures and the list of records."""

from django.urls import path

from xiezuo.web.staff.service import figures, records

urlpatterns = [
    path("figures/", figures.figures, name="figures"),
    path("figures/<int:year>/", figures.figures, name="figures_of"),
    path("figures/<int:year>/rows/", figures.figure_rows, name="figure_rows"),
    path("records/", records.service_records, name="service_records"),
]
