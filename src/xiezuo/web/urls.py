"""Every address with a page behind it."""

from django.urls import URLPattern, URLResolver, include, path

from xiezuo.web.staff.service import today

urlpatterns: list[URLPattern | URLResolver] = [
    path("", today.today, name="today"),
    path("", include("xiezuo.web.base.urls")),
    path("api/", include("xiezuo.web.machine.urls")),
    path("member/", include("xiezuo.web.member.urls")),
    path("partner/", include("xiezuo.web.partner.urls")),
    path("", include("xiezuo.web.public.urls")),
    path("people/", include("xiezuo.web.staff.people.urls")),
    path("orgs/", include("xiezuo.web.staff.orgs.urls")),
    path("forms/packs/", include("xiezuo.web.staff.forms.packs_urls")),
    path("service/", include("xiezuo.web.staff.service.figures_urls")),
    path("service/", include("xiezuo.web.staff.service.referrals.urls")),
    path("service/", include("xiezuo.web.staff.service.drawings.urls")),
    path("service/aid/", include("xiezuo.web.staff.aid.urls")),
    path("service/cases/", include("xiezuo.web.staff.cases.urls")),
    path("service/", include("xiezuo.web.staff.groups.urls")),
    path("service/", include("xiezuo.web.staff.activities.urls")),
    path("service/", include("xiezuo.web.staff.service.urls")),
    path("forms/", include("xiezuo.web.staff.forms.urls")),
    path("insight/", include("xiezuo.web.staff.insight.urls")),
    path("exchange/", include("xiezuo.web.staff.exchange.urls")),
]
