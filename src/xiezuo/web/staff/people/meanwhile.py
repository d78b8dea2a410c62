"""A colleague saved while someone was writing: both versions, field by field, and what was chosen of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise

from xiezuo.common.meanwhile import ChangedMeanwhile, sealed
from xiezuo.people.actions import PersonFacts, facts_of
from xiezuo.people.actions.joining import JOINED
from xiezuo.people.actions.person import BESIDE
from xiezuo.people.models import Household, Person
from xiezuo.people.queries import last_change
from xiezuo.web.staff.people.beside import fact_words, label_of
from xiezuo.web.staff.people.forms import answers_of

SETTLED = "settled-"  # before the name of a field: what was chosen of two versions
MINE, THEIRS, BOTH = "mine", "theirs", "both"


@dataclass(frozen=True)
class Version:
    """One field in which two people wrote something else. `both`: the two can stand below each other."""

    name: str
    label: str | Promise
    mine: str
    theirs: str
    both: bool
    picked: str


@dataclass(frozen=True)
class Clash:
    """What a page shows: who saved meanwhile and when, fields to choose in, and labels of those that came by themselves."""

    by: str
    at: datetime | None
    versions: list[Version]
    taken: list[str | Promise]


def clash(thing: Person | Household, versions: Iterable[Version], taken: Iterable[str | Promise]) -> Clash:
    by, at = last_change(thing) or ("", None)
    return Clash(by, at, list(versions), list(taken))


def settled(posted: Mapping[str, Any], typed: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """The typed values with what was chosen of two versions: mine, theirs, or both below each other."""
    values = dict(typed)
    for name, value in typed.items():
        told = posted.get(f"{SETTLED}{name}", MINE)
        if told == THEIRS:
            values[name] = now[name]
        elif told == BOTH and isinstance(value, str) and now[name] not in value:
            values[name] = f"{now[name]}\n\n{value}"
    return values


# Form fields in which a fact of a person is asked for, where they are called otherwise.
ASKED_IN = {
    "born_on": ("born_year", "born_month", "born_day", "born_lunar", "age_guess"),
    "arrived_on": ("arrived_year", "arrived_month"),
}
MAIN = {beside: main for main, columns in BESIDE.items() for beside in columns}


def _mains(names: Iterable[str]) -> list[str]:
    """Facts as people know them: what only stands beside one is that one."""
    return list(dict.fromkeys(MAIN.get(name, name) for name in sorted(names)))


def facts_settled(posted: Mapping[str, Any], typed: PersonFacts, now: PersonFacts) -> PersonFacts:
    """What was typed of a person, with what was chosen of two versions."""
    said = {f"{SETTLED}{name}": posted.get(f"{SETTLED}{MAIN.get(name, name)}", MINE) for name in vars(typed)}
    return replace(typed, **settled(said, vars(typed), vars(now)))


def person_clash(person: Person, typed: PersonFacts, since: ChangedMeanwhile) -> Clash:
    """Both versions of a person as it is now and as it was typed."""
    mine = Person(**{name: value for name, value in vars(typed).items() if value is not None})
    versions = [
        Version(name, label_of(name), fact_words(mine, name), fact_words(person, name), name in JOINED, MINE)
        for name in _mains(since.both)
    ]
    return clash(person, versions, [label_of(name) for name in _mains(since.theirs)])


def typed_anew(posted: QueryDict, person: Person, since: ChangedMeanwhile) -> QueryDict:
    """The form as it goes on: what was typed, what a colleague alone changed, and marks of the row as it is now."""
    data, answers = posted.copy(), answers_of(person)
    for name in _mains(since.theirs):
        for field in ASKED_IN.get(name, (name,)):
            value = answers.get(field, "")
            data.setlist(field, value if isinstance(value, list) else [str(value)] if value != "" else [])
    for name in [name for name in data if name.startswith(SETTLED)]:
        del data[name]
    data["seen"] = sealed(vars(facts_of(person)))
    return data
