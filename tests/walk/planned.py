"""What there is to do about the people of the tempting house, and what they are to be told."""

from datetime import date

from xiezuo.orgs.access import Actor
from xiezuo.people.actions import TaskFacts, begin_timeline, write_task
from xiezuo.people.models import Person
from xiezuo.people.outbox.putting import put_in_outbox
from xiezuo.people.vocab import Section

TOLD = {Section.SERVICES: ("讯",), Section.VOLUNTEERING: ("助",)}


def plan(by: Actor, person: Person, title: str, on: date) -> None:
    """A task of the case with a text that stands nowhere else, and a series of steps."""
    facts = TaskFacts(title=title, kind="visit", due_on=on, whose=by.user, person=person, section=Section.CASE)
    write_task(by=by, facts=facts)
    begin_timeline(by=by, person=person, code="intake", anchor_on=on, whose=by.user)


def tell(by: Actor, person: Person, on: date, of_services: str, of_volunteering: str) -> None:
    """A message of each of two parts of the file, with a text that stands nowhere else."""
    for what, section in ((of_services, Section.SERVICES), (of_volunteering, Section.VOLUNTEERING)):
        values = {"what": what, "on": on, "place": "东区"}
        put_in_outbox(by=by, to_person=person, template="activity_cancelled", values=values, on=on, section=section)
