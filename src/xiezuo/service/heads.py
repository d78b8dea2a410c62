"""Different people by site, service line, sex and age: one pass over who came, from which breakdowns are folded.

People are not added up, so a cell holds who was there; a breakdown joins the people of its cells.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from xiezuo.service.keys import Key, age, sex

FIELDS: tuple[Key, ...] = ("site", "service_line", sex, age)
WHO = ("person", "listed")  # one of them is set; together they are one human


def can_fold(keys: Sequence[Key]) -> bool:
    return all(key in FIELDS for key in keys)


def _by_key(cells: Iterable[tuple[Any, ...]], keys: Sequence[Key]) -> dict[tuple[Any, ...], set[Any]]:
    """Who was there, by the values of keys. A cell is WHO and then the values of FIELDS."""
    places = [len(WHO) + FIELDS.index(key) for key in keys]
    found: dict[tuple[Any, ...], set[Any]] = defaultdict(set)
    for cell in cells:
        found[tuple([cell[place] for place in places])].add(cell[: len(WHO)])
    return found


def fold(cells: Iterable[tuple[Any, ...]], keys: Sequence[Key]) -> dict[Any, int]:
    """How many different people by each value of a key; for several keys, by each tuple."""
    return {key[0] if len(keys) == 1 else key: len(people) for key, people in _by_key(cells, keys).items()}


def how_many(cells: Iterable[tuple[Any, ...]]) -> int:
    """How many different people there are in all."""
    return len({cell[: len(WHO)] for cell in cells})


def several(cells: Iterable[tuple[Any, ...]], key: Key) -> int:
    """How many people were there under more than one value of `key`."""
    values: dict[Any, int] = defaultdict(int)
    for people in _by_key(cells, [key]).values():
        for who in people:
            values[who] += 1
    return sum(1 for times in values.values() if times > 1)
