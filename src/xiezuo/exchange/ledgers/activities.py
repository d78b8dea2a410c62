"""Rows of a ledger that has one row for each activity: its facts, and its numbers told apart by age, sex and group.

Nothing personal stands in such a row: no names of people, no notes, no places; and of work with one family only its
kind, not its title.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from xiezuo.common.days import Precision, local
from xiezuo.exchange.ledgers.layout import Count, Part
from xiezuo.insight.dimensions import Records
from xiezuo.people.disclosing import Names
from xiezuo.service.indicators import INDICATORS
from xiezuo.service.keys import NAMED, Key, grown, helper_group, sex
from xiezuo.service.models import ServiceRecord

HEADS = ("stated_heads", "headcount")  # as stated where a sheet stated them, else those who are known (CNT-9)
OF_PEOPLE: dict[str, tuple[Key, ...]] = {
    "headcount": (sex, grown),
    "stated_heads": (sex, grown),
    "person_times": (sex, grown),
    "unnamed": (sex, grown),
    "volunteer_times": (helper_group, grown),
    "volunteer_hours": (helper_group, grown),
}
Fact = str | int | object | None


@dataclass(frozen=True)
class Piece:
    """A number of one record: of people of one sex (or helpers of one group) and one age."""

    of: str
    age: str
    number: int


Pieces = Mapping[str, list[Piece]]


def pieces_by_record(records: Records, wanted: Iterable[str]) -> dict[int, dict[str, list[Piece]]]:
    """Of each record its pieces by indicator; one query for each indicator."""
    told = {code for what in wanted for code in (HEADS if what == "heads" else (what,))}
    found: dict[int, dict[str, list[Piece]]] = defaultdict(lambda: defaultdict(list))
    for code in sorted(told):
        for (record, of, age), number in INDICATORS[code].by(records, "pk", *OF_PEOPLE[code]).items():
            if number:
                found[record][code].append(Piece(of, age, number))
    return found


def number_of(pieces: Pieces, count: Count, groups: Iterable[Count]) -> int | None:
    """What a column says of one record; None (an empty cell) where nothing of the kind is known."""
    what = count.what
    if what == "heads":
        what = next((code for code in HEADS if pieces.get(code)), HEADS[-1])
    fitting = [piece.number for piece in pieces.get(what, ()) if _fits(piece, count, groups)]
    return sum(fitting) if fitting else None


def _fits(piece: Piece, count: Count, groups: Iterable[Count]) -> bool:
    if count.group:
        return _group_of(piece, groups) == count.group
    return count.age in ("", piece.age) and count.sex in ("", piece.of)


def _group_of(helpers: Piece, groups: Iterable[Count]) -> str:
    """The group a ledger puts helpers in; "" where they only stand in the sum."""
    if helpers.of != NAMED:
        return helpers.of
    by_age = (count.group for count in groups if count.age == helpers.age)
    return next(by_age, next((count.group for count in groups if count.named), ""))


def groups_of(part: Part) -> list[Count]:
    return [column.count for column in part.counting if column.count and column.count.group]


def _name(record: ServiceRecord, names: Names) -> str:
    """Its title, unless that names a child (CHD-4)."""
    return names.may_leave(record.title) or str(record.get_method_display())


def facts_of(record: ServiceRecord, number: int, pieces: Pieces, part: Part, names: Names) -> dict[str, Fact]:
    """The cells of a row that are no counts, as far as they are known."""
    day, known = record.service_date, record.date_precision
    unnamed = sum(piece.number for piece in pieces.get("unnamed", ()))
    return {
        "seq": number,
        "year": day.year if day else None,
        "month": day.month if day and known != Precision.YEAR else None,
        "date": day if known == Precision.DAY else None,
        "site": record.site.name if record.site else "",
        "line": record.get_service_line_display() if record.service_line else "",
        "method": record.get_method_display(),
        "name": record.get_method_display() if record.method in part.untitled else _name(record, names),
        "recorder": record.recorded_by.name,
        "recorded_on": local(record.recorded_at).date(),
        "unnamed_words": _("%(n)s person-times without a name") % {"n": unnamed} if unnamed else "",
        "blank": "",
    }
