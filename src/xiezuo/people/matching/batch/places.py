"""Addresses as people write them: long, short, or only the village."""

import re
from functools import lru_cache

from xiezuo.people.matching.sounds import simplified

Place = tuple[str, str]  # village, street or compound without districts; the house within it, if told

ABOVE = re.compile(r"^(?:[^\d]{2,3}?(?:省|市|自治区))?(?:[^\d]{2,3}?[区县市])?(?:[^\d]{2,5}?(?:街道|地区|乡|镇))?(?=.)")
HOUSE = re.compile(r"[甲乙丙丁]?\d")


@lru_cache(maxsize=300_000)
def place_of(address: str) -> Place:
    told = simplified(re.sub(r"\s", "", address))
    above = ABOVE.match(told)
    inside = told[above.end() :] if above else told
    house = HOUSE.search(inside)
    return (inside[: house.start()], inside[house.start() :]) if house else (inside, "")


def compare_places(one: Place, other: Place) -> str:
    if one[0] != other[0]:
        return "address_differs"
    if not (one[1] and other[1]):
        return "address_village"
    return "address_same" if one[1] == other[1] else "address_neighbour"
