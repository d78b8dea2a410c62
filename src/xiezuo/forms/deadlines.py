"""Until when something is due, counted from a day or a moment: pure arithmetic over what packs of rules tell (shipped:
due-default; one of the place or of the house comes before it)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import get_language

from xiezuo.forms.calendar import (
    Day,
    Unknown,
    add_working_days,
    first_working_day_on_or_after,
    last_working_day_on_or_before,
)
from xiezuo.forms.packs.finding import item
from xiezuo.forms.vocab import PackKind


class Unit(StrEnum):
    HOUR = "h"
    DAY = "d"
    WORKING_DAY = "wd"
    MONTH = "month"
    YEAR = "year"


class Roll(StrEnum):
    """What becomes of a day on which nobody works: nothing; the last working day before; the next one; or the day stays
    and the next working day is told beside it, where the law can be read both ways (LAB-1)."""

    NONE = "none"
    BACK = "back"
    ON = "on"
    TOLD_BESIDE = "told_beside"


@dataclass(frozen=True)
class Span:
    """So many units, and what becomes of a last day on which nobody works."""

    add: int
    unit: Unit
    roll: Roll = Roll.NONE

    @classmethod
    def of(cls, told: dict[str, Any]) -> "Span":
        return cls(int(told["add"]), Unit(told["unit"]), Roll(told.get("roll", Roll.NONE)))


@dataclass(frozen=True)
class Deadline:
    """A rule of the pack: what it is about, from when it counts, its span, where that stands and how sure it is."""

    code: str
    label: str
    counts_from: str
    span: Span
    source: str
    mark: str


def in_language(told: dict[str, Any]) -> str:
    return str(told["en" if (get_language() or "").startswith("en") else "zh"])


def _told(part: str, code: str) -> dict[str, Any]:
    """Raises KeyError when no pack in use has such a rule."""
    return item(PackKind.RULES, part, code).value


def deadline(code: str) -> Deadline:
    """A rule that counts from a day or moment. Raises KeyError when no pack in use has it."""
    told = _told("due", code)
    return Deadline(code, in_language(told), in_language(told["from"]), Span.of(told), told["source"], told["mark"])


def months_later(day: date, months: int) -> date:
    """The same day of the month; where that month is shorter, its last day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    end = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)
    return date(year, month + 1, min(day.day, end.day))


def _rolled(day: date, roll: Roll) -> Day:
    if roll == Roll.BACK:
        return last_working_day_on_or_before(day)
    return first_working_day_on_or_after(day) if roll == Roll.ON else day


def after(start: date, span: Span) -> Day:
    """The last day of a span that begins with `start`, which does not count. Hours count in whole days here."""
    if span.unit == Unit.WORKING_DAY:
        return add_working_days(start, span.add)
    if span.unit in {Unit.MONTH, Unit.YEAR}:
        return _rolled(months_later(start, span.add * (12 if span.unit == Unit.YEAR else 1)), span.roll)
    days = span.add if span.unit == Unit.DAY else -(-span.add // 24)
    return _rolled(start + timedelta(days=days), span.roll)


def due(code: str, start: date) -> Day:
    """Until which day something is due that began on `start`."""
    return after(start, deadline(code).span)


def may_run_to(code: str, start: date) -> Day:
    """As `due`, read so that a last day on which nobody works runs on to the next working day."""
    day = due(code, start)
    return day if isinstance(day, Unknown) else first_working_day_on_or_after(day)


def due_at(code: str, moment: datetime) -> datetime:
    """Until which moment something is due, of a rule that counts in hours."""
    return moment + timedelta(hours=deadline(code).span.add)


def is_late(code: str, moment: datetime, done_at: datetime) -> bool:
    return done_at > due_at(code, moment)


def service_day(start: datetime, *, at_night: bool = False) -> date:
    """The day for which a service counts that began at `start` (the house's time), also of a team that works at night."""
    before = at_night and start.hour < int(_told("service_day", "TIM-4")["until_hour"])
    return start.date() - timedelta(days=before)


def yearly(code: str, year: int) -> Day:
    """The day of a year by which something is due every year (ORG-1)."""
    told = _told("yearly", code)
    return _rolled(date(year, told["month"], told["day"]), Roll(told["roll"]))


def series(code: str, start: date, end: date) -> Iterator[Day]:
    """Every so often while something runs, and once more after its end (ORG-9)."""
    told = _told("series", code)
    every, last = Span.of(told["every"]), Span.of(told["last"])
    long_enough = after(start, Span.of(told["if_longer"])) if "if_longer" in told else start
    n = 1
    while isinstance(long_enough, date) and long_enough <= end:
        day = after(start, Span(every.add * n, every.unit, every.roll))
        if not isinstance(day, date) or day > end:
            break
        yield day
        n += 1
    yield after(end, last)


def is_close(code: str, limit: date, on: date) -> bool:
    """Whether fewer days than the rule names are left until `limit` (LAB-5)."""
    return (limit - on).days < int(_told("close", code)["days"])
