"""What there is to do about the people of the tempting house, and what they are to be told."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site
from xiezuo.people.actions import TaskFacts, begin_timeline, write_task
from xiezuo.people.models import Person
from xiezuo.people.outbox.putting import put_in_outbox
from xiezuo.people.vocab import Section
from xiezuo.service.actions.labour import MatterFacts, interrupt, write_matter
from xiezuo.service.actions.workday import hand_in, hand_over
from xiezuo.service.vocab import InterruptionKind, LabourKind

TOLD = {Section.SERVICES: ("讯",), Section.VOLUNTEERING: ("助",)}


def plan(by: Actor, person: Person, title: str, on: date) -> None:
    """A task of the case with a text that stands nowhere else, and a series of steps."""
    facts = TaskFacts(title=title, kind="visit", due_on=on, whose=by.user, person=person, section=Section.CASE)
    write_task(by=by, facts=facts)
    begin_timeline(by=by, person=person, code="intake", anchor_on=on, whose=by.user)


def tell(by: Actor, person: Person, on: date, of_services: str, of_volunteering: str, of_work: str, proof: str) -> None:
    """A message of each of two parts of the file and a matter of rights at work, with texts that stand nowhere else."""
    for what, section in ((of_services, Section.SERVICES), (of_volunteering, Section.VOLUNTEERING)):
        values = {"what": what, "on": on, "place": "东区"}
        put_in_outbox(by=by, to_person=person, template="activity_cancelled", values=values, on=on, section=section)
    facts = MatterFacts(kind=LabourKind.DISPUTE, happened_on=on, words=of_work)
    matter = write_matter(by=by, person=person, facts=facts, on=on)
    interrupt(by=by, matter=matter, kind=InterruptionKind.CLAIM, day=on, proof=proof, on=on)


class Walks(Protocol):
    """A colleague of the walk."""

    actor: Actor
    records: set[str]


def shifts(by: Actor, walkers: Mapping[str, Walks], east: Site, on: date) -> set[str]:
    """What a colleague says of their day, which their supervisor reads; and what a shift of the East leaves to the next, which
    everyone who does casework there reads."""
    report, note = "鑫日报焱", "鑫交班焱"
    hand_in(by=walkers["case_worker"].actor, day=on, remark=report, on=on)
    hand_over(by=by, site=east, text=note, matters=[], on=on)
    for names, what in (
        ("boss case_worker", report),
        ("boss east_worker case_worker student granted was_granted", note),
    ):
        for name in names.split():
            walkers[name].records.add(what)
    return {report, note}
