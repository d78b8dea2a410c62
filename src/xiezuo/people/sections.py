"""Which parts of a person's file are open to someone who looks: pure rules over pack roles-default.

Nothing here asks the database. `people.access` finds out what ties the two, and asks here what follows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import age_on
from xiezuo.forms.packs import Edition, edition, pack
from xiezuo.people.models import Person
from xiezuo.people.vocab import BornPrecision, Section, TiedBy

Held = tuple[str, TiedBy]  # a role of the staff, and what ties its holder to the person


def rules() -> dict[str, Any]:
    return pack("roles-default")


def is_minor(person: Person, on: date) -> bool:
    """Under 18 as far as is known (CHD-3). Where only the year is known the latest birthday of it counts, and whoever is
    in a grade at school is a child unless a birth date says otherwise."""
    return is_under(person, rules()["minors"]["under"], on)


def is_under(person: Person, years: int, on: date) -> bool:
    """Younger than so many years as far as is known, in the manner of `is_minor`."""
    if person.born_on is None:
        return bool(person.grade)
    if person.born_precision in {BornPrecision.YEAR, BornPrecision.GUESS}:
        return on.year - person.born_on.year - 1 < years
    return age_on(person.born_on, on) < years


@dataclass(frozen=True)
class Decision:
    """Whether a section is open; where not, `code` and `why` say what is missing."""

    is_open: bool
    code: str = ""

    @property
    def why(self) -> str | Promise:
        return WHY[self.code] if self.code else ""


WHY: dict[str, Promise] = {
    "not_tied": _("you do not work with this person"),
    "not_your_part": _("this part is for those who work on the case"),
    "minor": _("reading the file of someone under 18 is approved first"),
}
OPEN = Decision(True)


def decide(section: Section, held: Iterable[Held], minor: bool) -> Decision:
    """Whether `section` of the file is open to someone who holds these roles, each with what ties them to the person.

    `minor`: the person is under 18, so that reading needs an approval (CHD-3, 未成年人网络保护条例 36).
    """
    found, table = [*held], rules()
    if not found:
        return Decision(False, "not_tied")
    fitting = [pair for pair in found if section in table["sections"].get(pair[0], {}).get(pair[1], [])]
    if not fitting:
        return Decision(False, "not_your_part")
    if minor and section not in table["minors"]["always"] and not any(map(_is_approved, fitting)):
        return Decision(False, "minor")
    return OPEN


def _is_approved(pair: Held) -> bool:
    role, tie = pair
    return tie in rules()["minors"]["approved_by"] or role in rules()["minors"]["responsible"]


@dataclass(frozen=True)
class Sections:
    """What of one file is open to one who looks."""

    decisions: dict[Section, Decision]
    minor: bool

    def __contains__(self, section: Section | str) -> bool:
        return self.decisions[Section(section)].is_open

    @property
    def open(self) -> frozenset[Section]:
        return frozenset(section for section, decision in self.decisions.items() if decision.is_open)

    @property
    def closed(self) -> list[tuple[str | Promise, list[Section]]]:
        """(why, the sections closed for that reason), in the order of the file."""
        found: dict[str, list[Section]] = {}
        for section, decision in self.decisions.items():
            if not decision.is_open:
                found.setdefault(decision.code, []).append(section)
        return [(WHY[code], sections) for code, sections in found.items()]


def sections(held: Iterable[Held], minor: bool) -> Sections:
    """The decisions about every section at once."""
    return _decided(frozenset(held), minor, edition("roles-default"))


@lru_cache(maxsize=1024)
def _decided(held: frozenset[Held], minor: bool, _rules: Edition) -> Sections:
    """Of the same roles and ties in the same version of the rules always the same; a list of people asks it of each."""
    return Sections({section: decide(section, held, minor) for section in Section}, minor)
