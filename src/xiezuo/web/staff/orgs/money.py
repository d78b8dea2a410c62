"""Money of a project: its meter, what it pays for, and what the donor reads of it."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.exchange.actions.telling_donors import tell_donor
from xiezuo.orgs.access import can_arrange, funding_for, project_for
from xiezuo.orgs.models import Funding
from xiezuo.orgs.restrictions import (
    add_funding,
    change_restriction,
    kinds_paid,
    may_restrict,
    may_tell_agreement,
    restrict_funding,
    write_amount,
)
from xiezuo.orgs.vocab import FundingKind
from xiezuo.service.actions.aid import may_report, report_aid
from xiezuo.service.aid.balance import kinds_words, meter_of
from xiezuo.service.aid.totals import may_read_totals, totals_of
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.orgs.money_forms import AgreementForm, AmountForm, FundingForm, KindsForm, PeriodForm, ReportForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(STAFF)
@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, pk: int) -> HttpResponse:
    """More money for a project, and what it pays for."""
    project = project_for(request.actor, pk)
    form = FundingForm(request.POST or None, initial={"from_on": today()})
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "funding_kind": FundingKind(form.cleaned_data["funding_kind"])}
        try:
            new = add_funding(by=request.actor, project=project, **given)
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("It is written down."))
            return redirect("funding", pk=new.pk)
    what = {"form": form, "project": project, "nav": "sites"}
    return render(request, "staff/orgs/money_new.html", what, status=422 if form.errors else 200)


def _period(request: StaffRequest, funding: Funding) -> tuple[PeriodForm, date, date]:
    """The days asked about; without, from the first day of the gift until today."""
    first, last = funding.from_on, max(min(funding.to_on or today(), today()), funding.from_on)
    form = PeriodForm(request.GET if "first" in request.GET else None, initial={"first": first, "last": last})
    if form.is_bound and form.is_valid():
        return form, form.cleaned_data["first"], form.cleaned_data["last"]
    return form, first, last


def _show(request: StaffRequest, funding: Funding, status: int = 200, **bound: forms.Form) -> HttpResponse:
    actor = request.actor
    period, first, last = _period(request, funding)
    kinds = kinds_paid(funding, today())
    what: dict[str, Any] = {
        "funding": funding,
        "meter": meter_of(funding),
        "any_aid": kinds is None,
        "pays_for": kinds_words(kinds) if kinds else "",
        "agreements": funding.agreements.select_related("told_by"),
        "rows": [(row, kinds_words([row.aid_kind])) for row in funding.restrictions.all()],
        "period": period,
        "first": first,
        "last": last,
        "totals": totals_of(actor, funding, first, last) if may_read_totals(actor) else None,
        "may_restrict": may_restrict(actor, funding),
        "may_change": may_tell_agreement(actor) and funding.restrictions.exists(),
        "may_report": may_report(actor),
        "may_write_amount": funding.amount is None and (can_arrange(actor) or actor.directs),
        "amount_form": AmountForm(prefix="amount"),
        "kinds_form": KindsForm(prefix="kinds"),
        "change_form": AgreementForm(prefix="change", initial={"aid_kinds": sorted(kinds or ()), "agreed_on": today()}),
        "report_form": ReportForm(prefix="report", initial={"first": first, "last": last}),
        "nav": "sites",
    }
    return render(request, "staff/orgs/money.html", what | bound, status=status)


@page(STAFF)
@require_safe
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """One gift: what is left of it, what it pays for; for whoever answers to the donor also what it did, without a name.
    `first`, `last`: of which days."""
    return _show(request, funding_for(request.actor, pk))


@page(STAFF)
@require_POST
def restrict(request: StaffRequest, pk: int) -> HttpResponse:
    funding, form = funding_for(request.actor, pk), KindsForm(request.POST, prefix="kinds")
    if form.is_valid():
        try:
            restrict_funding(by=request.actor, funding=funding, aid_kinds=form.cleaned_data["aid_kinds"])
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("What it pays for is written down."))
            return redirect("funding", pk=pk)
    return _show(request, funding, 422, kinds_form=form)


@page(STAFF)
@require_POST
def amount(request: StaffRequest, pk: int) -> HttpResponse:
    funding, form = funding_for(request.actor, pk), AmountForm(request.POST, prefix="amount")
    if form.is_valid():
        try:
            write_amount(by=request.actor, funding=funding, amount=form.cleaned_data["amount"])
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("It is written down."))
            return redirect("funding", pk=pk)
    return _show(request, funding, 422, amount_form=form)


@page(STAFF)
@require_POST
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """The donor agreed to something else."""
    funding, form = funding_for(request.actor, pk), AgreementForm(request.POST, prefix="change")
    if form.is_valid():
        try:
            change_restriction(by=request.actor, funding=funding, on=today(), **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("What the donor agreed to is written down."))
            return redirect("funding", pk=pk)
    return _show(request, funding, 422, change_form=form)


@page(STAFF)
@require_POST
def report(request: StaffRequest, pk: int) -> HttpResponse:
    """The donor was told."""
    funding, form = funding_for(request.actor, pk), ReportForm(request.POST, prefix="report")
    if form.is_valid():
        try:
            n = report_aid(by=request.actor, funding=funding, on=today(), **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("Written down: the donor was told of %(n)s handings-over.") % {"n": n})
            return redirect("funding", pk=pk)
    return _show(request, funding, 422, report_form=form)


@page(STAFF)
@require_POST
def sheet(request: StaffRequest, pk: int) -> HttpResponse:
    """The same for the donor, as a workbook."""
    funding, form = funding_for(request.actor, pk), PeriodForm(request.POST)
    if not form.is_valid():
        return _show(request, funding, 422, period=form)
    made = tell_donor(by=request.actor, funding=funding, **form.cleaned_data)
    response = HttpResponse(made.content, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{escape_uri_path(made.name)}"
    return response
