"""Everyone of the house, looked through for people who were written down twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from xiezuo.people.matching.batch.births import Birth, tidy_birth
from xiezuo.people.matching.batch.grouping import Told, grouped
from xiezuo.people.matching.batch.names import name_of
from xiezuo.people.matching.batch.places import place_of
from xiezuo.people.matching.batch.proposals import Proposal, to_look_at, together
from xiezuo.people.matching.batch.record import SEXES, Record
from xiezuo.people.matching.batch.weights import Model, shipped_model
from xiezuo.people.matching.house import COLUMNS, carers_of
from xiezuo.people.matching.sketch import phone_of
from xiezuo.people.matching.sounds import simplified
from xiezuo.people.models import Person
from xiezuo.people.vocab import BornPrecision

AT_ONCE = 2000
SHORTER: dict[str, int] = {
    BornPrecision.MONTH: 2,
    BornPrecision.YEAR: 1,
    BornPrecision.GUESS: 1,
}  # parts of a date that are known


def proposals_of_house(
    people: QuerySet[Person], model: Model | None = None, told: Told = lambda _n: None
) -> Iterator[Proposal]:
    """Pairs of ids of `people` (as given by access) who may be one human being, the surest first. Nothing is written
    and nobody is merged; invented people are left out."""
    model = model or shipped_model()
    groups = grouped(list(records_of(people)), model, told)
    found = [*together(groups, model), *to_look_at(groups, model)]
    yield from sorted(found, key=lambda proposal: (-proposal.weight, proposal.one, proposal.other))


def records_of(people: QuerySet[Person]) -> Iterator[Record]:
    """The people as they are compared. Identity numbers are compared by their blind index and never opened."""
    carers = carers_of(people.values("pk"))
    rows = people.filter(for_testing=False).order_by("pk").values_list(*COLUMNS)
    for pk, full_name, nickname, sex, born, precision, id_index, phone, address, school, _sound in rows.iterator(
        chunk_size=AT_ONCE
    ):
        names, _phones = carers.get(pk, (frozenset(), frozenset()))
        yield Record(
            ref=pk,
            name=name_of(full_name or nickname),
            sex=SEXES.get(sex, ""),
            birth=known_birth(born, precision),
            id_number=id_index,
            id_sound=True,
            phone=phone_of(phone),
            place=place_of(address) if address else None,
            guardians=tuple(name_of(name) for name in sorted(names)),
            school=simplified(school),
        )


def known_birth(born: date | None, precision: str) -> Birth | None:
    """As much of a birth date as its precision says."""
    if born is None:
        return None
    parts = SHORTER.get(precision, 3)
    return tidy_birth(born.year, born.month if parts > 1 else 0, born.day if parts > 2 else 0)
