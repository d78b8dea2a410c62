"""前台签到: someone comes in, and ten seconds later it is written down."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xiezuo.common.days import local, now, today
from xiezuo.common.errors import RuleBroken
from xiezuo.orgs.access import sites_for
from xiezuo.orgs.models import Site
from xiezuo.people.access import must_do_casework, person_for
from xiezuo.people.rights import people_to_choose
from xiezuo.people.search import found
from xiezuo.service.access.groups import known_among
from xiezuo.service.actions import check_in, count_in
from xiezuo.service.desk import counted_today, seen_without_a_name, times_at_desk
from xiezuo.service.leaving import in_and_out
from xiezuo.service.queries import came_in, visits_before
from xiezuo.web.base.pages import STAFF, StaffRequest, page

FOUND = 6


def site_at_desk(request: StaffRequest, sites: QuerySet[Site]) -> Site | None:
    """The site asked for, or the one at whose desk the actor stood last."""
    asked = request.POST.get("site") or request.GET.get("site") or request.session.get("desk_site", "")
    chosen = sites.filter(pk=asked).first() if str(asked).isdigit() else None
    return chosen or sites.first()


@page(STAFF)
@require_http_methods(["GET", "POST"])
def checkin(request: StaffRequest) -> HttpResponse:
    """GET finds people by a scrap (`q`) at a site; POST writes down that one of them, or a newcomer, is here."""
    must_do_casework(request.actor)
    sites = sites_for(request.actor).filter(closed_on__isnull=True)
    site = site_at_desk(request, sites)
    if site is None:
        return render(request, "staff/service/checkin_no_site.html", {"nav": "checkin"})
    if request.method == "POST":
        return _came(request, site)
    q = request.GET.get("q", "").strip()
    came = came_in(site, today())
    known = known_among(request.actor, {row.person_id for row in came if row.person_id})
    what = {
        "sites": sites,
        "site": site,
        "q": q,
        "found": found(request.actor, people_to_choose(request.actor, today()), q, FOUND),
        "came": sum(1 for row in came if row.person_id),
        "here": [(row, times_at_desk(row.person, today())) for row in came if row.person and row.person_id in known],
        "counted": counted_today(site, today()),
        "children": in_and_out(site, today()),
        "often": seen_without_a_name(request.actor, site, today()),
        "nav": "checkin",
    }
    fragment = request.headers.get("X-Part") == "found"
    return render(request, "staff/service/checkin_found.html" if fragment else "staff/service/checkin.html", what)


def _came(request: StaffRequest, site: Site) -> HttpResponse:
    request.session["desk_site"] = str(site.pk)
    pk, nickname = request.POST.get("person", ""), request.POST.get("nickname", "").strip()
    if request.POST.get("nobody"):
        count_in(by=request.actor, site=site, on=today())
        messages.success(request, _("Counted: one more came in."))
        return redirect(f"{reverse('checkin')}?site={site.pk}")
    try:
        person = person_for(request.actor, int(pk)) if pk.isdigit() else None
        clock = local(now()).time().replace(second=0, microsecond=0)
        _day, who = check_in(by=request.actor, site=site, on=today(), person=person, nickname=nickname, at=clock)
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        times = visits_before(who, today())
        messages.success(
            request,
            _("%(name)s is here, for the first time.") % {"name": who}
            if not times
            else _("%(name)s is here; %(times)s visits before.") % {"name": who, "times": times},
        )
    return redirect(f"{reverse('checkin')}?site={site.pk}")
