"""Sums by day, precision, site and service line: one pass over who took part, from which every breakdown is folded."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from xiezuo.service.keys import Key
from xiezuo.service.periods import Period

FIELDS = ("service_date", "date_precision", "site", "service_line")


def can_fold(keys: Sequence[Key]) -> bool:
    return all(isinstance(key, Period) or key in FIELDS for key in keys)


def fold(cells: Sequence[tuple[Any, ...]], keys: Sequence[Key]) -> dict[Any, int]:
    """Add up cells (the values of FIELDS, then a number) by each value of a key; for several keys, by each tuple."""
    finest: dict[tuple[Any, ...], int] = defaultdict(int)
    places = [0 if isinstance(key, Period) else FIELDS.index(key) for key in keys]
    for cell in cells:
        finest[tuple([cell[place] for place in places])] += cell[-1]
    found: dict[Any, int] = defaultdict(int)
    for values, number in finest.items():
        pairs = zip(keys, values, strict=True)
        named = tuple([key.of(value) if isinstance(key, Period) else value for key, value in pairs])
        found[named[0] if len(keys) == 1 else named] += number
    return dict(found)
