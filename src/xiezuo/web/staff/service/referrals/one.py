"""One referral: how it stands, what is passed on and on what that rests, and the next step."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from xiezuo.common.days import now, today
from xiezuo.common.errors import RuleBroken
from xiezuo.people.actions import note_read
from xiezuo.service.access.partner import CAN_LOOK
from xiezuo.service.access.referrals import links_of, referral_for
from xiezuo.service.actions.referring import (
    BEFORE,
    close_referral,
    note_answer,
    note_outcome,
    override_consent,
    rest_on_consent,
    revoke_referral,
    send_referral,
)
from xiezuo.service.models import Referral
from xiezuo.service.sharing import sharing
from xiezuo.service.vocab import OverrideGround, ReferralState, Served
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.service.referrals.forms import ACCEPT, AnswerForm, OutcomeForm, OverrideForm, SendForm, WhyForm
from xiezuo.web.staff.service.referrals.words import row_of

S = ReferralState
FORMS: dict[str, type[forms.Form]] = {
    "override_form": OverrideForm,
    "send_form": SendForm,
    "answer_form": AnswerForm,
    "outcome_form": OutcomeForm,
    "revoke_form": WhyForm,
    "close_form": WhyForm,
}


def _fresh(name: str) -> forms.Form:
    return FORMS[name](prefix=name.removesuffix("_form"))


def _page(request: StaffRequest, referral: Referral, status: int = 200, **bound: forms.Form) -> HttpResponse:
    state = ReferralState(referral.state)
    before = state in BEFORE
    what: dict[str, Any] = {name: bound.get(name) or _fresh(name) for name in FORMS}
    what |= {
        "referral": referral,
        "row": row_of(referral),
        "person": referral.person,
        "sharing": sharing(referral.person, str(referral.to_organisation), today()) if before else None,
        "links": links_of(request.actor, referral),
        "can_link": state in CAN_LOOK,
        "may_override": request.actor.supervises and state in {S.DRAFTED, S.CONSENTED},
        "may_send": state in {S.CONSENTED, S.OVERRIDDEN},
        "may_answer": state == S.SENT,
        "may_report": state == S.ACCEPTED,
        "may_revoke": before or state == S.SENT,
        "may_close": state in {S.REJECTED, S.SERVED, S.NOT_SERVED}
        or (state == S.ACCEPTED and referral.served == Served.UNKNOWN),
        "at": now(),
        "nav": "referrals",
    }
    return render(request, "staff/service/referrals/one.html", what, status=status)


@page(STAFF)
@require_safe
def one(request: StaffRequest, pk: int) -> HttpResponse:
    referral = referral_for(request.actor, pk)
    note_read(by=request.actor, person=referral.person, what="referral")
    return _page(request, referral)


def _done(
    request: StaffRequest, pk: int, name: str, do: Callable[[Referral, dict[str, Any]], object], words: str
) -> HttpResponse:
    """Carry out what a form of the page asks, or show the page again with what is wrong."""
    referral = referral_for(request.actor, pk)
    form = FORMS[name](request.POST, prefix=name.removesuffix("_form"))
    if form.is_valid():
        try:
            do(referral, form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, words)
            return redirect("referral", pk=pk)
    return _page(request, referral_for(request.actor, pk), 422, **{name: form})


@page(STAFF)
@require_POST
def agreed(request: StaffRequest, pk: int) -> HttpResponse:
    """The person has agreed since it was written."""
    try:
        rest_on_consent(by=request.actor, referral=referral_for(request.actor, pk), on=today())
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    return redirect("referral", pk=pk)


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def override(request: StaffRequest, pk: int) -> HttpResponse:
    def do(referral: Referral, given: dict[str, Any]) -> None:
        ground = OverrideGround(given["ground"])
        override_consent(by=request.actor, referral=referral, ground=ground, why=given["why"], on=today())

    return _done(request, pk, "override_form", do, _("Your decision is written down."))


@page(STAFF)
@require_POST
def send(request: StaffRequest, pk: int) -> HttpResponse:
    def do(referral: Referral, given: dict[str, Any]) -> None:
        send_referral(by=request.actor, referral=referral, at=now(), **given)

    return _done(
        request, pk, "send_form", do, _("Written down as sent. Now make the link for the receiver, or print it.")
    )


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    def do(referral: Referral, given: dict[str, Any]) -> None:
        accepted, who = given["answer"] == ACCEPT, given["who"]
        note_answer(by=request.actor, referral=referral, accepted=accepted, words=given["words"], who=who, at=now())

    return _done(request, pk, "answer_form", do, _("The answer is written down."))


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def outcome(request: StaffRequest, pk: int) -> HttpResponse:
    def do(referral: Referral, given: dict[str, Any]) -> None:
        served = Served(given["served"])
        note_outcome(by=request.actor, referral=referral, served=served, words=given["words"], on=today())

    return _done(request, pk, "outcome_form", do, _("What became of it is written down."))


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def revoke(request: StaffRequest, pk: int) -> HttpResponse:
    def do(referral: Referral, given: dict[str, Any]) -> None:
        revoke_referral(by=request.actor, referral=referral, why=given["why"], at=now())

    return _done(request, pk, "revoke_form", do, _("Taken back. Its link shows nothing any more."))


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def close(request: StaffRequest, pk: int) -> HttpResponse:
    def do(referral: Referral, given: dict[str, Any]) -> None:
        close_referral(by=request.actor, referral=referral, why=given["why"], at=now())

    return _done(request, pk, "close_form", do, _("The referral is closed."))
