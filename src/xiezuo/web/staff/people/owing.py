"""数据责任: what whoever answers for data has to do, the yearly audit of children's data, and impact assessments."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from xiezuo.common.days import now, today
from xiezuo.common.errors import RuleBroken
from xiezuo.exchange.access import agreements_for, exports_to_decide, exports_told_to
from xiezuo.exchange.actions.exporting import is_live
from xiezuo.exchange.vocab import ExportState
from xiezuo.forms.packs import pack
from xiezuo.forms.workshop.owed import packs_due_for
from xiezuo.orgs.queries import house_full_name
from xiezuo.people.actions import assess, audit_minors, report_audit
from xiezuo.people.impact import PARTS, Assessed, shipped, standings, subjects
from xiezuo.people.minors import Findings, ReadBy, findings
from xiezuo.people.owed import (
    assessments_for,
    audit_due_on,
    audit_for,
    audits_for,
    breaches_for,
    duties_of,
    must_answer_for_data,
    tellings_of,
)
from xiezuo.people.reading import colleagues_answered_for
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.words import day_words

DAY = {"type": "date"}
TIES: dict[str, Promise] = {
    ReadBy.CASE_TEAM: gettext_lazy("named as working with the child"),
    ReadBy.RESPONSIBLE: gettext_lazy("supervisor of the child's site"),
    ReadBy.APPROVED: gettext_lazy("with an approval for a time"),
    ReadBy.DUTY: gettext_lazy("while working on a breach"),
    ReadBy.NOTHING: gettext_lazy("with none of these"),
}
OTHERS: dict[str, Promise] = {"exports": gettext_lazy("lists with children in them that left the house")}
STATES: dict[Assessed, tuple[str, Promise]] = {
    Assessed.OWN: ("ok", gettext_lazy("assessed by the house")),
    Assessed.SHIPPED: ("wait", gettext_lazy("came with the product; read it, correct it and confirm it")),
    Assessed.OLD: ("wait", gettext_lazy("older than three years; look at it anew")),
    Assessed.NONE: ("late", gettext_lazy("nobody has assessed it, so it is not enabled")),
}


def audit_words(on: date) -> tuple[str, str]:
    """(kind, sentence): by when children's data is looked at again; ("", "") where nobody has to think of it yet."""
    due = audit_due_on()
    if due is None:
        return "wait", _("Children's data was never audited here. The law asks for it once a year.")
    words = {"day": day_words(due, "day", get_language())}
    if due < on:
        return "late", _("The yearly audit of children's data was due by %(day)s.") % words
    if due - on <= timedelta(days=pack("minors-audit")["audit"]["remind_days"]):
        return "wait", _("The yearly audit of children's data is due by %(day)s.") % words
    return "", _("The next audit of children's data is due by %(day)s.") % words


@page(STAFF)
@require_GET
def data(request: StaffRequest) -> HttpResponse:
    """What has to be done about data, as sentences, each with its page."""
    actor = request.actor
    must_answer_for_data(actor)
    late = []
    for breach in breaches_for(actor).filter(closed_at__isnull=True):
        duties = [duty for duty in duties_of(breach, tellings_of(actor, breach)) if duty.done_at is None]
        late.append((breach, duties[0] if duties else None, any(duty.is_late(now()) for duty in duties)))
    audit_kind, audit = audit_words(today())
    what = {
        "breaches": late,
        "audit_kind": audit_kind,
        "audit": audit,
        "assess": [one for one in standings(today()) if one.to_do],
        "waiting": exports_to_decide(actor).filter(state=ExportState.ASKED).count(),
        "left": exports_told_to(actor).filter(written_at__gte=now() - timedelta(days=30)).count(),
        "agreements": sum(is_live(one, now()) for one in agreements_for(actor)),
        "packs": packs_due_for(actor, today()),
        "nav": "data",
    }
    return render(request, "staff/people/data.html", what)


class AuditForm(forms.Form):
    from_on = forms.DateField(label=pgettext_lazy("a period", "From"), widget=forms.DateInput(DAY, format="%Y-%m-%d"))
    to_on = forms.DateField(label=pgettext_lazy("a period", "Until"), widget=forms.DateInput(DAY, format="%Y-%m-%d"))
    conclusion = forms.CharField(label=gettext_lazy("What follows from it"), widget=forms.Textarea({"rows": 4}))


class ReportForm(forms.Form):
    to = forms.CharField(label=gettext_lazy("Reported to"), max_length=120)
    on = forms.DateField(label=gettext_lazy("on"), widget=forms.DateInput(DAY, format="%Y-%m-%d"))


def _numbers(found: dict[str, Any], names: dict[int, str]) -> dict[str, Any]:
    """The findings as a page shows them, with names of colleagues instead of their numbers."""
    readers = [(names.get(int(pk), f"#{pk}"), n) for pk, n in found["by_colleague"].items()]
    return {
        "found": found,
        "ties": [(words, found["by_tie"].get(str(tie), 0), tie == ReadBy.NOTHING) for tie, words in TIES.items()],
        "readers": sorted(readers, key=lambda pair: -pair[1]),
        "others": [(OTHERS.get(code, code), n) for code, n in found["others"].items()],
        "long_days": pack("minors-audit")["audit"]["long_approval_days"],
    }


def _names(request: StaffRequest) -> dict[int, str]:
    return dict(colleagues_answered_for(request.actor).values_list("pk", "name"))


@page(STAFF)
@require_http_methods(["GET", "POST"])
def audits(request: StaffRequest) -> HttpResponse:
    """The audits there were, and the numbers of the last twelve months for the next one."""
    actor = request.actor
    must_answer_for_data(actor)
    begun = {"from_on": today() - timedelta(days=364), "to_on": today()}
    form = AuditForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            audit = audit_minors(by=actor, on=today(), **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The audit is written down. Report it, and note to whom."))
            return redirect("minors_audit", pk=audit.pk)
    kind, words = audit_words(today())
    found: Findings = findings(begun["from_on"], begun["to_on"])
    what = {"rows": audits_for(actor), "form": form, "kind": kind, "words": words, "nav": "data", "begun": begun}
    what |= _numbers(found.as_facts(), _names(request))
    return render(request, "staff/people/audits.html", what, status=422 if form.errors else 200)


@page(STAFF)
@require_http_methods(["GET", "POST"])
def audit(request: StaffRequest, pk: int) -> HttpResponse:
    """One audit, to be printed and reported."""
    found = audit_for(request.actor, pk)
    form = ReportForm(request.POST or None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            report_audit(by=request.actor, audit=found, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return redirect("minors_audit", pk=pk)
    what = {"audit": found, "form": form, "organisation": house_full_name(), "nav": "data"}
    what |= _numbers(found.findings, _names(request))
    return render(request, "staff/people/audit.html", what, status=422 if form.errors else 200)


class AssessForm(forms.Form):
    purpose = forms.CharField(label=gettext_lazy("What it is needed for"), widget=forms.Textarea({"rows": 3}))
    necessity = forms.CharField(label=gettext_lazy("Why less would not do"), widget=forms.Textarea({"rows": 3}))
    risks = forms.CharField(label=gettext_lazy("What may go wrong for people"), widget=forms.Textarea({"rows": 3}))
    measures = forms.CharField(label=gettext_lazy("What was done against it"), widget=forms.Textarea({"rows": 3}))


@page(STAFF)
@require_GET
def impact(request: StaffRequest) -> HttpResponse:
    """Everything that asks for sensitive facts or carries them out, and who assessed it when."""
    must_answer_for_data(request.actor)
    rows = [(one, *STATES[one.state]) for one in standings(today())]
    return render(request, "staff/people/impact.html", {"rows": rows, "nav": "data"})


@page(STAFF)
@require_http_methods(["GET", "POST"])
def assess_one(request: StaffRequest, subject: str) -> HttpResponse:
    """Read what is shipped or what was written last, correct it, and confirm it; the earlier ones stay below."""
    must_answer_for_data(request.actor)
    if subject not in subjects():
        raise Http404
    earlier = list(assessments_for(request.actor).filter(subject=subject))
    begun = {name: getattr(earlier[0], name) for name in PARTS} if earlier else shipped(subject) or {}
    form = AssessForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            assess(by=request.actor, subject=subject, words=form.cleaned_data, on=today())
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The assessment is written down. It stays for three years at least."))
            return redirect("impact")
    what = {"form": form, "title": subjects()[subject], "earlier": earlier, "shipped": not earlier, "nav": "data"}
    return render(request, "staff/people/assess.html", what, status=422 if form.errors else 200)
