"""Which pack tells of something on a day: organisation before funder before city before province before the nation.

Packs of places act where the house says that it works, those of funders where it says that they are its funders.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from xiezuo.common.days import today
from xiezuo.forms.packs.held import all_of
from xiezuo.forms.packs.reading import Generation, PackBroken, folder, generation
from xiezuo.forms.packs.versions import Edition
from xiezuo.forms.vocab import Level, PackKind

IN_USE = "_in-use.json"  # beside the packs; what the house says of itself
NEAR = [Level.ORGANISATION, Level.FUNDER, Level.CITY, Level.PROVINCE, Level.NATIONAL]


@dataclass(frozen=True)
class InUse:
    """`places`: codes of the provinces, cities and districts the house works in; `funders`: ids of packs of its funders."""

    places: tuple[str, ...] = ()
    funders: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Found:
    """Something a pack tells, and the version of the pack that tells it."""

    value: dict[str, Any]
    edition: Edition


def in_use() -> InUse:
    return _in_use(generation())


@lru_cache(maxsize=8)
def _in_use(at: Generation) -> InUse:
    try:
        return said_of_use()
    except PackBroken:
        return InUse()  # a page is no place to tell it: `xiezuo check` does


def said_of_use() -> InUse:
    """What the house says of its places and funders. Raises PackBroken for a file that cannot be read."""
    path = folder() / IN_USE
    if not path.exists():
        return InUse()
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return InUse(tuple(told.get("places", ())), tuple(told.get("funders", ())))
    except (OSError, ValueError, AttributeError) as error:
        raise PackBroken(path, str(error)) from error


def acts(edition: Edition) -> bool:
    """A pack of the nation or of the house acts everywhere; one of a place or a funder where it is in use."""
    if edition.level == Level.FUNDER:
        return edition.pack_id in in_use().funders
    return not edition.place or any(_within(place, edition.place) for place in in_use().places)


def _within(place: str, wider: str) -> bool:
    """Whether one administrative division lies in another (GB/T 2260: two digits for each step, zeros fill up)."""
    while wider.endswith("00"):
        wider = wider[:-2]
    return place.startswith(wider)


@lru_cache(maxsize=512)
def _items(at: Generation, kind: PackKind, part: str, on: date) -> dict[str, Found]:
    found: dict[str, Found] = {}
    for edition in sorted(filter(acts, all_of(kind, on)), key=lambda one: (NEAR.index(one.level), not one.own)):
        for key, value in edition.body.get(part, {}).items():
            found.setdefault(key, Found(value, edition))
    return found


def all_items(kind: PackKind, part: str, on: date | None = None) -> dict[str, Found]:
    """What the packs of a kind tell under `part` on a day (today): key → the nearest pack's word."""
    return _items(generation(), kind, part, on or today())


def item(kind: PackKind, part: str, key: str, on: date | None = None) -> Found:
    """One thing that packs tell of. Raises KeyError when none in use on that day (today) does."""
    return all_items(kind, part, on)[key]
