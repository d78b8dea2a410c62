"""Steps on the growth path, with the words that a step wants."""

from datetime import date

from xiezuo.orgs.access import Actor
from xiezuo.people.actions import take_step
from xiezuo.people.models import JourneyEntry, Person, RolePeriod
from xiezuo.people.vocab import JourneyStep, Role

WORDS = {"own_words": "我想试试。", "note": "谈过了，她自己提出来的。"}


def begins(by: Actor, person: Person, role: Role, on: date) -> RolePeriod:
    take_step(by=by, person=person, role=role, step=JourneyStep.BEGINS, on=on, **WORDS)
    return person.role_periods.get(role=role, to_on__isnull=True)


def rests(by: Actor, person: Person, role: Role, on: date) -> JourneyEntry:
    return take_step(by=by, person=person, role=role, step=JourneyStep.RESTS, on=on, **WORDS)
