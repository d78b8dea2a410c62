"""Working days (TIM-1 to TIM-3): pure questions to the packs of kind `calendar`.

The notice of the State Council for a year comes out late in the year before. Until then nobody knows its working days:
the answer is `Unknown`, never "no holidays". A house that is quicker than we are lays a calendar pack with the new year
into its own folder; of two packs that tell of a year the house's own counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal

from django.utils.translation import gettext as _

from xiezuo.common.days import today
from xiezuo.forms.packs import Edition, editions
from xiezuo.forms.packs.finding import acts
from xiezuo.forms.packs.reading import Generation, all_ids, generation
from xiezuo.forms.vocab import PackKind

ONE = timedelta(days=1)
Years = Mapping[str, Any]


@dataclass(frozen=True)
class Unknown:
    """A day or a number that nobody can tell yet, because the working days of `year` have not been announced."""

    year: int

    def __bool__(self) -> Literal[False]:
        return False

    def __str__(self) -> str:
        words = _("The working days of %(year)s have not been announced yet: the date is to be confirmed.")
        return words % {"year": self.year}


Day = date | Unknown


def _years() -> Years:
    return _years_of(generation(), today())


@lru_cache(maxsize=8)
def _years_of(at: Generation, on: date) -> Years:
    """Year → its days off and its days of work; the latest version and those of the house last, so that they count. A
    calendar says itself of which years it tells, so that a version counts before the day from which it holds."""
    every = (one for pack_id in all_ids() for one in editions(pack_id) if one.kind == PackKind.CALENDAR)
    told = sorted((one for one in every if acts(one) and (one.valid_to or on) >= on), key=_weight)
    return {year: days for calendar in told for year, days in calendar.body["years"].items()}


def _weight(calendar: Edition) -> tuple[object, ...]:
    return calendar.own, calendar.order


def _is_worked(day: date, years: Years) -> bool | None:
    told = years.get(str(day.year))
    if told is None:
        return None
    written = day.strftime("%m-%d")
    return written in told["work"] or (day.weekday() < 5 and written not in told["off"])


def is_working_day(day: date) -> bool | None:
    """Whether people work on that day; None for a year of which nothing is announced."""
    return _is_worked(day, _years())


def _walk(day: date, n: int, step: timedelta) -> Day:
    """The working day number `n` from `day` on, which is not counted."""
    years = _years()
    while n:
        day += step
        worked = _is_worked(day, years)
        if worked is None:
            return Unknown(day.year)
        n -= worked
    return day


def add_working_days(start: date, n: int) -> Day:
    """The n-th working day after `start`, which does not count (TIM-2); `start` itself for 0."""
    return _walk(start, n, ONE)


def next_working_day(day: date) -> Day:
    """The first working day after `day`."""
    return _walk(day, 1, ONE)


def first_working_day_on_or_after(day: date) -> Day:
    return _walk(day - ONE, 1, ONE)


def last_working_day_on_or_before(day: date) -> Day:
    return _walk(day + ONE, 1, -ONE)


def working_days_between(start: date, end: date) -> int | Unknown:
    """How many working days lie after `start`, up to and with `end`: those that `add_working_days` would count."""
    years, found = _years(), 0
    for n in range((end - start).days):
        day = start + (n + 1) * ONE
        worked = _is_worked(day, years)
        if worked is None:
            return Unknown(day.year)
        found += worked
    return found
