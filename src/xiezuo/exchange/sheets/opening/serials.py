"""Days as spreadsheets count them."""

from __future__ import annotations

import datetime as dt

from ..cells import Value

EPOCH_1900 = dt.datetime(1899, 12, 30)  # 1900 is wrongly a leap year there; right from 1 March 1900 on
EPOCH_1904 = dt.datetime(1904, 1, 1)
LAST_SERIAL = 2_958_465.99999  # 31 December 9999


def from_serial(number: float, epoch_1904: bool = False) -> Value:
    """The date, date with time, or time of day that a number shown as a date means; else the number."""
    if not 0 <= number <= LAST_SERIAL - (1462 if epoch_1904 else 0):
        return number
    moment = (EPOCH_1904 if epoch_1904 else EPOCH_1900) + dt.timedelta(days=number)
    moment = (moment + dt.timedelta(milliseconds=500)).replace(microsecond=0)
    if number < 1:
        return moment.time()
    return moment.date() if (moment.hour, moment.minute, moment.second) == (0, 0, 0) else moment


def from_iso(written: str) -> Value:
    """A date written as ISO 8601 in the file; text that is none stays text."""
    try:
        moment = dt.datetime.fromisoformat(written.replace("Z", ""))
    except ValueError:
        return written
    return moment.date() if moment.time() == dt.time(0) else moment
