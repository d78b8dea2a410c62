"""Sums by day, precision, site and service line: one pass over who took part, from which every breakdown is folded.

The database adds up by record, in the order in which an index has them; records that share everything a breakdown may
ask for become one cell.
"""

from collections import defaultdict
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from django.db.models import Expression, QuerySet, Sum

from xiezuo.service.counting import UNNAMED, takings
from xiezuo.service.keys import Key, Months
from xiezuo.service.models import ServiceRecord
from xiezuo.service.periods import Period

FIELDS = ("service_date", "date_precision", "site", "service_line")
DAY, PRECISION = 0, 1
# What is added up in the one pass, by the indicator whose number it is; None where there was nothing to add.
SUMS: dict[str, Expression] = {"person_times": Sum("count"), "unnamed": Sum("count", filter=UNNAMED)}
Cells = list[tuple[Any, ...]]  # the values of FIELDS, then of SUMS


def cells_of(records: QuerySet[ServiceRecord]) -> Cells:
    """Who took part in `records`, added up."""
    about = {row[0]: row[1:] for row in records.order_by().values_list("pk", *FIELDS)}
    by_record = takings(records).order_by().values("record").annotate(**SUMS)
    found: dict[tuple[Any, ...], list[int | None]] = {}
    for record, *numbers in by_record.values_list("record", *SUMS):
        cell = found.setdefault(about[record], numbers)
        if cell is not numbers:
            cell[:] = map(_added, cell, numbers)
    return [(*place, *numbers) for place, numbers in found.items()]


def _added(one: int | None, other: int | None) -> int | None:
    return other if one is None else one + (other or 0)


def can_fold(keys: Sequence[Key]) -> bool:
    return all(isinstance(key, Period | Months) or key in FIELDS for key in keys)


def _places(key: Key) -> tuple[int, ...]:
    """Where in a cell stands what a key needs to know."""
    if isinstance(key, Months):
        return DAY, PRECISION
    return (DAY,) if isinstance(key, Period) else (FIELDS.index(str(key)),)


def _place_of(code: str) -> int:
    return len(FIELDS) + [*SUMS].index(code)


def total(cells: Cells, code: str) -> int:
    """The number of indicator `code` over all cells."""
    place = _place_of(code)
    return sum(cell[place] or 0 for cell in cells)


def fold(cells: Cells, code: str, keys: Sequence[Key]) -> dict[Any, int]:
    """Add up the number of indicator `code` by each value of a key; for several keys, by each tuple."""
    places = [_places(key) for key in keys]
    asked = sorted({place for known in places for place in known})
    told = itemgetter(*asked, _place_of(code))
    # Few combinations are left where what no key asks for is gone; only those are named.
    finest: dict[tuple[Any, ...], int] = defaultdict(int)
    for *known, number in map(told, cells):
        if number is not None:
            finest[tuple(known)] += number
    found: dict[Any, int] = defaultdict(int)
    for values, number in finest.items():
        at = dict(zip(asked, values, strict=True))
        named = tuple([_value(key, [at[place] for place in known]) for key, known in zip(keys, places, strict=True)])
        found[named[0] if len(keys) == 1 else named] += number
    return dict(found)


def _value(key: Key, known: Sequence[Any]) -> Any:
    return key.of(*known) if isinstance(key, Period | Months) else known[0]
