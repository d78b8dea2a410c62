"""Packs by their id: the version that holds on a day."""

from datetime import date
from typing import Any

from xiezuo.common.days import today
from xiezuo.forms.packs.reading import by_id, editions_in, generation, shipped_ids
from xiezuo.forms.packs.versions import Edition


def editions(pack_id: str) -> tuple[Edition, ...]:
    """Every version of a pack that was ever in force here, the newest first. Raises PackBroken; empty when there is none."""
    return by_id(generation()).get(pack_id, ())


def edition(pack_id: str, on: date | None = None) -> Edition:
    """The version of a pack that holds on a day (today). Before the first one began to hold, the first one.

    Raises FileNotFoundError when there is no such pack, PackBroken when the house's copy cannot be read.
    """
    found = editions(pack_id)
    if not found:
        raise FileNotFoundError(pack_id)
    day = on or today()
    return next((one for one in found if one.holds_on(day)), found[-1])


def pack(pack_id: str, on: date | None = None) -> dict[str, Any]:
    """What the pack says on a day (today). Raises FileNotFoundError, PackBroken."""
    return edition(pack_id, on).body


def packs_of(kind: str, on: date | None = None) -> list[dict[str, Any]]:
    """Every pack of a kind as it holds on a day (today), by id; the house's own ones too."""
    return [found.body for found in all_of(kind, on)]


def all_of(kind: str, on: date | None = None) -> list[Edition]:
    """Every pack of a kind, in the version that holds on a day (today), by id."""
    ids = sorted(by_id(generation()))
    return [found for pack_id in ids if (found := edition(pack_id, on)).kind == kind]


def is_shipped(pack_id: str) -> bool:
    return pack_id in shipped_ids()


def shipped(pack_id: str) -> Edition:
    """The version that came with the product. Raises FileNotFoundError."""
    if not is_shipped(pack_id):
        raise FileNotFoundError(pack_id)
    return next(one for one in editions_in(generation()) if one.pack_id == pack_id and not one.own)
