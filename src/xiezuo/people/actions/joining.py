"""What two rows of one human say of them: what one fills in of the other, where they differ, what is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from xiezuo.people.actions.person import BESIDE, FACTS
from xiezuo.people.actions.taking_in import is_empty
from xiezuo.people.models import Person

STANDS_BESIDE = {column for columns in BESIDE.values() for column in columns}
JOINED = ("note", "health_note")  # texts of which neither is lost unless someone says so
BETWEEN = "、"
LONGEST_ALIAS = 120  # characters of the column
# Said by nobody: a person made for testing stays so, and messages are sent only where both rows allow it.
UNASKED = {"for_testing", "safe_to_message", "alias", "unanswered", *STANDS_BESIDE}
ASKED = tuple(name for name in FACTS if name not in UNASKED)
Choices = Mapping[str, str]


class Choice(StrEnum):
    """Of two facts that differ: the kept row's, the other row's, or both where they can stand together."""

    KEPT = "kept"
    OTHER = "other"
    BOTH = "both"


@dataclass(frozen=True)
class Difference:
    """A fact in which both rows say something, and not the same. `both`: the two can stand together."""

    name: str
    kept: Any
    other: Any
    both: bool

    @property
    def suggested(self) -> Choice:
        return Choice.BOTH if self.both else Choice.KEPT


def _told(person: Person, name: str) -> Any:
    """The fact; a nickname that only repeats the full name tells nothing."""
    value = getattr(person, name)
    return "" if name == "nickname" and value == person.full_name else value


def _with_beside(person: Person, name: str) -> tuple[Any, ...]:
    return tuple(getattr(person, column) for column in (name, *BESIDE.get(name, ())))


def differences(kept: Person, other: Person) -> list[Difference]:
    """In the order of the form."""
    found = []
    for name in ASKED:
        mine, theirs = _told(kept, name), _told(other, name)
        if is_empty(name, mine) or is_empty(name, theirs) or _with_beside(kept, name) == _with_beside(other, name):
            continue
        found.append(Difference(name, mine, theirs, name in JOINED or isinstance(mine, list)))
    return found


def _both(mine: Any, theirs: Any) -> Any:
    if isinstance(mine, list):
        return [*mine, *(value for value in theirs if value not in mine)]
    return mine if theirs in mine else f"{mine}\n\n{theirs}"


def _unanswered(kept: Person, other: Person, values: dict[str, Any]) -> dict[str, str]:
    """Why something is empty, of what is still empty once both rows are one."""
    told = {**other.unanswered, **kept.unanswered}
    return {name: why for name, why in sorted(told.items()) if is_empty(name, values.get(name, getattr(kept, name)))}


def joined(kept: Person, other: Person, choices: Choices) -> dict[str, Any]:
    """Columns of the kept row that change, with their new values: what was empty is filled, what differs follows
    `choices` (by name of fact; as suggested where nothing is said)."""
    values: dict[str, Any] = {}
    differing = {difference.name: difference for difference in differences(kept, other)}
    for name in ASKED:
        mine, theirs = _told(kept, name), _told(other, name)
        if name in differing:
            choice = choices.get(name, differing[name].suggested)
        else:
            choice = Choice.OTHER if is_empty(name, mine) and not is_empty(name, theirs) else Choice.KEPT
        if choice == Choice.BOTH and differing[name].both:
            values[name] = _both(mine, theirs)
        elif choice == Choice.OTHER:
            columns = (name, *BESIDE.get(name, ()))
            values |= dict(zip(columns, _with_beside(other, name), strict=True))
    values["safe_to_message"] = kept.safe_to_message and other.safe_to_message
    values["unanswered"] = _unanswered(kept, other, values)
    values |= _names(kept, other, values)
    return {name: value for name, value in values.items() if getattr(kept, name) != value}


def _names(kept: Person, other: Person, values: Mapping[str, Any]) -> dict[str, str]:
    """Every name of both rows that does not stand elsewhere becomes another name, so that search still finds it."""
    full = values.get("full_name", kept.full_name)
    nickname = values.get("nickname", kept.nickname)
    if nickname == kept.full_name and full:
        nickname = full
    known = [name for row in (kept, other) for name in (*row.alias.split(BETWEEN), row.full_name, row.nickname)]
    alias = ""
    for name in dict.fromkeys(name.strip() for name in known):
        longer = f"{alias}{BETWEEN}{name}" if alias else name
        if name and name not in {full, nickname} and len(longer) <= LONGEST_ALIAS:
            alias = longer
    return {"nickname": nickname, "alias": alias}
