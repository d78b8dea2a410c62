"""Transfers of cases: proposed, looked at by whoever is to take the case over, answered, taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.orgs.access import colleagues_for
from xiezuo.people.actions import note_read
from xiezuo.service.access import case_for
from xiezuo.service.access.referrals import knows, referrals_of_case, transfer_for
from xiezuo.service.actions.transferring import answer_transfer, propose_transfer, revoke_transfer
from xiezuo.service.models import Case, Transfer
from xiezuo.service.vocab import TransferState
from xiezuo.web.base.nav import address
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.service.referrals.forms import ACCEPT, TransferAnswerForm, TransferForm

USER, REFERRAL = "user", "referral"


def _choices(request: StaffRequest, case: Case) -> list[tuple[str, str]]:
    """Colleagues, for a supervisor; organisations of open referrals, for whoever works on the case."""
    found = [
        (f"{REFERRAL}:{row.pk}", f"{row.to_organisation!s} ({row.number})")
        for row in referrals_of_case(request.actor, case)
        if row.is_open
    ]
    if request.actor.supervises:
        others = colleagues_for(request.actor).exclude(pk=case.worker_id).order_by("name")
        found = [(f"{USER}:{user.pk}", str(user.name)) for user in others] + found
    return found


@page(STAFF)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def propose(request: StaffRequest, pk: int) -> HttpResponse:
    case = case_for(request.actor, pk)
    form = TransferForm(request.POST or None, choices=_choices(request, case))
    if request.method == "POST" and form.is_valid():
        try:
            row = _proposed(request, case, form)
        except RuleBroken as refusal:
            form.add_error("why" if refusal.field == "why" else None, str(refusal))
        else:
            messages.success(request, _("Proposed. It goes over when the receiver accepts."))
            return redirect("transfer", pk=row.pk)
    if request.method == "GET":
        note_read(by=request.actor, person=case.person, what="case")
    what = {"case": case, "form": form, "case_url": address("case", case.pk), "nav": "referrals"}
    return render(request, "staff/service/referrals/propose.html", what, status=422 if form.errors else 200)


def _proposed(request: StaffRequest, case: Case, form: TransferForm) -> Transfer:
    kind, _sep, number = form.cleaned_data["to"].partition(":")
    user = colleagues_for(request.actor).filter(pk=number).first() if kind == USER else None
    referrals = referrals_of_case(request.actor, case) if kind == REFERRAL else []
    referral = next((row for row in referrals if str(row.pk) == number), None)
    why = form.cleaned_data["why"]
    return propose_transfer(by=request.actor, case=case, why=why, on=today(), to_user=user, referral=referral)


def _page(
    request: StaffRequest, row: Transfer, form: TransferAnswerForm | None = None, status: int = 200
) -> HttpResponse:
    waits, known = row.state == TransferState.PROPOSED, knows(request.actor, row.case.person)
    what = {
        "row": row,
        "person": row.case.person if known else None,
        "may_answer": waits and row.to_user_id == request.actor.id,
        "may_revoke": waits and request.actor.supervises,
        "form": form or TransferAnswerForm(),
        "case_url": address("case", row.case_id) if known else "",
        "nav": "referrals",
    }
    return render(request, "staff/service/referrals/transfer.html", what, status=status)


@page(STAFF)
@require_safe
def one(request: StaffRequest, pk: int) -> HttpResponse:
    row = transfer_for(request.actor, pk)
    note_read(by=request.actor, person=row.case.person, what="case")
    return _page(request, row)


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    row = transfer_for(request.actor, pk)
    form = TransferAnswerForm(request.POST)
    if form.is_valid():
        accepted, words = form.cleaned_data["answer"] == ACCEPT, form.cleaned_data["words"]
        try:
            answer_transfer(by=request.actor, transfer=row, accepted=accepted, words=words, on=today())
        except RuleBroken as refusal:
            form.add_error("words" if refusal.field == "words" else None, str(refusal))
        else:
            messages.success(request, _("The case is yours now.") if accepted else _("Your answer is written down."))
            return redirect("transfer", pk=pk)
    return _page(request, transfer_for(request.actor, pk), form, 422)


@page(STAFF)
@require_POST
def revoke(request: StaffRequest, pk: int) -> HttpResponse:
    try:
        revoke_transfer(by=request.actor, transfer=transfer_for(request.actor, pk), words="", on=today())
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The transfer is taken back."))
    return redirect("transfer", pk=pk)
