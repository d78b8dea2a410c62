"""/insight/…"""

from django.urls import path

from xiezuo.web.staff.insight import breakdown, codes, growth, ledger, releases, report, targets

urlpatterns = [
    path("breakdown/<int:year>/", breakdown.figures_by, name="breakdown"),
    path("report/", report.annual_report, name="annual_report"),
    path("report/<int:year>/", report.annual_report, name="annual_report_of"),
    path("report/<int:year>/texts/", report.texts, name="report_texts"),
    path("report/<int:year>/texts/<uuid:key>/keep/", report.keep_texts, name="keep_report_texts"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/<int:year>/<int:month>/", ledger.ledger, name="month_ledger"),
    path("growth/", growth.growth, name="growth"),
    path("growth/<int:year>/", growth.growth, name="growth_of"),
    path("targets/", targets.targets, name="targets"),
    path("targets/begin/", targets.begin, name="set_targets"),
    path("targets/<int:pk>/correct/", targets.correct, name="correct_targets"),
    path("targets/<int:pk>/drop/", targets.drop, name="drop_targets"),
    path("releases/", releases.releases, name="releases"),
    path("releases/begin/", releases.begin, name="release_figures"),
    path("codes/<str:written>/", codes.code, name="released_code"),
]
