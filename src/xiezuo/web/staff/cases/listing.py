"""Caseloads: one's own, and for supervisors those of their sites, with what presses first."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xiezuo.common.days import today
from xiezuo.people.access import must_do_casework
from xiezuo.service.access import cases_for
from xiezuo.service.cases.load import Line, caseload, going_on, handed_lately, load_of, loads
from xiezuo.service.models import Case
from xiezuo.service.queries import forms_waiting
from xiezuo.service.vocab import LOCKED_STATES, CaseState
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.shapes import Tab
from xiezuo.web.staff.forms.words import form_rows

WAITING = 20
PAGE = 50
OVER = "over"


@page(STAFF)
@require_safe
def cases(request: StaffRequest) -> HttpResponse:
    """`all`: everyone's whom a supervisor sees; `worker`: one colleague's; `state`: those at one step, or all that is over."""
    actor, day = request.actor, today()
    must_do_casework(actor)
    everyone = actor.supervises and (request.GET.get("all") == "on" or bool(request.GET.get("worker")))
    seen = cases_for(actor) if everyone else cases_for(actor).filter(worker=actor.user)
    lines, rows = _lines(request, _asked(request, seen, day), day)
    over = request.GET.get("state") == OVER
    what = {
        "lines": [line for line in rows if line.case.is_open],
        "afterwards": [line for line in rows if not line.case.is_open and not over],
        "over": list(rows) if over else [],
        "n_open": sum(line.case.is_open for line in lines),
        "n_afterwards": sum(not line.case.is_open for line in lines),
        "presses": sum(line.presses for line in lines),
        "page": rows,
        "page_url": f"?{urlencode({key: value for key, value in request.GET.items() if key != 'page'})}",
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


def _lines(request: StaffRequest, cases: QuerySet[Case], day: date) -> tuple[list[Line], "Page[Line]"]:
    """All lines of what goes on, open ones first, and a page of them; of what is over only the lines of the page, the latest first."""
    number = request.GET.get("page")
    if request.GET.get("state") != OVER:
        told = caseload(request.actor, cases, day)
        lines = sorted(told, key=lambda line: not line.case.is_open)
        return lines, Paginator(lines, PAGE).get_page(number)
    page: Page[Any] = Paginator(cases.order_by("-closed_on", "-pk"), PAGE).get_page(number)
    lines = caseload(request.actor, cases.filter(pk__in=[case.pk for case in page.object_list]), day)
    lines.sort(key=lambda line: (line.case.closed_on or day, line.case.pk), reverse=True)
    return lines, Page(lines, page.number, page.paginator)


def _asked(request: StaffRequest, seen: QuerySet[Case], on: date) -> QuerySet[Case]:
    worker, state = request.GET.get("worker", ""), request.GET.get("state", "")
    if worker.isdecimal() and len(worker) < 10:
        seen = seen.filter(worker=int(worker))
    if state == OVER:
        return seen.filter(closed_on__isnull=False)
    return seen.filter(state=state) if state in CaseState.values else going_on(seen, on)


def _tabs(everyone: bool) -> list[Tab]:
    url = reverse("cases")
    return [Tab(_("Mine"), url, not everyone), Tab(_("Everyone's"), f"{url}?all=on", everyone)]
