"""Days as people write them: 2023.1.5, 1月5日, 1.5, 2023.1.17—2.5, 44944, 6月底.

A date is read in two steps: what is written (``parse_date``), then which year it means (``resolved``).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ..cells import CellError, Value
from ..text import half, squash, without_brackets
from ..vocabulary import longest_first, table, words
from .chinese import chinese_number

SERIAL_RANGE = (20_000, 80_000)  # 1954 to 2119; a bare number outside is not a day of somebody's work
CLOCK = r"(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?|\d{1,2}[点點时時](?:\d{1,2}分?|半)?)"
CLOCKS = re.compile(rf"{CLOCK}(?:\s*[-—–~～至到]+\s*{CLOCK})?")
CHINESE_PART = re.compile(r"([零〇○一二三四五六七八九十廿卅]+)(?=[年月日号號])")
YMD = re.compile(r"(\d{4}|\d{2}(?=年))[年.\-/、]+(\d{1,2})[月.\-/、]+(\d{1,2})[日号號]?")
YMD_SHORT = re.compile(r"(\d{2})[./\-](\d{1,2})[./\-](\d{1,2})")
MD = re.compile(r"(\d{1,2})[月.\-/]+(\d{1,2})[日号號]?")
AND_NEXT = re.compile(r"(.*\d[日号號]?)[/、和及](\d{1,2}[日号號]?)")
DAY = re.compile(r"(\d{1,2})[日号號]?")
YM = re.compile(r"(\d{4}|\d{2}(?=年))[年.\-/](\d{1,2})月?")
M = re.compile(r"(\d{1,2})月")
SPACED = re.compile(r"^\s*(\d{4})\s+(\d{1,2})\s+(\d{1,2})\s*$")
ISO_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}.*$")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
ENGLISH_MONTH = r"(?P<month>[A-Za-z]{3})[a-z]{0,6}\.?"
DAY_MONTH = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s\-/.]*{ENGLISH_MONTH}(?:[\s\-/.,']*(?P<year>\d{{4}}|\d{{2}})\b)?"
)
MONTH_DAY = re.compile(
    rf"\b{ENGLISH_MONTH}[\s\-/.]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:[\s\-/.,']+(?P<year>\d{{4}}|\d{{2}})\b)?"
)


@dataclass(frozen=True)
class Day:
    """A day whose year may not be written."""

    year: int | None
    month: int
    day: int


@dataclass(frozen=True)
class Written:
    """What a date cell says. ``problem`` is a kind of problem; ``candidates`` are its possible readings."""

    start: Day | None = None
    end: Day | None = None
    problem: str | None = None
    candidates: tuple[Day, ...] = ()
    month: int | None = None

    @property
    def year(self) -> int | None:
        """The year, where it is written."""
        return self.start.year if self.start else None


BLANK = Written()


def parse_date(value: Value | None) -> Written:
    """What is written, without guessing the year."""
    if value is None:
        return BLANK
    if isinstance(value, dt.date):
        return Written(Day(value.year, value.month, value.day))
    if isinstance(value, bool | dt.time | dt.timedelta):
        return Written(problem="value_unreadable")
    if isinstance(value, CellError):
        return Written(problem="formula_error")
    if isinstance(value, int | float):
        return _from_number(float(value))
    return _from_text(value)


def _from_number(number: float) -> Written:
    if number.is_integer():
        whole = int(number)
        if SERIAL_RANGE[0] <= whole <= SERIAL_RANGE[1]:
            moment = dt.date(1899, 12, 30) + dt.timedelta(days=whole)
            return Written(Day(moment.year, moment.month, moment.day))
        compact = COMPACT.fullmatch(str(whole))
        if compact:
            return _checked(Day(int(compact[1]), int(compact[2]), int(compact[3])))
        if 1 <= whole <= 12:
            return Written(problem="date_vague", month=whole)
        return Written(problem="value_unreadable")
    month, _, digits = repr(number).partition(".")
    if SERIAL_RANGE[0] <= number <= SERIAL_RANGE[1]:
        return _from_number(float(int(number)))
    if not (number > 1 and len(digits) <= 2):
        return Written(problem="value_unreadable")
    first = Day(None, int(month), int(digits))
    if digits not in ("1", "2", "3"):
        return _checked(first)
    # A number keeps no final zero: 1.2 is 2 January or 20 January.
    readings = [d for d in (first, Day(None, int(month), int(digits) * 10)) if exists(d)]
    if len(readings) == 2:
        return Written(problem="date_ambiguous", candidates=tuple(readings), month=int(month))
    return Written(readings[0]) if readings else Written(problem="date_impossible")


def exists(day: Day) -> bool:
    """Whether a calendar has this day; 29 February is granted where no year is written."""
    try:
        dt.date(day.year or 2024, day.month, day.day)
    except ValueError:
        return False
    return day.year is None or 1900 <= day.year <= 2100


def _checked(start: Day, end: Day | None = None) -> Written:
    if not exists(start) or (end is not None and not exists(end)):
        return Written(problem="date_impossible")
    return Written(start, end)


@lru_cache(maxsize=16_384)
def _from_text(text: str) -> Written:
    bare = _bare(text)
    if not bare or bare in words("blank") or bare in words("unknown"):
        return BLANK
    parts = _split_range(bare)
    start = _day(parts[0])
    if start is None:
        return _several(bare) or _not_a_day(bare)
    if len(parts) == 1:
        return _checked(start)
    return _checked(start, _day_after(parts[1], start))


def _bare(text: str) -> str:
    """Without brackets, times of day, weekdays; Chinese figures and English months as digits."""
    text = _english(CLOCKS.sub(" ", ISO_TIME.sub(r"\1 ", half(text))))
    text = SPACED.sub(r"\1.\2.\3", text)
    bare = squash(without_brackets(text)) or squash(text)
    bare = CHINESE_PART.sub(_digits, bare)
    bare = _beside_the_date().sub("", bare)
    return half(bare).strip("，,。.;；:：'\"起止-")


def _english(text: str) -> str:
    """11-Jul-24, 23 July, Jan 9, 2024 → 2024-7-11, 7-23, 2024-1-9."""
    match = DAY_MONTH.search(text) or MONTH_DAY.search(text)
    month = table("words")["months"].get(match["month"].lower()) if match else None
    if match is None or month is None:
        return text
    year = match["year"]
    day = f"{month}-{match['day']}"
    full = f"{year if len(year) == 4 else f'20{year}'}-{day}" if year else day
    return text[: match.start()] + full + text[match.end() :]


def _several(bare: str) -> Written | None:
    """5.20、5.21: the first of several days is the date; the others are left to a person."""
    days = [_day(part) for part in re.split(r"[、，,;；和及]", bare)]
    return Written(days[0], problem="value_unreadable") if len(days) > 1 and days[0] and exists(days[0]) else None


@cache
def _beside_the_date() -> re.Pattern[str]:
    """Weekdays and times of day."""
    weekdays = "|".join(longest_first("weekday_prefixes"))
    return re.compile(rf"(?:{weekdays})[一二三四五六日天1-7]|{'|'.join(longest_first('time_words'))}")


def _digits(match: re.Match[str]) -> str:
    number = chinese_number(match[1])
    return match[0] if number is None else str(int(number))


def _split_range(bare: str) -> list[str]:
    """The two ends of a period. A hyphen only parts where both sides still read as days."""
    for sign in longest_first("range_signs"):
        if sign == "-":
            continue
        head, found, tail = bare.partition(sign)
        if found and head and tail:
            return [head, tail.lstrip("".join(words("range_signs")))]
    if bare.count("-") in (1, 3, 4, 5) and not re.fullmatch(r"\d{1,2}-\d{1,2}", bare):
        for at in (i for i, c in enumerate(bare) if c == "-"):
            head, tail = bare[:at], bare[at + 1 :]
            start = _day(head)
            if start is not None and _day_after(tail, start) is not None:
                return [head, tail]
    return _next_day(bare) or [bare]


def _next_day(bare: str) -> list[str] | None:
    """2024-05-30/31, 5.20、21: a day and the one after it are a period of two days."""
    match = AND_NEXT.fullmatch(bare)
    start = _day(match[1]) if match and _day(bare) is None else None
    return [match[1], match[2]] if match and start and int(match[2].rstrip("日号號")) == start.day + 1 else None


def _day(text: str) -> Day | None:
    """One day, with or without its year."""
    text = text.strip(".、，,-/")
    match = YMD.fullmatch(text)
    if match:
        return Day(_full_year(match[1]), int(match[2]), int(match[3]))
    match = COMPACT.fullmatch(text)
    if match and 1900 <= int(match[1]) <= 2100:
        return Day(int(match[1]), int(match[2]), int(match[3]))
    match = YMD_SHORT.fullmatch(text)
    if match:
        return Day(_full_year(match[1]), int(match[2]), int(match[3]))
    match = MD.fullmatch(text)
    return Day(None, int(match[1]), int(match[2])) if match else None


def _day_after(text: str, start: Day) -> Day | None:
    """The end of a period, which may leave out what it shares with the start."""
    end = _day(text)
    if end is None:
        match = DAY.fullmatch(text.strip(".、，,-/"))
        return Day(start.year, start.month, int(match[1])) if match else None
    if end.year is None and start.year is not None:
        earlier = (end.month, end.day) < (start.month, start.day)
        return Day(start.year + 1 if earlier else start.year, end.month, end.day)
    return end


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _not_a_day(bare: str) -> Written:
    match = YM.match(bare) or M.match(bare)
    month = int(match[match.lastindex or 1]) if match else None
    if month is not None and not 1 <= month <= 12:
        return Written(problem="date_impossible")
    if month is not None or any(word in bare for word in words("vague_days")):
        return Written(problem="date_vague", month=month)
    return Written(problem="value_unreadable")


def resolved(day: Day, year: int | None) -> dt.date | None:
    """The day in the written year, else in ``year``; None without any, or on a 29 February that is none."""
    chosen = day.year or year
    if chosen is None:
        return None
    try:
        return dt.date(chosen, day.month, day.day)
    except ValueError:
        return None


def resolved_end(end: Day, start: dt.date) -> dt.date | None:
    """The end of a period; one that lies before its start belongs to the next year."""
    day = resolved(end, start.year)
    if day is not None and end.year is None and day < start:
        return resolved(end, start.year + 1)
    return day
