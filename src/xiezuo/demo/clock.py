"""The clock of the story: things are written down in the evening of their day."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

DAY = timedelta(days=1)


def evening(day: date) -> datetime:
    return datetime.combine(day, time(17, 30), ZoneInfo(settings.TIME_ZONE))
