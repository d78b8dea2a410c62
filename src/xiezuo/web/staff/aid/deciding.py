"""What is pressed on the page of an aid: approve, refuse, withdraw, ask somebody else, write down how it went."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.orgs.models import User
from xiezuo.service.access.aids import aid_for
from xiezuo.service.actions.aid import approve_aid, ask_another, follow_up_aid, reject_aid, withdraw_aid
from xiezuo.service.models import Aid
from xiezuo.service.vocab import AidState
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.aid.forms import AnotherForm, FollowUpForm, WhyForm
from xiezuo.web.staff.aid.one import show


def _done(
    request: StaffRequest, aid: Aid, name: str, form: forms.Form, do: Callable[[dict[str, Any]], object], words: str
) -> HttpResponse:
    """Carry out what a form of the page asks, or show the page again with what is wrong."""
    if form.is_valid():
        try:
            do(form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, words)
            return redirect("aid", pk=aid.pk)
    return show(request, aid_for(request.actor, aid.pk), 422, **{name: form})


@page(STAFF)
@require_POST
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    aid = aid_for(request.actor, pk)
    try:
        done = approve_aid(by=request.actor, aid=aid, on=today())
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        enough = done.state == AidState.APPROVED
        messages.success(request, _("Approved, and promised.") if enough else _("Your yes is written down."))
    return redirect("aid", pk=pk)


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def reject(request: StaffRequest, pk: int) -> HttpResponse:
    aid, form = aid_for(request.actor, pk), WhyForm(request.POST, prefix="reject")

    def do(given: dict[str, Any]) -> None:
        reject_aid(by=request.actor, aid=aid, why=given["why"], on=today())

    return _done(request, aid, "reject_form", form, do, _("Not approved. Nothing is promised any more."))


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    aid, form = aid_for(request.actor, pk), WhyForm(request.POST, prefix="withdraw")

    def do(given: dict[str, Any]) -> None:
        withdraw_aid(by=request.actor, aid=aid, why=given["why"], on=today())

    return _done(request, aid, "withdraw_form", form, do, _("Withdrawn. Nothing is promised any more."))


@page(STAFF)
@require_POST
def another(request: StaffRequest, pk: int) -> HttpResponse:
    aid = aid_for(request.actor, pk)
    form = AnotherForm(request.POST, prefix="another", actor=request.actor, aid=aid)

    def do(given: dict[str, Any]) -> None:
        before = next(row.approver for row in aid.approvals.all() if str(row.approver_id) == given["instead_of"])
        _ask(request, aid, before, given["approver"])

    return _done(request, aid, "another_form", form, do, _("Somebody else is asked now."))


def _ask(request: StaffRequest, aid: Aid, before: User, approver: User) -> None:
    ask_another(by=request.actor, aid=aid, instead_of=before, approver=approver, on=today())


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def follow_up(request: StaffRequest, pk: int) -> HttpResponse:
    aid, form = aid_for(request.actor, pk), FollowUpForm(request.POST, prefix="follow")

    def do(given: dict[str, Any]) -> None:
        follow_up_aid(by=request.actor, aid=aid, words=given["words"], on=today())

    return _done(request, aid, "follow_up_form", form, do, _("How it went is written down."))
