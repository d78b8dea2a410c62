"""Days in the house's zone, and dates that are known only in part."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


class Precision(models.TextChoices):
    """How much of a date is known (WHEN of the forms)."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")
    UNKNOWN = "unknown", _("unknown")


def now() -> datetime:
    """This moment; inside `at`, the moment that is being told of."""
    return _told.get() or timezone.now()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Tell of another moment: the sample organisation's story happens on its own days."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


def today() -> date:
    """Today in the house's zone."""
    return timezone.localdate(now())


def local(moment: datetime) -> datetime:
    return timezone.localtime(moment)


def age_on(born: date, day: date) -> int:
    """Completed years on `day` (TIM-5): someone born on 29 February has a birthday on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def years_before(day: date, years: int) -> date:
    """Whoever was born on this day has their birthday on `day` (29 February: on 1 March, TIM-5)."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)
