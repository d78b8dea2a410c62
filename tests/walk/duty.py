"""Who is at risk, who asked and who called, and to whom two go: with a mark in every text.

The case part of a file opens what is said of a risk and on the hotline, the contact part what was asked at the desk; a planned
visit is for the two who go, and for supervisors.
"""

import uuid

from tests.walk.house import MEMBERS, Tempting, mark
from xiezuo.common.days import now, today
from xiezuo.forms.definitions import form_definition
from xiezuo.people.models import Household, Person
from xiezuo.people.sections import sections
from xiezuo.people.vocab import Section
from xiezuo.service.actions import Filling, submit_form
from xiezuo.service.actions.calls import CallFacts, take_call
from xiezuo.service.actions.risks import complete_risk, flag_risk, follow_risk
from xiezuo.service.actions.visits import VisitFacts, plan_visit
from xiezuo.service.vocab import Capacity, Triage

OPENED_BY = {"险": Section.CASE, "热": Section.CASE, "问": Section.CONTACT}
GO_ALONG = {"case_worker": "甲乙"}


def add_duty(house: Tempting) -> Tempting:
    boss = house.walkers["boss"].actor
    for letter in MEMBERS:
        person = house.people[letter]
        site = person.assignments.filter(site__isnull=False)[0].site
        _at_risk(house, letter, person)
        answers = {"channel": "desk", "question": mark(letter, "问"), "visitor": mark(letter, "名")}
        asked = Filling(form=form_definition("enquiry"), answers=answers, person=person, site=site)
        submit_form(by=boss, filling=asked, on=today(), key=uuid.uuid4())
        told = {"story": mark(letter, "热"), "action": mark(letter, "热"), "person": person, "site": site}
        take_call(
            by=boss,
            facts=CallFacts(at=now(), problem="wages", triage=Triage.AMBER, **told),  # type: ignore[arg-type]
            on=today(),
            key=uuid.uuid4(),
        )
        home = Household.objects.get(head=person)
        along = next((name for name, letters in GO_ALONG.items() if letter in letters), "")
        plan_visit(
            by=boss,
            facts=VisitFacts(
                household=home,
                planned_on=today(),
                first=boss.user,
                second=house.walkers[along].actor.user if along else None,
                companion="" if along else "志愿者",
                aim=mark(letter, "户"),
                outline=mark(letter, "户"),
                site=site,
            ),
            on=today(),
        )
    _who_may(house)
    return house


def _at_risk(house: Tempting, letter: str, person: Person) -> None:
    boss, said = house.walkers["boss"].actor, mark(letter, "险")
    report = flag_risk(by=boss, facts=said, described=said, person=person.pk, found_at=now(), at=now())
    complete_risk(by=boss, report=report, signs=["injury"], facts=said, capacity=Capacity.MINOR, immediate=said)
    follow_risk(by=boss, report=report, text=said)


def _who_may(house: Tempting) -> None:
    for what, section in OPENED_BY.items():
        house.marks |= {mark(letter, what) for letter in MEMBERS}
        for walker in house.walkers.values():
            walker.records |= {
                mark(letter, what)
                for letter, held in walker.ties.items()
                if letter in MEMBERS and section in sections(held, letter in house.minors).open
            }
    visits = {letter: mark(letter, "户") for letter in MEMBERS}
    house.marks |= set(visits.values())
    for name, letters in (("boss", MEMBERS), ("west_supervisor", "丙丁"), *GO_ALONG.items()):
        house.walkers[name].records |= {visits[letter] for letter in letters}
