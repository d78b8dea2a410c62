"""Referrals, a transfer and ties in the tempting house, with marks in every text; and the link of a receiver."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from django.utils import timezone

from tests.walk.measured import measured
from tests.walk.planned import plan
from tests.walk.worked import work_on
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site
from xiezuo.people.models import Person
from xiezuo.service.actions.ecomap import TieFacts, set_eco_tie
from xiezuo.service.actions.referring import (
    ReferralFacts,
    draft_referral,
    note_answer,
    note_outcome,
    override_consent,
    send_referral,
)
from xiezuo.service.actions.transferring import propose_transfer
from xiezuo.service.models import Case
from xiezuo.service.vocab import OverrideGround, Served, TieKind

if TYPE_CHECKING:
    from tests.walk.house import Walker

Marked = Callable[[str, str], str]


def refer(by: Actor, person: Person, on: date, texts: str, tie: str) -> None:
    """One that was decided without a consent, sent, answered and told of; with a mark in each of its texts."""
    at, case = timezone.now(), person.cases.get()
    facts = ReferralFacts(to_organisation=texts, to_contact=texts, reason=texts, info_passed=texts, asked_why=texts)
    row = draft_referral(by=by, person=person, facts=facts, on=on, case=case)
    row = override_consent(by=by, referral=row, ground=OverrideGround.LAW, why=texts, on=on)
    row = send_referral(by=by, referral=row, name_passed=False, within_limits=False, at=at)
    row = note_answer(by=by, referral=row, accepted=True, words=texts, who=texts, at=at)
    note_outcome(by=by, referral=row, served=Served.UNKNOWN, words=texts, on=on)
    set_eco_tie(by=by, person=person, facts=TieFacts(name=tie, kind=TieKind.WEAK, note=tie), on=on)


def give_over(by: Actor, to: "Walker", on: date, marked: Marked) -> None:
    """A transfer of each case that waits for a colleague, who reads why."""
    for case in Case.objects.filter(closed_on__isnull=True).select_related("person"):
        why = marked(case.person.nickname[1], "交")
        propose_transfer(by=by, case=case, why=why, on=on, to_user=to.actor.user)
        to.records.add(why)


def tell_case(by: Actor, person: Person, site: Site, on: date, letter: str, marked: Marked) -> None:
    """All that belongs to the case part of a file: what is planned and measured, the case, a referral and ties."""
    plan(by, person, marked(letter, "待"), on)
    measured(by, person, on, marked(letter, "标"), marked(letter, "量"), marked(letter, "先"))
    work_on(by, person, site, on, partial(marked, letter))
    refer(by, person, on, marked(letter, "转"), marked(letter, "系"))
