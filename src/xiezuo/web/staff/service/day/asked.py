"""Days in an address: /service/day/2026-03-02/."""

from datetime import date, timedelta

from django.http import Http404

from xiezuo.common.days import today

FIRST = date(1900, 1, 1)
ONE_DAY = timedelta(days=1)


class DayInAddress:
    """A path converter; what is no day of the calendar is no address."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else value.isoformat()


def must_have_begun(day: date) -> date:
    """Raises Http404 for a day that is still to come, or lies before any work."""
    if not FIRST <= day <= today():
        raise Http404
    return day


def neighbours(day: date) -> tuple[date, date | None]:
    """The day before, and the day after if it has begun."""
    return day - ONE_DAY, day + ONE_DAY if day < today() else None
