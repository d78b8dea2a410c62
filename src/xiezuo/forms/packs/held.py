"""Packs by their id: the version that holds on a day."""

from datetime import date
from typing import Any

from xiezuo.common.days import today
from xiezuo.forms.packs.reading import all_ids, shipped_ids, versions
from xiezuo.forms.packs.versions import Edition


def editions(pack_id: str) -> tuple[Edition, ...]:
    """Every version of a pack that was ever in force here, the newest first. Raises PackBroken; empty when there is none."""
    return versions(pack_id)


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
    day = on or today()
    held = (edition(pack_id, day) for pack_id in all_ids())
    return [found for found in held if found.kind == kind and found.holds_on(day)]


def all_editions(on: date | None = None) -> list[Edition]:
    """Every pack in the version that holds on a day (today), by id."""
    day = on or today()
    return [found for found in (edition(pack_id, day) for pack_id in all_ids()) if found.holds_on(day)]


def is_shipped(pack_id: str) -> bool:
    return pack_id in shipped_ids()


def shipped(pack_id: str) -> Edition:
    """The version that came with the product. Raises FileNotFoundError."""
    if not is_shipped(pack_id):
        raise FileNotFoundError(pack_id)
    return next(one for one in versions(pack_id) if not one.own)
