"""Sums by day, precision, site and service line: one pass over who took part, from which every breakdown is folded."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from xiezuo.service.keys import Key, Months
from xiezuo.service.periods import Period

FIELDS = ("service_date", "date_precision", "site", "service_line")
DAY, PRECISION = 0, 1


def can_fold(keys: Sequence[Key]) -> bool:
    return all(isinstance(key, Period | Months) or key in FIELDS for key in keys)


def _places(key: Key) -> tuple[int, ...]:
    """Where in a cell stands what a key needs to know."""
    if isinstance(key, Months):
        return DAY, PRECISION
    return (DAY,) if isinstance(key, Period) else (FIELDS.index(str(key)),)


def fold(cells: Sequence[tuple[Any, ...]], keys: Sequence[Key]) -> dict[Any, int]:
    """Add up cells (the values of FIELDS, then a number) by each value of a key; for several keys, by each tuple."""
    finest: dict[tuple[Any, ...], int] = defaultdict(int)
    places = [_places(key) for key in keys]
    for cell in cells:
        finest[tuple([tuple([cell[place] for place in known]) for known in places])] += cell[-1]
    found: dict[Any, int] = defaultdict(int)
    for told, number in finest.items():
        pairs = zip(keys, told, strict=True)
        named = tuple([key.of(*known) if isinstance(key, Period | Months) else known[0] for key, known in pairs])
        found[named[0] if len(keys) == 1 else named] += number
    return dict(found)
