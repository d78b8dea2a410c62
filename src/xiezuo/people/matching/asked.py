"""Whether someone who is being written down is here already: a few looks into indexes, then the weights of lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from xiezuo.common.days import today
from xiezuo.common.text import tidy_name
from xiezuo.people.identity import id_index
from xiezuo.people.matching.batch.codes import codes_of
from xiezuo.people.matching.batch.house import known_birth
from xiezuo.people.matching.batch.names import name_of
from xiezuo.people.matching.batch.places import place_of
from xiezuo.people.matching.batch.proposals import evidence_of
from xiezuo.people.matching.batch.rarity import Rarity
from xiezuo.people.matching.batch.record import SEXES, Record
from xiezuo.people.matching.batch.weights import shipped_model
from xiezuo.people.matching.pool import family_until_age
from xiezuo.people.matching.sketch import phone_of
from xiezuo.people.matching.sounds import simplified, sound_of
from xiezuo.people.models import Person

NAMES = ("full_name", "nickname", "alias")
COLUMNS = ("pk", *NAMES, "sex", "born_on", "born_precision", "id_number_index", "phone", "address", "school")
ALIKE = {"name_close_first", "name_close_middle", "name_close_last", "name_close_short", "name_short", "name_surname"}
OLDER = {"birth_differs", "birth_generation"}
SHARED = {"phone_same", "phone_of_two", "phone_of_three", "phone_of_few", "address_same"}  # by a family
AT_MOST = 5
LOOKED_AT = 60  # of one name or telephone; more share it than could be shown
BORN_THAT_DAY = 300


@dataclass(frozen=True)
class Asked:
    """What is known of whoever is being written down; only the name must be there."""

    name: str
    phone: str = ""
    id_number: str = ""
    born: date | None = None
    precision: str = ""
    sex: str = ""
    address: str = ""
    school: str = ""


@dataclass(frozen=True, slots=True)
class Here:
    """Someone of the house, with weight in bits and evidence codes."""

    person: int
    weight: float
    evidence: tuple[str, ...]


def who_is_here(people: QuerySet[Person], asked: Asked) -> list[Here]:
    """At most five of `people` (as given by access), the likeliest first. The number of queries does not grow with the
    house, nor does what they read."""
    rows = {row[0]: row for rows in _looks(people, asked) for row in rows}
    if not rows:
        return []
    known = [list(_records(row)) for row in rows.values()]
    wanted = _record(0, tidy_name(asked.name), asked)
    size = people.order_by("-pk").values_list("pk", flat=True).first() or 1
    rarity = Rarity([wanted, *(names[0] for names in known)], among=size)
    model = shipped_model()
    weights = model.pair.among(size, model.rules["learnt_among"])
    found = []
    for names in known:
        told = [codes_of(wanted, record, rarity) for record in names]
        codes = max(told, key=weights.of_pair)
        weight = weights.of_pair(codes)
        likely = weight >= model.rules["ask_from"] and not _family(codes, wanted)
        if likely or "id_same" in codes:
            found.append(Here(int(names[0].ref), round(weight, 2), evidence_of(codes)))
    found.sort(key=lambda here: ("id_same" not in here.evidence, -here.weight, here.person))
    return found[:AT_MOST]


def _family(codes: tuple[str, ...], wanted: Record) -> bool:
    """Names that are only alike, in one family: twins, siblings, a father and his son. A birth day of someone grown up
    that agrees is their own; a child's is also their twin's."""
    if codes[0] not in ALIKE or not SHARED.intersection(codes) or "id_near" in codes:
        return False
    if codes[0] == "name_short" and not OLDER.intersection(codes):
        return False  # a character left out by whoever wrote it down; brothers lack none
    grown = wanted.birth is not None and today().year - wanted.birth[0] >= family_until_age()
    return not (grown and "birth_day" in codes)


def _looks(people: QuerySet[Person], asked: Asked) -> Iterator[Sequence[tuple[Any, ...]]]:
    name, phone = tidy_name(asked.name), phone_of(asked.phone)

    # An index over what is not empty serves only a question that says so.
    def look(limit: int, *either: Q, **also: Any) -> list[tuple[Any, ...]]:
        return list(people.filter(*either, for_testing=False, **also).values_list(*COLUMNS)[:limit])

    if asked.id_number:
        yield look(LOOKED_AT, ~Q(id_number_index=""), id_number_index=id_index(asked.id_number))
    if phone:
        yield look(LOOKED_AT, phone__in={phone, asked.phone.strip()})
    if asked.born:
        yield look(BORN_THAT_DAY, born_on=asked.born)
    if name:
        sound = sound_of(name)
        bearers = look(LOOKED_AT, sound=sound) if sound else []
        yield bearers
        if len(bearers) == LOOKED_AT:
            yield from _among_many(look, asked, sound)
        yield look(LOOKED_AT, nickname=name)
        yield look(LOOKED_AT, ~Q(alias=""), alias=name)


def _among_many(look: Any, asked: Asked, sound: str) -> Iterator[Sequence[tuple[Any, ...]]]:
    """Of a common name those who share something else too."""
    if asked.born:
        near = Q(born_on__year__range=(asked.born.year - 1, asked.born.year + 1))
        yield look(LOOKED_AT, near, sound=sound)
    for column, value in (("address", asked.address), ("school", asked.school)):
        if value:
            yield look(LOOKED_AT, sound=sound, **{column: value})


def _records(row: tuple[Any, ...]) -> Iterator[Record]:
    """Someone of the house under each of their names."""
    pk, full_name, nickname, alias, sex, born, precision, index, phone, address, school = row
    facts = Asked("", phone, index, born, precision, sex, address, school)
    for name in dict.fromkeys(name for name in (full_name, nickname, alias) if name):
        yield _record(pk, name, facts, index)


def _record(ref: int, name: str, facts: Asked, index: str | None = None) -> Record:
    return Record(
        ref=ref,
        name=name_of(name),
        sex=SEXES.get(facts.sex, ""),
        birth=known_birth(facts.born, facts.precision),
        id_number=id_index(facts.id_number) if index is None else index,
        id_sound=True,
        phone=phone_of(facts.phone),
        place=place_of(facts.address) if facts.address else None,
        school=simplified(facts.school),
    )
