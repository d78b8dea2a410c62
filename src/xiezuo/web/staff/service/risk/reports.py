"""Reports that someone is at risk: those that wait, and one with everything that was done since."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from xiezuo.common.days import now, today
from xiezuo.common.errors import RuleBroken
from xiezuo.people.access import person_for
from xiezuo.people.actions import note_read
from xiezuo.people.rights import people_to_choose
from xiezuo.people.search import found
from xiezuo.service.access.risks import (
    ToldRisk,
    may_close_by_reason,
    risk_report_for,
    risk_reports_for,
    steps_of,
)
from xiezuo.service.actions.risks import (
    Reporting,
    close_risk,
    close_risk_by_reason,
    complete_risk,
    follow_risk,
    link_risk,
    must_go_to_police,
    report_risk,
)
from xiezuo.service.vocab import Capacity, RiskState
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.service.risk.forms import (
    CompleteForm,
    ReasonForm,
    ReceiptForm,
    ReportForm,
    StepForm,
    TellForm,
    labels,
)
from xiezuo.web.staff.service.risk.words import clock_of, shown, step_text

FOUND = 6
Act = Callable[[StaffRequest, ToldRisk, dict[str, Any]], None]


@page(STAFF)
@require_GET
def reports(request: StaffRequest) -> HttpResponse:
    """What waits to be reported first, then what is open, then what is closed."""
    rows = shown(risk_reports_for(request.actor), now())
    what = {
        "waiting": [one for one in rows if one.told.row.state == RiskState.FLAGGED],
        "open": [one for one in rows if one.told.row.is_open and one.told.row.state != RiskState.FLAGGED],
        "closed": [one for one in rows if not one.told.row.is_open],
        "nav": "risk_reports",
    }
    return render(request, "staff/service/risk/reports.html", what)


def _forms(request: StaffRequest, told: ToldRisk) -> dict[str, forms.Form]:
    """Every form of the page; the one that was sent holds what was typed."""
    sent, row = request.POST.get("do", ""), told.row
    typed = {name: request.POST if sent == name else None for name in ACTS}
    return {
        "complete": CompleteForm(typed["complete"], report=row, prefix="c"),
        "report": ReportForm(typed["report"], prefix="r"),
        "follow": StepForm(typed["follow"], prefix="s"),
        "tell": TellForm(typed["tell"], prefix="t"),
        "close": ReceiptForm(typed["close"], prefix="e"),
        "reason": ReasonForm(typed["reason"], prefix="w"),
    }


@page(STAFF)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """`do` says what is sent: complete, report, follow, tell, close, reason; `person` says who it is."""
    told = risk_report_for(request.actor, pk)
    if request.method == "POST" and request.POST.get("person", "").isdecimal():
        link_risk(by=request.actor, report=told.row, person=person_for(request.actor, int(request.POST["person"])))
        messages.success(request, _("Written down who it is."))
        return redirect("risk_report", pk=pk)
    filled, doing = _forms(request, told), request.POST.get("do", "")
    form = filled.get(doing)
    if form is not None and form.is_valid() and _done(request, told, doing, form):
        return redirect("risk_report", pk=pk)
    # Whoever made the report reads their own words. To the person, who may live with whoever harms them, it is "a form".
    if told.whole and told.row.person is not None and told.row.flagged_by_id != request.actor.id:
        note_read(by=request.actor, person=told.row.person, what="form")
    status = 422 if form is not None and form.errors else 200
    return render(request, "staff/service/risk/report.html", _context(request, told, filled), status=status)


def _done(request: StaffRequest, told: ToldRisk, doing: str, form: forms.Form) -> bool:
    act, words = ACTS[doing]
    try:
        act(request, told, form.cleaned_data)
    except RuleBroken as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        form.rule = str(refusal.facts.get("rule", ""))  # type: ignore[attr-defined]
        return False
    messages.success(request, str(words))
    return True


def _complete(request: StaffRequest, told: ToldRisk, said: dict[str, Any]) -> None:
    complete_risk(by=request.actor, report=told.row, **{**said, "capacity": Capacity(said["capacity"])})


def _report(request: StaffRequest, told: ToldRisk, said: dict[str, Any]) -> None:
    report_risk(by=request.actor, report=told.row, facts=Reporting(**said), at=now())


def _follow(request: StaffRequest, told: ToldRisk, said: dict[str, Any]) -> None:
    follow_risk(by=request.actor, report=told.row, text=said["text"])


def _tell(request: StaffRequest, told: ToldRisk, said: dict[str, Any]) -> None:
    follow_risk(by=request.actor, report=told.row, text=said["text"], told=True)


def _close(request: StaffRequest, told: ToldRisk, said: dict[str, Any]) -> None:
    close_risk(by=request.actor, report=told.row, receipt_no=said["receipt_no"], at=now())


def _reason(request: StaffRequest, told: ToldRisk, said: dict[str, Any]) -> None:
    close_risk_by_reason(by=request.actor, report=told.row, reason=said["supervisor_reason"], at=now())


ACTS: dict[str, tuple[Act, str | Promise]] = {
    "complete": (_complete, _("Written down.")),
    "report": (_report, _("Written down that it was reported. Add the receipt when it comes.")),
    "follow": (_follow, _("Written down.")),
    "tell": (_tell, _("Written down.")),
    "close": (_close, _("Closed with its receipt.")),
    "reason": (_reason, _("Closed with your reason.")),
}


def _context(request: StaffRequest, told: ToldRisk, filled: dict[str, forms.Form]) -> dict[str, Any]:
    actor, row, q = request.actor, told.row, request.GET.get("q", "").strip()
    works = told.whole and row.is_open and not actor.watched
    signs, agencies, ways = dict(labels("risk_sign")), dict(labels("report_agency")), dict(labels("contact_way"))
    return {
        "told": told,
        "report": row,
        "clock": clock_of(told, now()),
        "forms": filled,
        "works": works,
        "by_reason": works and may_close_by_reason(actor, told),
        "steps": [(step, step_text(step)) for step in steps_of(actor, told)],
        "signs": [signs.get(code, code) for code in row.signs],
        "agencies": [agencies.get(code, code) for code in row.agency],
        "way": ways.get(row.way, ""),
        "police": must_go_to_police(row) and "police" not in row.agency,
        "q": q,
        "found": found(actor, people_to_choose(actor, today()), q, FOUND) if q and works else [],
        "nav": "risk_reports",
    }
