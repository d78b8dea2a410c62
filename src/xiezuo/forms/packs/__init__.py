"""Packs: what differs by place, year or funder, as data with a source.

Those shipped with the product lie here. What the house itself published lies in the folder `packs` of the house, one file for
each version (`<id>@<version>.json`); a hand-laid copy `<id>.toml` or `<id>.json` there takes the place of every version.
"""

from datetime import date
from functools import cache, lru_cache

from xiezuo.common.days import today
from xiezuo.forms.packs.finding import item
from xiezuo.forms.packs.held import all_editions, all_of, edition, editions, is_shipped, pack, packs_of, shipped
from xiezuo.forms.packs.reading import OWN, Generation, PackBroken, generation, own_packs
from xiezuo.forms.packs.versions import Edition
from xiezuo.forms.vocab import PackKind

__all__ = [
    "OWN",
    "Edition",
    "Generation",
    "PackBroken",
    "all_editions",
    "all_of",
    "codes",
    "edition",
    "editions",
    "generation",
    "is_shipped",
    "own_packs",
    "pack",
    "packs_of",
    "places",
    "shipped",
]


def codes(code_list: str, on: date | None = None) -> dict[str, dict[str, str]]:
    """The values of a code list: code → {"zh": …, "en": …}. Raises KeyError when no pack has it."""
    if code_list == "county":
        return _counties()
    return _codes(generation(), code_list, on or today())


@lru_cache(maxsize=1024)
def _codes(at: Generation, code_list: str, on: date) -> dict[str, dict[str, str]]:
    return dict(item(PackKind.CODES, "codes", code_list, on).value["values"])


@cache
def _counties() -> dict[str, dict[str, str]]:
    places_told = pack("places-cn")["places"]
    return {code: {"zh": name, "en": name} for code, name in places_told.items() if len(code) == 6}


def places() -> dict[str, str]:
    """Codes of provinces, cities and counties with their names."""
    return dict(pack("places-cn")["places"])
