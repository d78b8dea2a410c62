"""Times of day and the hours between them."""

from __future__ import annotations

import datetime as dt
import re

from ..cells import Value
from ..grid import shown
from ..text import squash, without_brackets
from ..vocabulary import longest_first

TIME = r"(\d{1,2})(?:[:：.点點时時](\d{1,2}|半)?分?)?"
INTERVAL = re.compile(rf"{TIME}(?:[-—–―~～〜至到]+){TIME}")
PARTED = re.compile(r"[,，、;；/+＋和及]")
DAY_BEFORE = re.compile(r"^\s*\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}(?:日\s*|[\sT]+)")
ONE = re.compile(r"(\d{1,2})[:：点點时時](\d{1,2}|半)?分?(?::\d{2})?")


def interval_hours(text: str) -> float | None:
    """9:00-11:30 → 2.5, 9点-11点半、14:00-15:00 → 3.5; None for text that is no interval of a day."""
    total = 0.0
    for part in PARTED.split(_without_words(text)):
        match = INTERVAL.fullmatch(part)
        if match is None:
            return None
        start, end = _minutes(match[1], match[2]), _minutes(match[3], match[4])
        if end <= start or end > 24 * 60:
            return None
        total += (end - start) / 60
    return total


def interval_ends(text: str) -> tuple[str, str] | None:
    """9:00-11:30 → 09:00 and 11:30, also after a day; None for anything but one interval."""
    match = INTERVAL.fullmatch(_without_words(squash(without_brackets(DAY_BEFORE.sub("", text)))))
    if match is None or not (match[2] or match[4] or any(c in text for c in "点點时時")):
        return None
    return _clock(_minutes(match[1], match[2])), _clock(_minutes(match[3], match[4]))


def parse_clock(value: Value | None) -> str | None:
    """A time of day as HH:MM: 9:00, 9点半, 下午2:00, 2024-03-05 09:00 or the cell of a time."""
    if isinstance(value, dt.datetime | dt.time):
        return f"{value.hour:02d}:{value.minute:02d}"
    if isinstance(value, float) and 0 < value < 1:
        return _clock(round(value * 24 * 60))
    text = squash(DAY_BEFORE.sub("", shown(value)))
    match = ONE.fullmatch(_without_words(text))
    if match is None:
        return None
    minutes = _minutes(match[1], match[2])
    if minutes < 12 * 60 and any(word in text for word in ("下午", "傍晚", "晚上", "晚间", "pm")):
        minutes += 12 * 60
    return _clock(minutes) if minutes < 24 * 60 else None


def hours_between(start: str, end: str) -> float | None:
    """Hours from one HH:MM to another of the same day."""
    minutes = _minutes(*end.split(":")) - _minutes(*start.split(":"))
    return minutes / 60 if minutes > 0 else None


def _minutes(hour: str, minute: str | None) -> int:
    return int(hour) * 60 + (30 if minute == "半" else int(minute or 0))


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _without_words(text: str) -> str:
    for word in longest_first("time_words"):
        text = text.replace(word, "")
    return text
