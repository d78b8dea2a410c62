"""Birth dates as lists have them, and how two of them compare."""

from datetime import date
from functools import lru_cache

from xiezuo.people.matching.batch.moon import day_of_lunar_month

Birth = tuple[int, int, int]  # year, month, day; 0 where not known

GENERATION = 12  # years; whoever is so far apart in age may be parent and child
# The same day and month run this many days later in the lunar calendar than in the solar one.
LUNAR_FROM, LUNAR_TO = 17, 53


def birth_of(text: str) -> Birth | None:
    """2012-03-02, 2012-03 or 2012; None for anything else. New Year's Day is what is written for a year alone."""
    parts = text.strip().replace("/", "-").replace(".", "-").split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return None
    year, month, day = (*map(int, parts), 0, 0)[:3]
    return tidy_birth(year, month, day)


def tidy_birth(year: int, month: int, day: int) -> Birth | None:
    if not 1850 < year < 2150 or month > 12 or day > 31:
        return None
    return (year, 0, 0) if (month, day) in ((1, 1), (0, 0)) else (year, month, day)


@lru_cache(maxsize=500_000)
def compare_births(one: Birth, other: Birth) -> str:
    """The code of how two births compare, as exactly as both are known."""
    a, b = (one, other) if one <= other else (other, one)
    apart = b[0] - a[0]
    if a[2] and b[2]:
        found = _days(a, b)
    elif a[1] and b[1]:
        found = "birth_month" if a[:2] == b[:2] else ""
    else:
        found = {0: "birth_year", 1: "birth_year_next"}.get(apart, "")
    if found:
        return found
    return "birth_differs" if apart < GENERATION else "birth_generation"


def _days(a: Birth, b: Birth) -> str:
    if a == b:
        return "birth_day"
    if a[0] == b[0] and (a[1], a[2]) == (b[2], b[1]):
        return "birth_swapped"
    if b[0] - a[0] == 1 and a[1:] == b[1:]:
        return "birth_year_off"
    if _lunar(a, b):
        return "birth_lunar"
    if a[0] != b[0]:
        return ""
    return "birth_near" if a[1] == b[1] or a[2] == b[2] else "birth_other_day"


def _lunar(a: Birth, b: Birth) -> bool:
    """Whether `a` is the day and month of `b` in the lunar calendar."""
    try:
        first, second = date(*a).toordinal(), date(*b).toordinal()
    except ValueError:
        return False
    return LUNAR_FROM < second - first < LUNAR_TO and day_of_lunar_month(second) == a[2]
