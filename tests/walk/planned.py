"""What there is to do about the people of the tempting house."""

from datetime import date

from xiezuo.orgs.access import Actor
from xiezuo.people.actions import TaskFacts, begin_timeline, write_task
from xiezuo.people.models import Person
from xiezuo.people.vocab import Section


def plan(by: Actor, person: Person, title: str, on: date) -> None:
    """A task of the case with a text that stands nowhere else, and a series of steps."""
    facts = TaskFacts(title=title, kind="visit", due_on=on, whose=by.user, person=person, section=Section.CASE)
    write_task(by=by, facts=facts)
    begin_timeline(by=by, person=person, code="intake", anchor_on=on, whose=by.user)
