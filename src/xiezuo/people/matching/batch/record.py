"""One line of a list of people, taken apart once so that it can be compared often."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xiezuo.common.text import bare
from xiezuo.people.matching.batch.births import GENERATION, Birth, birth_of, tidy_birth
from xiezuo.people.matching.batch.names import Name, name_of
from xiezuo.people.matching.batch.numbers import is_sound
from xiezuo.people.matching.batch.places import Place, place_of
from xiezuo.people.matching.sketch import phone_of
from xiezuo.people.matching.sounds import simplified

SEXES = {"男": "1", "女": "2", "1": "1", "2": "2", "m": "1", "f": "2", "male": "1", "female": "2"}


@dataclass(slots=True, frozen=True)
class Record:
    """`ref`: what its owner calls it. Fields that are not known are empty. `id_number` is in the clear or a blind index;
    `id_sound`: it can be taken at its word."""

    ref: int | str
    name: Name
    sex: str = ""
    birth: Birth | None = None
    id_number: str = ""
    id_sound: bool = False
    phone: str = ""
    place: Place | None = None
    guardians: tuple[Name, ...] = ()
    school: str = ""


def record_of(
    ref: int | str,
    *,
    name: str,
    sex: str = "",
    birth_date: str = "",
    id_number: str = "",
    phone: str = "",
    address: str = "",
    guardian_name: str = "",
    school_or_work: str = "",
) -> Record:
    """A record from what is written; a parent's number on a child is left out, by its birth date."""
    birth, number = birth_of(birth_date), bare(id_number)
    told = _birth_in(number)
    if birth and told and abs(birth[0] - told[0]) >= GENERATION:
        number, told = "", None
    return Record(
        ref=ref,
        name=name_of(name),
        sex=SEXES.get(sex.strip().lower(), ""),
        birth=birth or told,
        id_number=number,
        id_sound=is_sound(number),
        phone=phone_of(phone),
        place=place_of(address) if address.strip() else None,
        guardians=(name_of(guardian_name),) if guardian_name.strip() else (),
        school=simplified(bare(school_or_work)),
    )


def _birth_in(number: str) -> Birth | None:
    found = re.match(r"\d{6}(\d{4})(\d{2})(\d{2})", number)
    return tidy_birth(*map(int, found.groups())) if found else None
