"""Telephone numbers: digits only, without the country code and notes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..cells import Value
from ..text import squash, without_brackets
from ..vocabulary import words
from .identity import SCIENTIFIC

LENGTH = 11
SEVERAL = re.compile(r"[/、，,;；\n|]+")


@dataclass(frozen=True)
class Phone:
    """``value`` as it is kept, ``problem`` a kind of problem or None, ``rest``: more numbers stood there."""

    value: str | None = None
    problem: str | None = None
    rest: bool = False


def parse_phone(value: Value | None) -> Phone:
    """The (first) number of a cell; words instead of a number are an absent one."""
    if value is None or isinstance(value, bool):
        return Phone()
    if isinstance(value, int | float):
        digits = f"{value:.0f}"
        return _judged(digits) if len(digits) > 1 else Phone()
    if not isinstance(value, str):
        return Phone(problem="value_unreadable")
    if squash(value) in words("ditto"):
        return Phone(problem="ditto_mark")
    found = [one for part in SEVERAL.split(value) if (one := parse_phone_text(part)) != Phone()]
    if not found:
        return Phone()
    return Phone(found[0].value, found[0].problem, len(found) > 1)


def parse_phone_text(text: str) -> Phone:
    """One number in text."""
    bare = squash(without_brackets(text))
    for label in ("tel", "电话", "手机", ":", "："):
        bare = bare.replace(label, "")
    bare = bare.strip("'`\"‘’“”.。")
    if not bare or bare in words("blank") or bare in words("unknown"):
        return Phone()
    if SCIENTIFIC.fullmatch(bare):
        return Phone(problem="phone_precision_lost")
    bare = re.sub(r"\.0+$", "", bare)
    bare = re.sub(r"^(?:\+|00)86[-—]?", "", bare)
    if "*" in bare and any(c.isdigit() for c in bare):
        return Phone(problem="phone_masked")
    digits = "".join(c for c in bare if c.isdigit())
    if len(digits) == LENGTH + 2 and digits.startswith("861"):
        digits = digits[2:]
    return _judged(digits) if digits else Phone()


def _judged(digits: str) -> Phone:
    return Phone(digits, None if len(digits) == LENGTH else "phone_length")
