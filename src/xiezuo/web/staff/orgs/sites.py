"""Sites: where the house works, who is there and what is done there."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from xiezuo.common.days import today
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.orgs.access import Actor, can_arrange, programmes_for, projects_for, site_for, sites_for
from xiezuo.orgs.actions import correct_site, open_site
from xiezuo.orgs.models import Site
from xiezuo.orgs.queries import staff_of
from xiezuo.people.access import people_for
from xiezuo.service.access import as_told_to, records_for
from xiezuo.service.access.workday import works_at
from xiezuo.service.indicators import counted
from xiezuo.service.kept import kept
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.orgs.forms import SiteFactsForm, SiteForm

RECENT = 8


@dataclass(frozen=True)
class SiteLine:
    """A site with the people assigned to it and its services of this year, as far as the actor may see."""

    site: Site
    people: int
    services: int


def must_arrange(actor: Actor) -> None:
    if not can_arrange(actor):
        raise NotAllowed(_("Supervisors and system administrators open sites and begin projects. Ask one of them."))


def _people_by_site(actor: Actor) -> dict[int, int]:
    rows = people_for(actor).filter(assignments__to_on__isnull=True, assignments__site__isnull=False)
    counts = rows.order_by().values_list("assignments__site").annotate(n=Count("pk", distinct=True))
    return dict(counts)  # not kept: registering someone changes it, and no figure


def _services_by_site(actor: Actor, since: date) -> dict[int, int]:
    rows = counted(records_for(actor)).filter(service_date__gte=since, site__isnull=False)
    counts = rows.order_by().values_list("site").annotate(n=Count("pk"))
    return kept("services_by_site", counts, lambda: dict(counts))


def lines_of(actor: Actor, on: date) -> list[SiteLine]:
    people, services = _people_by_site(actor), _services_by_site(actor, on.replace(month=1, day=1))
    return [SiteLine(site, people.get(site.pk, 0), services.get(site.pk, 0)) for site in sites_for(actor)]


@page(STAFF)
@require_GET
def sites(request: StaffRequest) -> HttpResponse:
    """Sites, projects and programmes on one page."""
    day = today()
    projects = list(projects_for(request.actor).select_related("programme").prefetch_related("fundings__funder"))
    what = {
        "lines": lines_of(request.actor, day),
        "running": [p for p in projects if p.to_on is None or p.to_on >= day],
        "over": [p for p in projects if p.to_on is not None and p.to_on < day],
        "programmes": programmes_for(request.actor).annotate(n=Count("projects")),
        "may_arrange": can_arrange(request.actor),
        "year": day.year,
    }
    return render(request, "staff/orgs/sites.html", what)


@page(STAFF)
@require_GET
def site(request: StaffRequest, pk: int) -> HttpResponse:
    """One site."""
    found = site_for(request.actor, pk)
    records = counted(records_for(request.actor)).filter(site=found)
    since = today().replace(month=1, day=1)
    what = {
        "site": found,
        "staff": staff_of(found),
        "projects": found.projects.all(),
        "recent": as_told_to(
            request.actor, records.select_related("recorded_by").order_by("-service_date", "-pk")[:RECENT]
        ),
        "services": records.filter(service_date__gte=since).count(),
        "people": people_for(request.actor).filter(assignments__site=found, assignments__to_on__isnull=True).count(),
        "may_arrange": can_arrange(request.actor),
        "year": since.year,
        "works_here": works_at(request.actor, found),
        "today": today(),
        "nav": "sites",
    }
    return render(request, "staff/orgs/site.html", what)


@page(STAFF)
@require_http_methods(["GET", "POST"])
def open_new(request: StaffRequest) -> HttpResponse:
    must_arrange(request.actor)
    form = SiteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            new = open_site(by=request.actor, name=given["name"], address=given["address"], on=given["opened_on"])
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(
                request, _("%(site)s is open. An administrator lets colleagues work there.") % {"site": new}
            )
            return redirect("sites")
    return form_page(request, form, "staff/orgs/site_new.html")


@page(STAFF)
@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    """Address, days, and the ways the name is written in old sheets."""
    must_arrange(request.actor)
    found = site_for(request.actor, pk)
    initial = {
        "address": found.address,
        "opened_on": found.opened_on,
        "closed_on": found.closed_on,
        "other_names": "\n".join(found.other_names),
    }
    form = SiteFactsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            correct_site(by=request.actor, site=found, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("Written down: %(site)s.") % {"site": found})
            return redirect("site", pk=pk)
    return form_page(request, form, "staff/orgs/site_facts.html", site=found)


def form_page(request: StaffRequest, form: Any, template: str, **more: Any) -> HttpResponse:
    """A form by itself; refused, it comes back with everything that was typed."""
    return render(request, template, {"form": form, "nav": "sites", **more}, status=422 if form.errors else 200)
