"""Caseloads: one's own, and for supervisors those of their sites, with what presses first."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xiezuo.common.days import today
from xiezuo.people.access import must_do_casework
from xiezuo.service.access import cases_for
from xiezuo.service.cases.load import caseload, going_on, handed_lately, load_of, loads
from xiezuo.service.models import Case
from xiezuo.service.queries import forms_waiting
from xiezuo.service.vocab import LOCKED_STATES, CaseState
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.shapes import Tab
from xiezuo.web.staff.forms.words import form_rows

WAITING = 20
OVER = "over"


@page(STAFF)
@require_safe
def cases(request: StaffRequest) -> HttpResponse:
    """`all`: everyone's whom a supervisor sees; `worker`: one colleague's; `state`: those at one step, or all that is over."""
    actor, day = request.actor, today()
    must_do_casework(actor)
    everyone = actor.supervises and (request.GET.get("all") == "on" or bool(request.GET.get("worker")))
    seen = cases_for(actor) if everyone else cases_for(actor).filter(worker=actor.user)
    lines = caseload(actor, _asked(request, seen), day)
    what = {
        "lines": [line for line in lines if line.case.is_open],
        "afterwards": [line for line in lines if line.case.state in LOCKED_STATES[:2]],
        "over": [line for line in lines if line.case.state not in LOCKED_STATES[:2] and not line.case.is_open],
        "presses": sum(line.presses for line in lines),
        "everyone": everyone,
        "asked": request.GET,
        "states": [state for state in CaseState if state not in LOCKED_STATES],
        "load": load_of(actor.user, day),
        "loads": loads(actor, day) if everyone else [],
        "handed": handed_lately(actor, day),
        "waiting": [row for row in form_rows(forms_waiting(actor, WAITING)) if row.form.case_id],
        "tabs": _tabs(everyone) if actor.supervises else [],
        "day": day,
        "nav": "cases",
    }
    return render(request, "staff/cases/cases.html", what)


def _asked(request: StaffRequest, seen: QuerySet[Case]) -> QuerySet[Case]:
    worker, state = request.GET.get("worker", ""), request.GET.get("state", "")
    if worker.isdecimal() and len(worker) < 10:
        seen = seen.filter(worker=int(worker))
    if state == OVER:
        return seen.filter(closed_on__isnull=False)
    return seen.filter(state=state) if state in CaseState.values else going_on(seen)


def _tabs(everyone: bool) -> list[Tab]:
    url = reverse("cases")
    return [Tab(_("Mine"), url, not everyone), Tab(_("Everyone's"), f"{url}?all=on", everyone)]
