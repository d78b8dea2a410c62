"""WHO on a page: each participant and helper is one hidden value of the form, so that it also works without scripts.

who=named|12           a person we know
who=listed|四川小伙     someone with a nickname for this series only
who=counted|6|child    so many people without names, with an age group or none
help=12|90             a volunteer we know, with minutes
"""

from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from xiezuo.common.errors import RuleBroken
from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for, stand_for
from xiezuo.people.models import Person
from xiezuo.service.actions import Helping, Taking
from xiezuo.service.models import ServiceRecord
from xiezuo.service.vocab import AgeGroup, ParticipationMode

NAMED, LISTED, COUNTED = ParticipationMode.NAMED, ParticipationMode.LISTED, ParticipationMode.COUNTED
MOST_COUNTED = 100_000  # a stadium; more is a slip of the finger


@dataclass
class Chip:
    """One participant as the page shows it; `value` is what the form carries."""

    value: str
    mode: str
    label: str
    count: int = 1
    person: Person | None = None


@dataclass
class Who:
    """Everyone on a record while it is being written."""

    who: list[str] = field(default_factory=list)
    help: list[str] = field(default_factory=list)

    def add(self, value: str) -> None:
        if value not in self.who:
            self.who.append(value)

    def drop(self, value: str) -> None:
        self.who = [kept for kept in self.who if kept != value]
        self.help = [kept for kept in self.help if kept != value]

    def count_in(self, how_many: int, age: str) -> None:
        """Add people without names; a second count of the same age is added to the first."""
        if not 0 < how_many <= MOST_COUNTED:
            raise RuleBroken("service.count_impossible", _("Write how many people came, as a number."), field="count")
        same = [value for value in self.who if value.startswith("counted|") and value.split("|")[2] == age]
        before = sum(int(value.split("|")[1]) for value in same)
        self.who = [value for value in self.who if value not in same]
        self.who.append(f"counted|{before + how_many}|{age}")

    def named(self) -> list[int]:
        return [int(value.split("|")[1]) for value in self.who if value.startswith("named|")]

    def helpers(self) -> dict[int, int | None]:
        """Minutes (None: not said) by person."""
        pairs = [value.split("|") for value in self.help]
        return {int(person): int(minutes) if minutes else None for person, minutes in pairs}


def who_typed(actor: Actor, data: QueryDict) -> Who:
    """Everyone the form carries, under the records that stand for them now: they may have been merged meanwhile."""
    who = Who(who=data.getlist("who"), help=data.getlist("help"))
    now = stand_for(actor, {*who.named(), *who.helpers()})
    if now:
        named = [
            f"named|{now.get(int(v.split('|')[1]), v.split('|')[1])}" if v.startswith("named|") else v for v in who.who
        ]
        who.who = list(dict.fromkeys(named))
        helpers = {now.get(person, person): minutes for person, minutes in who.helpers().items()}
        who.help = [f"{person}|{minutes or ''}" for person, minutes in helpers.items()]
    return who


def _known(actor: Actor, who: Who) -> dict[int, Person]:
    ids = {*who.named(), *who.helpers()}
    return {person.pk: person for person in people_for(actor).filter(pk__in=ids)}


def chips(actor: Actor, who: Who) -> tuple[list[Chip], list[Chip]]:
    """Participants and helpers to show. A person the actor may not see stays, without a name."""
    known = _known(actor, who)
    shown = []
    for value in who.who:
        mode, what, *age = value.split("|")
        if mode == NAMED:
            person = known.get(int(what))
            shown.append(Chip(value, mode, str(person) if person else _("someone not open to you"), person=person))
        elif mode == LISTED:
            shown.append(Chip(value, mode, what))
        else:
            shown.append(Chip(value, mode, counted_words(int(what), age[0] if age else ""), count=int(what)))
    helpers = [
        Chip(value, "helping", str(known.get(int(value.split("|")[0]), "?")), count=int(value.split("|")[1] or 0))
        for value in who.help
    ]
    return shown, helpers


def counted_words(how_many: int, age: str) -> str:
    if age == AgeGroup.CHILD:
        return _("%(n)s children") % {"n": how_many}
    if age == AgeGroup.ADULT:
        return _("%(n)s adults") % {"n": how_many}
    return _("%(n)s people") % {"n": how_many}


def takings_of(who: Who) -> list[Taking]:
    rows = []
    for value in who.who:
        mode, what, *age = value.split("|")
        if mode == NAMED:
            rows.append(Taking(mode=NAMED, person=int(what)))
        elif mode == LISTED:
            rows.append(Taking(mode=LISTED, label=what))
        else:
            rows.append(Taking(mode=COUNTED, count=int(what), age=AgeGroup(age[0] if age else "")))
    return rows


def helpings_of(who: Who) -> list[Helping]:
    return [Helping(person=person, minutes=minutes) for person, minutes in who.helpers().items()]


def who_of(record: ServiceRecord) -> Who:
    """Everyone who stands on a record, as the form carries them."""
    who = Who()
    for row in record.participations.order_by("id"):
        if row.mode == NAMED:
            who.add(f"named|{row.person_id}")
        elif row.mode == LISTED:
            who.add(f"listed|{row.label}")
        elif row.count:
            who.count_in(row.count, row.age_guess)
    who.help = [
        f"{part.person_id}|{part.minutes or ''}" for part in record.volunteer_parts.filter(person__isnull=False)
    ]
    return who
