"""Whom the sample organisation referred to others, and what stands around some of them."""

from datetime import date

from xiezuo.demo.clock import DAY, evening
from xiezuo.demo.house import DemoHouse
from xiezuo.demo.words import words
from xiezuo.orgs.access import Actor
from xiezuo.people.access import case_people_for
from xiezuo.people.actions import Given, note_consent
from xiezuo.people.models import Person
from xiezuo.people.sections import is_minor
from xiezuo.people.vocab import ConsentPurpose, ConsentState, ConsentWay
from xiezuo.service.actions.ecomap import TieFacts, set_eco_tie
from xiezuo.service.actions.referring import ReferralFacts, draft_referral, note_answer, send_referral
from xiezuo.service.models import Referral
from xiezuo.service.vocab import EcoPart, TieFlow, TieKind

SITES = 2


def tell_referrals(house: DemoHouse, until: date) -> None:
    """At each of the first sites one was taken on, of one an answer is late, and of one a supervisor is asked to decide."""
    for worker in house.workers[:SITES]:
        people = [one for one in case_people_for(worker).order_by("pk") if not is_minor(one, until)][:3]
        if len(people) < 3:
            continue
        taken, late, asked = people
        row = _sent(worker, taken, 0, until - 12 * DAY)
        told = words()["referral_answer"]
        at = evening(until - 9 * DAY)
        note_answer(by=worker, referral=row, accepted=True, words=told["words"], who=told["who"], at=at)
        _sent(worker, late, 1, until - 10 * DAY)
        facts = ReferralFacts(**words()["referrals"][2], asked_why=words()["referral_asked"])
        draft_referral(by=worker, person=asked, facts=facts, on=until - DAY)
        _around(worker, taken, until)


def _sent(worker: Actor, person: Person, which: int, on: date) -> Referral:
    facts = ReferralFacts(**words()["referrals"][which])
    note_consent(
        by=worker,
        person=person,
        purpose=ConsentPurpose.SHARE_ORG,
        state=ConsentState.GIVEN,
        way=ConsentWay.SIGNED,
        at=evening(on),
        given=Given(recipients=facts.to_organisation),
    )
    row = draft_referral(by=worker, person=person, facts=facts, on=on)
    return send_referral(by=worker, referral=row, name_passed=which == 0, within_limits=True, at=evening(on))


def _around(worker: Actor, person: Person, until: date) -> None:
    for told in words()["ties"]:
        facts = TieFacts(
            name=told["name"],
            part=EcoPart(told["part"]),
            kind=TieKind(told["kind"]),
            flow=TieFlow(told["flow"]),
            note=told["note"],
        )
        set_eco_tie(by=worker, person=person, facts=facts, on=until)
