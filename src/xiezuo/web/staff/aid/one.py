"""One aid: where it stands, who does what next, what was asked, proposed, decided and handed over."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xiezuo.common.days import today
from xiezuo.people.actions import note_read
from xiezuo.people.homes import names_of_homes
from xiezuo.service.access.aids import (
    aid_for,
    answers_for_aid,
    can_answer,
    forms_of_aid,
    handover_of,
    steps_of,
    works_on_aid,
)
from xiezuo.service.aid.balance import kind_words, meter_of
from xiezuo.service.aid.course import BEFORE
from xiezuo.service.aid.gates import how_many, limit, needs_director
from xiezuo.service.filling.earlier import earlier_assessment
from xiezuo.service.models import Aid
from xiezuo.service.models.aid import OPEN
from xiezuo.service.vocab import AidState
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.aid.forms import AnotherForm, FollowUpForm, WhyForm
from xiezuo.web.staff.aid.words import coming, knows_applicant, way_of
from xiezuo.web.staff.forms.words import form_rows
from xiezuo.web.staff.service.aid_words import stands

S = AidState


def show(request: StaffRequest, aid: Aid, status: int = 200, **bound: forms.Form) -> HttpResponse:
    actor = request.actor
    kind, words = stands(aid, mine=can_answer(actor, aid))
    what: dict[str, Any] = {
        "aid": aid,
        "known": knows_applicant(actor, aid),
        "what": kind_words(aid.kind),
        "way": way_of(aid),
        "kind": kind,
        "words": words,
        "coming": coming(actor, aid),
        "assessors": [user.name for user in aid.assessors.all()],
        "steps": steps_of(actor, aid),
        "handover": handover_of(actor, aid),
        "forms": form_rows(forms_of_aid(actor, aid)),
        "home": names_of_homes(actor, [aid.household])[aid.household.pk] if aid.household else "",
        "reject_form": WhyForm(prefix="reject"),
        "withdraw_form": WhyForm(prefix="withdraw"),
        "follow_up_form": FollowUpForm(prefix="follow"),
        "nav": "aids",
    }
    what |= _money(aid) | _may(request, aid) | bound
    return render(request, "staff/aid/one.html", what, status=status)


def _money(aid: Aid) -> dict[str, Any]:
    if aid.funding is None:
        return {}
    return {
        "meter": meter_of(aid.funding),
        "how_many": how_many(),
        "limit": limit() if needs_director(aid.amount_proposed) else None,
    }


def _may(request: StaffRequest, aid: Aid) -> dict[str, Any]:
    actor, works = request.actor, works_on_aid(request.actor, aid)
    asked = any(row.approver_id == actor.id for row in aid.approvals.all())
    told: dict[str, Any] = {
        "may_approve": can_answer(actor, aid) and aid.advised,
        "may_reject": aid.state in OPEN and not actor.watched and (asked or answers_for_aid(actor, aid)),
        "may_withdraw": works and aid.state in BEFORE,
        "may_follow": works and aid.was_given and aid.followed_up_on is None and not aid.imported,
        "may_ask": works and aid.state == S.ASSESSED,
    }
    if told["may_ask"]:
        told["another_form"] = AnotherForm(prefix="another", actor=actor, aid=aid)
    if works and aid.state == S.APPLIED and aid.applicant is not None:
        told["earlier"] = earlier_assessment(actor, aid.applicant, today(), aid.household)
    return told


@page(STAFF)
@require_safe
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """That it was opened is written down."""
    aid = aid_for(request.actor, pk)
    if aid.applicant is not None:
        note_read(by=request.actor, person=aid.applicant, what="aid")
    return show(request, aid)
