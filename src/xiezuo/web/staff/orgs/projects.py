"""Projects and programmes: bounded pieces of work with their money, and the long undertakings they belong to."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.insight.access import can_set_targets, frameworks_for
from xiezuo.orgs.access import can_arrange, project_for
from xiezuo.orgs.actions import begin_programme, begin_project
from xiezuo.service.access import records_for
from xiezuo.service.aid.balance import meters_of
from xiezuo.service.indicators import counted
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.insight.targets import told_for
from xiezuo.web.staff.orgs.forms import ProgrammeForm, ProjectForm
from xiezuo.web.staff.orgs.sites import RECENT, form_page, must_arrange


@page(STAFF)
@require_GET
def project(request: StaffRequest, pk: int) -> HttpResponse:
    """One project: who pays how much, from when to when, where, and what was done so far."""
    found = project_for(request.actor, pk)
    fundings = list(found.fundings.select_related("funder", "project").order_by("from_on", "pk"))
    meters = meters_of(fundings)
    records = counted(records_for(request.actor)).filter(projects=found)
    what = {
        "project": found,
        "fundings": [(one, meters[one.pk]) for one in fundings],
        "may_add_money": can_arrange(request.actor) or request.actor.directs,
        "sites": found.sites.all(),
        "services": records.count(),
        "recent": records.select_related("recorded_by", "site").order_by("-service_date", "-pk")[:RECENT],
        "targets": told_for(request.actor, frameworks_for(request.actor).filter(project=found)),
        "may_set": can_set_targets(request.actor),
        "year": today().year,
        "nav": "sites",
    }
    return render(request, "staff/orgs/project.html", what)


@page(STAFF)
@require_http_methods(["GET", "POST"])
def begin(request: StaffRequest) -> HttpResponse:
    must_arrange(request.actor)
    form = ProjectForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            new = begin_project(by=request.actor, **form.facts())
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("%(project)s has begun.") % {"project": new})
            return redirect("project", pk=new.pk)
    return form_page(request, form, "staff/orgs/project_new.html")


@page(STAFF)
@require_http_methods(["GET", "POST"])
def begin_long(request: StaffRequest) -> HttpResponse:
    """A programme."""
    must_arrange(request.actor)
    form = ProgrammeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            new = begin_programme(by=request.actor, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("%(programme)s is written down.") % {"programme": new})
            return redirect("sites")
    return form_page(request, form, "staff/orgs/programme_new.html")
