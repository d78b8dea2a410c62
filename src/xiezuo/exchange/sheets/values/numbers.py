"""Counts, hours and money as people write them."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from ..cells import CellError, Value
from ..text import half, squash, without_brackets
from ..vocabulary import longest_first, words
from .chinese import chinese_number
from .clock import interval_hours

PLAIN = re.compile(r"[-−]?\d+(?:\.\d+)?")
GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
EXPRESSION = re.compile(r"=?\d+(?:\.\d+)?(?:[*×xX＊✕+＋]\d+(?:\.\d+)?)+")
HOURS_MINUTES = re.compile(r"(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?")
AND_A_HALF = re.compile(r"(.+?)(?:个半(小时|钟头)|(?:个)?(小时|钟头)半)")  # 两个半小时, 2小时半
MANY = re.compile(r"(\d+(?:\.\d+)?)([万千])")
POWERS = {"千": 1_000, "万": 10_000}
WITH_UNIT = re.compile(r"(约?[\d.,]+|[一二两三四五六七八九十百]{1,4})([^\d\s.,。，+*×xX/-]{1,3}|[a-z]{2,12})")


class Number(NamedTuple):
    """``value`` is None when absent or unreadable; ``problem`` is a kind of problem, or None."""

    value: int | float | None = None
    problem: str | None = None
    minutes: bool = False


ABSENT = Number()
UNREADABLE = Number(problem="value_unreadable")


def whole(number: float) -> int | float:
    """3.0 → 3; hours and money keep at most four decimals."""
    return int(number) if number.is_integer() else round(number, 4)


def parse_number(value: Value | None, unit: str = "people", text_is_normal: bool = False) -> Number:
    """A figure in a column of people, hours, money or goods.

    ``unit`` is people, hours, money or goods. With ``text_is_normal`` (files in which every cell is text, money) a
    number kept as text is no problem.
    """
    if value is None:
        return ABSENT
    if isinstance(value, float):
        return Number(whole(value))
    if isinstance(value, CellError):
        return Number(problem="formula_error")
    if isinstance(value, bool | dt.date):
        return UNREADABLE
    if isinstance(value, int):
        return Number(value)
    if isinstance(value, dt.time):
        return Number(whole(value.hour + value.minute / 60)) if unit == "hours" else UNREADABLE
    if isinstance(value, dt.timedelta):
        return Number(whole(value.total_seconds() / 3600)) if unit == "hours" else UNREADABLE
    return _parse_text(value, unit, text_is_normal)


def parse_amount(value: Value | None) -> tuple[Number, str | None]:
    """A quantity of goods and the unit written behind it: 2袋 → 2, 袋."""
    number = parse_number(value, "goods", text_is_normal=True)
    match = WITH_UNIT.fullmatch(squash(value)) if isinstance(value, str) else None
    if match is None or number.problem in ("expression_in_cell", "formula_error"):
        return number, None
    own = parse_number(match[1], "goods", text_is_normal=True)
    return (own, match[2]) if own.value is not None else (number, None)


def _parse_text(text: str, unit: str, text_is_normal: bool) -> Number:
    squashed = squash(text)
    if squashed in words("error_values"):
        return Number(problem="formula_error")
    if squashed in words("blank") or squashed in words("unknown") or not squashed:
        return ABSENT
    bare = squash(without_brackets(text)) or squashed
    if EXPRESSION.fullmatch(_without_units(bare, unit)):
        return Number(_evaluated(_without_units(bare, unit)), "expression_in_cell")
    amount, minutes = _amount(bare, unit)
    if amount is not None:
        return Number(amount, None if text_is_normal else "number_as_text", minutes)
    amount, minutes = _amount(_without_about(bare), unit)
    return UNREADABLE if amount is None else Number(amount, "number_approximate", minutes)


def _amount(bare: str, unit: str) -> tuple[int | float | None, bool]:
    """The figure without its unit, and whether minutes had to be turned into hours."""
    if unit == "hours":
        between = interval_hours(bare)
        if between is not None:
            return whole(between), False
        if half_more := AND_A_HALF.fullmatch(bare):
            hours, _ = _amount(half_more[1] + (half_more[2] or half_more[3]), unit)
            return (None if hours is None else whole(hours + 0.5)), False
        coded = bare
        for word in longest_first("units_minutes"):
            coded = coded.replace(word, "M") if word != "m" else coded
        for word in longest_first("units_hours"):
            coded = coded.replace(word, "H")
        match = HOURS_MINUTES.fullmatch(coded.replace("个", ""))
        if match and match[0] and (match[1] or match[2]):
            return whole(float(match[1] or 0) + float(match[2] or 0) / 60), match[2] is not None
    bare = GROUPED.sub("", _without_units(bare, unit))
    if unit == "money" and (times := MANY.fullmatch(bare)):
        return whole(float(times[1]) * POWERS[times[2]]), False
    if PLAIN.fullmatch(bare):
        return whole(float(bare.replace("−", "-"))), False
    spelled = chinese_number(bare)
    return (None, False) if spelled is None else (whole(spelled), False)


def _without_units(bare: str, unit: str) -> str:
    for word in longest_first(f"units_{unit}"):
        bare = bare.removesuffix(word).removeprefix(word if unit == "money" else "\0")
    for lead in ("共计", "共", "合计", "计"):
        bare = bare.removeprefix(lead)
    return bare


def _without_about(bare: str) -> str:
    for word in longest_first("about"):
        bare = bare.replace(word, "")
    return bare


def _evaluated(expression: str) -> int | float:
    """A sum of products, the only arithmetic that people type into cells."""
    total = 0.0
    for product in re.split(r"[+＋]", half(expression).lstrip("=")):
        result = 1.0
        for factor in re.split(r"[*×xX＊✕]", product):
            result *= float(factor)
        total += result
    return whole(total)
