"""Dates of birth, which are often only a month, a year or an age."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from ..cells import CellError, Value
from ..text import squash, without_brackets
from ..vocabulary import words
from .chinese import chinese_number
from .dates import parse_date, resolved

SERIALS = (5_000, 60_000)  # 1913 to 2064
AGE = re.compile(r"(\d{1,3})(?:周岁|周歲|岁半?|歲|years?|y)")
MONTHS_OLD = re.compile(r"(\d{1,2})个?月大?")
YEAR = re.compile(r"(\d{4})(?:年生?)?|(\d{2})年生?")
YEAR_MONTH = re.compile(r"(\d{4}|\d{2}(?=年))[年.\-/](\d{1,2})月?(?:生|出生)?")
AGE_WITHIN = re.compile(r"(?<!\d)(\d{1,3})(?:周岁|岁)")
CHINESE_FIGURE = re.compile(r"[零〇○一二三四五六七八九十]+(?=周岁|岁|年|月|个月)")
LATEST = 2030
OLDEST = 120
LUNAR_YEAR = re.compile(r"(\d{4})")


@dataclass(frozen=True)
class Birth:
    """At most one of birth_date, birth_month, birth_year, age; and the kind and severity of a problem."""

    values: dict[str, Any] = field(default_factory=dict)
    problem: str | None = None
    severity: str | None = None


def parse_birth(value: Value | None, is_age_column: bool = False) -> Birth:
    """A birth date as exactly as it is written; ages are no problem in a column meant for ages."""
    if value is None:
        return Birth()
    if isinstance(value, dt.date):
        return Birth({"birth_date": dt.date(value.year, value.month, value.day).isoformat()})
    if isinstance(value, CellError | bool | dt.time | dt.timedelta):
        return Birth(problem="value_unreadable")
    if isinstance(value, int | float):
        return _from_number(float(value), is_age_column)
    return _from_text(squash(value), squash(without_brackets(value)), is_age_column)


def _from_number(number: float, is_age_column: bool) -> Birth:
    if not number.is_integer():
        return Birth({"birth_year": int(number)}, "date_partial", "info") if 1900 <= number < 2101 else UNREAD
    whole = int(number)
    if whole <= 120:
        return _age(whole, is_age_column)
    if 1900 <= whole <= 2100:
        return Birth({"birth_year": whole}, "date_partial", "info")
    if SERIALS[0] <= whole <= SERIALS[1]:
        return Birth({"birth_date": (dt.date(1899, 12, 30) + dt.timedelta(days=whole)).isoformat()})
    return _from_text(str(whole), str(whole), is_age_column)


def _from_text(noted: str, bare: str, is_age_column: bool) -> Birth:
    if not noted or noted in words("blank") or noted in words("unknown"):
        return Birth()
    if any(word in noted for word in words("lunar")):
        year = LUNAR_YEAR.search(noted)
        return Birth({"birth_year": int(year[1])} if year else {}, "date_lunar")
    written = parse_date(bare)
    day = resolved(written.start, None) if written.start and written.end is None else None
    if day is not None:
        return Birth({"birth_date": _born_before(day).isoformat()})
    return _partial(_in_digits(bare), is_age_column)


def _born_before(day: dt.date) -> dt.date:
    """81.4.8 is a day of the last century: people born after ``LATEST`` are not yet in lists."""
    return day.replace(year=day.year - 100) if day.year > LATEST else day


def _in_digits(text: str) -> str:
    """八岁 → 8岁, 二〇一五年 → 2015年."""
    return CHINESE_FIGURE.sub(lambda match: f"{chinese_number(match[0]) or 0:g}", text)


def age_in(text: str) -> list[int]:
    """The ages that a text holds, in their order: 王一（8岁）、王双（五岁） → 8, 5."""
    return [int(age) for age in AGE_WITHIN.findall(_in_digits(squash(text))) if int(age) <= OLDEST]


def _partial(bare: str, is_age_column: bool) -> Birth:
    match = AGE.fullmatch(bare) or (re.fullmatch(r"(\d{1,3})", bare))
    if match and int(match[1]) <= 120:
        return _age(int(match[1]), is_age_column)
    if MONTHS_OLD.fullmatch(bare) and "个" in bare:
        return _age(0, is_age_column)
    match = YEAR_MONTH.fullmatch(bare) or re.fullmatch(r"((?:19|20)\d{2})(\d{2})", bare)
    if match and 1 <= int(match[2]) <= 12:
        return Birth({"birth_month": f"{_year(match[1])}-{int(match[2]):02d}"}, "date_partial", "info")
    match = YEAR.fullmatch(bare)
    if match and 1900 <= _year(match[1] or match[2]) <= 2100:
        return Birth({"birth_year": _year(match[1] or match[2])}, "date_partial", "info")
    return UNREAD


def _age(years: int, is_age_column: bool) -> Birth:
    return Birth({"age": years}, None if is_age_column else "date_partial", None if is_age_column else "warning")


def _year(digits: str) -> int:
    """Two digits up to 30 mean this century: people born after that are not yet in lists."""
    if len(digits) == 4:
        return int(digits)
    return (2000 if int(digits) <= LATEST % 100 else 1900) + int(digits)


UNREAD = Birth(problem="value_unreadable")
