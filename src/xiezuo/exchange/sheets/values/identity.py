"""Resident identity numbers as sheets hold them. The rule of the check digit is that of `people.identity`.

Digits 7-14 are the birth date, the 17th is odd for men.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from xiezuo.people.identity import check_character

from ..cells import Value
from ..text import half, squash, without_brackets
from ..vocabulary import longest_first, words

SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE][+]?\d+")
LOOKS_LIKE_X = re.compile(r"(?<=^\d{17})[×✕Х]$")
SPREADSHEET_DIGITS = 15  # a spreadsheet number keeps 15 digits and fills up with zeros


@dataclass(frozen=True)
class IdNumber:
    """``value`` as it is kept; ``problem`` a kind of problem or None. A damaged number has no value."""

    value: str | None = None
    problem: str | None = None
    first15: str | None = None


def parse_id(value: Value | None) -> IdNumber:
    """An identity number as written in a cell of its own."""
    if isinstance(value, bool) or value is None:
        return IdNumber()
    if isinstance(value, int | float):
        digits = f"{value:.0f}"
        if len(digits) > SPREADSHEET_DIGITS:
            return IdNumber(None, "id_precision_lost", digits[:SPREADSHEET_DIGITS])
        return _judged(digits) if len(digits) > 1 else IdNumber()
    if not isinstance(value, str):
        return IdNumber(problem="value_unreadable")
    return parse_id_text(value)


def parse_id_text(text: str) -> IdNumber:
    """An identity number in text; words instead of a number are an absent one."""
    bare = squash(without_brackets(text)).strip("'`\"‘’“”.,，。;；:：").replace("-", "").replace(" ", "").upper()
    if not bare or bare.lower() in words("blank") or bare.lower() in words("unknown"):
        return IdNumber()
    for label in longest_first("number_labels"):
        bare = bare.removeprefix(label.upper()).lstrip(":")
    bare = LOOKS_LIKE_X.sub("X", bare)
    if bare.endswith(".0"):
        bare = bare[:-2]
    if SCIENTIFIC.fullmatch(bare):
        return IdNumber(None, "id_precision_lost")
    if not any(c.isdigit() for c in bare):
        return IdNumber()
    # A text table written by a spreadsheet shows the lost digits as zeros.
    if len(bare) == 18 and bare.endswith("000") and not checks(bare):
        return IdNumber(None, "id_precision_lost", bare[:SPREADSHEET_DIGITS])
    return _judged(bare)


def _judged(number: str) -> IdNumber:
    if len(number) != 18:
        return IdNumber(number, "id_length")
    return IdNumber(number, None if checks(number) else "id_checksum")


@lru_cache(maxsize=65_536)
def checks(number: str) -> bool:
    """Whether the 18th character is the check digit of the 17 before."""
    body = half(number[:17])
    if len(number) != 18 or not body.isdigit() or not body.isascii():
        return False
    return check_character(body) == number[17].upper()


def birth_of(number: str) -> str:
    """The birth date inside a valid number, ISO."""
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}"


def sex_of(number: str) -> str:
    """男 or 女 by the 17th digit of a valid number."""
    return "男" if int(number[16]) % 2 else "女"
