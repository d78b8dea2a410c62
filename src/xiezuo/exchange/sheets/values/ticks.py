"""Ticks, sexes, years and the other small closed answers."""

from __future__ import annotations

import datetime as dt
import re

from ..cells import CellError, Value
from ..grid import shown
from ..text import squash, tidy, without_brackets
from ..vocabulary import words
from .options import parse_options

YEAR = re.compile(r"(?:19|20)\d{2}")
SHORT_YEAR = re.compile(r"(\d{2})年")


def parse_tick(value: Value | None) -> bool | None:
    """True, False, or None where it is neither (a third word)."""
    if value is None:
        return False
    if isinstance(value, bool):
        return value
    mark = squash(shown(value))
    if mark in words("yes"):
        return True
    return False if mark in words("no") or not mark else None


def parse_sex(value: Value | None, coded: bool = False) -> str | None:
    """男, 女 or None; ``coded`` where the column holds 1 for men and 2 for women."""
    options = parse_options(shown(value)) if isinstance(value, str) else None
    if options is not None:
        return parse_sex(options.ticked[0]) if len(options.ticked) == 1 else None
    mark = squash(without_brackets(shown(value)))
    if coded and mark in ("1", "2"):
        return "男" if mark == "1" else "女"
    if mark in words("male"):
        return "男"
    return "女" if mark in words("female") else None


def parse_ethnic(value: Value | None) -> str | None:
    """汉 → 汉族."""
    text = tidy(shown(value))
    if not text or squash(text) in words("blank") or squash(text) in words("unknown"):
        return None
    return text if text.endswith("族") else f"{text}族"


def parse_year(value: Value | None) -> int | None:
    """2018, 2018年, 18年 or a date → 2018."""
    if isinstance(value, dt.date):
        return value.year
    if isinstance(value, CellError):
        return None
    text = squash(shown(value))
    match = YEAR.search(text)
    if match:
        return int(match[0])
    short = SHORT_YEAR.match(text) or re.fullmatch(r"(\d{2})", text)
    return (2000 if int(short[1]) <= 50 else 1900) + int(short[1]) if short else None


def parse_text(value: Value | None) -> str | None:
    """Text as written, without white space at its ends; marks for nothing are nothing."""
    text = tidy(shown(value))
    return None if not text or squash(text) in words("blank") else text
