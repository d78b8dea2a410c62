"""Periods as a key to count by."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, Value, When


@dataclass(frozen=True)
class Period:
    """The number of the last of `starts` not after a day; None for a day before them all, or for none."""

    starts: tuple[date, ...]

    def __call__(self, path: str) -> Case:
        """For the database: `path` leads to the day.

        Comparing with fixed days is many times faster on SQLite than taking year and month out of each date.
        """
        cases = [When(**{f"{path}__gte": start}, then=Value(n)) for n, start in enumerate(self.starts)]
        return Case(*reversed(cases), output_field=IntegerField())

    def of(self, day: date | None) -> int | None:
        place = bisect_right(self.starts, day) if day else 0
        return place - 1 if place else None


def in_periods(starts: Sequence[date]) -> Period:
    """A key by which records fall into the periods that begin with `starts`, given in order."""
    return Period(tuple(starts))
