"""Different people by site, service line, sex and age: one pass over who came, from which breakdowns are folded.

People are not added up, so a cell says that someone was there; a breakdown looks how many are under each value.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

from django.db.models import F, QuerySet

from xiezuo.service.counting import identified
from xiezuo.service.keys import Key, age, expression, guessed_age, registered_age, sex
from xiezuo.service.models import Participation, ServiceRecord
from xiezuo.service.vocab import ParticipationMode

FIELDS: tuple[Key, ...] = ("site", "service_line", sex, age)
WHO = 0
Cells = list[tuple[Any, ...]]  # the number of a person or the text of a nickname, then the values of FIELDS


def cells_of(records: QuerySet[ServiceRecord]) -> Cells:
    """Who came to `records`. Nearly everyone is known by name, and of them an index tells all that is asked."""
    around = {f"key{n}": expression(Participation, key) for n, key in enumerate(FIELDS[:2])}
    rows = identified(records).annotate(**around).order_by()
    named = rows.filter(mode=ParticipationMode.NAMED).annotate(
        key_sex=F("person__sex"), key_age=registered_age(Participation)
    )
    listed = rows.filter(mode=ParticipationMode.LISTED).annotate(key_sex=F("sex_guess"), key_age=guessed_age())
    told = (*around, "key_sex", "key_age")
    return [
        *named.values_list("person", *told).distinct(),
        *listed.values_list("listed", *told).distinct(),
    ]


def can_fold(keys: Sequence[Key]) -> bool:
    return all(key in FIELDS for key in keys)


def _in_each(cells: Cells, keys: Sequence[Key]) -> dict[Any, set[Any]]:
    """Who was there under each value of a key; for several keys, under each tuple."""
    found: dict[Any, set[Any]] = defaultdict(set)
    value_of = itemgetter(*[1 + FIELDS.index(key) for key in keys])
    for cell, value in zip(cells, map(value_of, cells), strict=True):
        found[value].add(cell[WHO])
    return found


def fold(cells: Cells, keys: Sequence[Key]) -> dict[Any, int]:
    """How many different people by each value of a key; for several keys, by each tuple."""
    return {value: len(people) for value, people in _in_each(cells, keys).items()}


def how_many(cells: Cells) -> int:
    """How many different people there are in all."""
    return len({cell[WHO] for cell in cells})


def several(cells: Cells, key: Key) -> int:
    """How many people were there under more than one value of `key`."""
    values = Counter(chain.from_iterable(_in_each(cells, [key]).values()))
    return sum(1 for times in values.values() if times > 1)
