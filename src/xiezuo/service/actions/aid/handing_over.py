"""Handing aid over: the form F42 is the service record of it, signed by who received it."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import User
from xiezuo.service.access.aids import aid_for, must_work_on_aid
from xiezuo.service.actions.aid.applying import money
from xiezuo.service.actions.aid.moving import held, held_funding, move, must_go
from xiezuo.service.actions.facts import ServiceFacts
from xiezuo.service.actions.form_facts import Filling
from xiezuo.service.actions.sequels import Sequel
from xiezuo.service.aid.balance import must_fit
from xiezuo.service.aid.course import Act
from xiezuo.service.cases.gates import is_signed
from xiezuo.service.models import Aid, AidHandover, FilledForm, ServiceRecord
from xiezuo.service.vocab import AidState

HANDOVER = "service.AidHandover"
KEEPS = "what was handed over is kept with the aid"


@dataclass(kw_only=True)
class AidGiven:
    """`amount` in yuan; `goods` in words; `signed`: whoever received it signed, or said so before a witness."""

    given_on: date
    giver: User | None
    witness: str
    follow_up_on: date | None
    amount: Decimal | None = None
    goods: str = ""
    signed: bool = True
    proxy: str = ""
    report_no: str = ""


@transaction.atomic
def hand_over_aid(
    *,
    by: Actor,
    aid: Aid,
    given: AidGiven,
    on: date,
    form: FilledForm | None = None,
    record: ServiceRecord | None = None,
) -> Aid:
    """What was approved is handed over: no more than that, and no more than the gift has left (AID-2). What of it was not
    paid is given back."""
    aid = held(by, aid.pk)
    must_work_on_aid(by, aid)
    must_go(Act.HAND_OVER, aid)
    _must_be_whole(aid, given, on)
    paid = _fitting(aid, given)
    _keep(aid, given, form)
    return move(
        by,
        aid,
        Act.HAND_OVER,
        on,
        form=form,
        amount_paid=paid,
        handed_on=given.given_on,
        follow_up_on=given.follow_up_on,
        report_no=given.report_no,
        record=record,
    )


def _fitting(aid: Aid, given: AidGiven) -> Decimal:
    """What is paid, where the gift still pays for it."""
    paid = given.amount or Decimal("0.00")
    if aid.funding_id is not None:
        must_fit(aid, held_funding(aid.funding_id), paid, given.given_on, field="amount")
    return paid


def _must_be_whole(aid: Aid, given: AidGiven, on: date) -> None:
    if given.given_on > on:
        raise RuleBroken("service.aid_given_on", _("This day is still to come."), field="given_on")
    if aid.approved_on is not None and given.given_on < aid.approved_on:
        words = _("It was approved on %(day)s, and cannot have been handed over before. Write the right day.")
        raise RuleBroken("service.aid_given_on", words % {"day": aid.approved_on.isoformat()}, field="given_on")
    if given.amount is None and not given.goods.strip():
        words = _("Write what was given: an amount, supplies, or both.")
        raise RuleBroken("service.aid_given", words, field="amount")
    if given.amount is not None and given.amount > (aid.amount_approved or 0):
        words = _("%(amount)s yuan were approved. To give more, let it be assessed and approved anew.")
        told = words % {"amount": f"{aid.amount_approved or 0:,.2f}"}
        raise RuleBroken("service.aid_above_approved", told, field="amount", rule="AID-2")
    if not given.signed:
        words = _("Nobody signed. Let whoever receives it sign here, or say so before a witness.")
        raise RuleBroken("service.aid_signed", words, field="receipt")
    if given.follow_up_on is not None and given.follow_up_on < given.given_on:
        words = _("One asks how it went after it was handed over. Choose a later day.")
        raise RuleBroken("service.aid_follow_up", words, field="follow_up_on")


def _keep(aid: Aid, given: AidGiven, form: FilledForm | None) -> None:
    told = {
        "goods": given.goods.strip(),
        "giver": given.giver,
        "witness": given.witness.strip(),
        "proxy": given.proxy.strip(),
        "signed": given.signed,
        "form": form,
    }
    with opened(HANDOVER, why=KEEPS):
        AidHandover.objects.update_or_create(aid=aid, defaults=told)


# ── the form ──


def _aid_of(by: Actor, filling: Filling) -> Aid:
    """That of the application which the form names, else in which it is written."""
    aid = (filling.follows.aid if filling.follows else None) or filling.aid
    if aid is None:
        words = _("Choose the application of this aid. One that nobody decided about is not handed over.")
        raise RuleBroken("service.aid_of_handing", words, field="application")
    return aid_for(by, aid.pk)


def goods_in(rows: Any) -> str:
    """Supplies of a form in one line: what, how many."""
    told = [f"{row.get('item', '')} × {row.get('quantity', '')}" for row in rows or () if row.get("item")]
    return "、".join(told)


def _given(filling: Filling) -> AidGiven:
    answers = filling.answers
    giver, later = answers.get("giver"), answers.get("follow_up_on")
    return AidGiven(
        given_on=date.fromisoformat(answers["given_on"]),
        giver=User.objects.filter(pk=giver).first() if isinstance(giver, int) else None,
        witness=str(answers.get("witness") or ""),
        follow_up_on=date.fromisoformat(later) if isinstance(later, str) else None,
        amount=money(answers.get("amount")),
        goods=goods_in(answers.get("items")),
        signed=is_signed(answers, "receipt"),
        proxy=str(answers.get("proxy") or ""),
        report_no=str(answers.get("donor_report_no") or "")[:60],
    )


def _check(by: Actor, filling: Filling, on: date) -> None:
    aid = _aid_of(by, filling)
    if aid.state == AidState.HANDED_OVER:
        words = _("%(aid)s was handed over on %(day)s already, and signed for. It is not paid twice.")
        raise RuleBroken("service.aid_given_already", words % {"aid": aid, "day": aid.handed_on}, rule="AID-2")
    must_go(Act.HAND_OVER, aid)
    _must_be_whole(aid, _given(filling), on)
    filling.aid, filling.person, filling.household = aid, aid.applicant, aid.household


def _facts(by: Actor, filling: Filling, facts: ServiceFacts, on: date) -> ServiceFacts:
    """The service counts for the project whose money it is."""
    aid = _aid_of(by, filling)
    if aid.funding is None or aid.funding.project in facts.projects:
        return facts
    return replace(facts, projects=[*facts.projects, aid.funding.project])


def _submitted(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    aid = filling.aid
    if aid is not None:
        filled.aid = aid
        filled.save(update_fields=["aid"])
        hand_over_aid(by=by, aid=aid, given=_given(filling), on=on, form=filled, record=filled.record)


def _corrected(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    """What was handed over is written as it was, until the donor was told."""
    if filled.aid is None:
        return
    aid, given = held(by, filled.aid.pk), _given(filling)
    changes = aid.amount_paid != (given.amount or Decimal("0.00")) or aid.handed_on != given.given_on
    if changes and aid.state == AidState.REPORTED:
        words = _("The donor was told of %(aid)s in report %(number)s. Write to them first, then ask the director.")
        raise RuleBroken("service.aid_reported", words % {"aid": aid, "number": aid.report_no}, field="amount")
    _must_be_whole(aid, given, on)
    aid.amount_paid, aid.handed_on = _fitting(aid, given), given.given_on
    aid.follow_up_on = given.follow_up_on
    aid.save(update_fields=["amount_paid", "handed_on", "follow_up_on"])
    _keep(aid, given, filled)


HANDING_OVER = Sequel(check=_check, facts=_facts, submitted=_submitted, corrected=_corrected)
