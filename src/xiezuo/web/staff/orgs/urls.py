"""/orgs/…"""

from django.urls import path

from xiezuo.web.staff.orgs import accounts, evidence, house, money, projects, sites

urlpatterns = [
    path("sites/", sites.sites, name="sites"),
    path("sites/open/", sites.open_new, name="open_site"),
    path("sites/<int:pk>/", sites.site, name="site"),
    path("sites/<int:pk>/correct/", sites.correct, name="correct_site"),
    path("projects/begin/", projects.begin, name="begin_project"),
    path("projects/<int:pk>/", projects.project, name="project"),
    path("projects/<int:pk>/evidence/", evidence.evidence, name="project_evidence"),
    path("projects/<int:pk>/money/", money.add, name="add_funding"),
    path("money/<int:pk>/", money.one, name="funding"),
    path("money/<int:pk>/restrict/", money.restrict, name="restrict_funding"),
    path("money/<int:pk>/amount/", money.amount, name="write_amount"),
    path("money/<int:pk>/change/", money.change, name="change_restriction"),
    path("money/<int:pk>/report/", money.report, name="report_aid"),
    path("money/<int:pk>/sheet/", money.sheet, name="donor_sheet"),
    path("programmes/begin/", projects.begin_long, name="begin_programme"),
    path("house/", house.house, name="house"),
    path("house/solo/", house.solo, name="declare_solo"),
    path("house/correct/", house.begin, name="begin_identity"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/register/", accounts.add, name="add_account"),
    path("accounts/<int:pk>/", accounts.account, name="account"),
    path("accounts/<int:pk>/roles/", accounts.give, name="give_membership"),
    path("accounts/<int:pk>/roles/<int:membership>/end/", accounts.end, name="end_membership"),
    path("accounts/<int:pk>/link/", accounts.link, name="account_link"),
    path("accounts/<int:pk>/link/<int:invitation>/revoke/", accounts.revoke, name="revoke_link"),
    path("accounts/<int:pk>/unlock/", accounts.unlock, name="unlock_account"),
    path("accounts/<int:pk>/factors/remove/", accounts.without_factor, name="take_factors_away"),
    path("accounts/<int:pk>/devices/end/", accounts.log_out, name="log_out_account"),
    path("accounts/<int:pk>/close/", accounts.close, name="close_account"),
    path("accounts/<int:pk>/reopen/", accounts.reopen, name="reopen_account"),
]
