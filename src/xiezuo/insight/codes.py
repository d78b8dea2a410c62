"""Short codes for numbers that left the house: T-7K3F9Q, read from paper and typed into the search box.

The code is the number of the released row in 31 signs that are not taken for one another, and a sign that shows a
slip: one wrong sign, or two neighbours swapped, never gives another valid code (weights modulo a prime).
"""

import re

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0 O, 1 I L
BEGINS = "T-"
SHORTEST = 5
# Without the stroke it needs a digit, so that a name in pinyin is none.
WRITTEN = re.compile(
    rf"\s*T(?:\s*[-‐–—－]\s*|(?=[A-Z]*\d))([{SIGNS}]{{{SHORTEST + 1},12}})\s*", re.IGNORECASE | re.ASCII
)


class MistypedCode(ValueError):
    """It looks like a code and is none: a sign was mistyped or two were swapped."""


def code_of(number: int) -> str:
    """The code of the released row with this number (from 0)."""
    signs = ""
    while number or len(signs) < SHORTEST:
        number, sign = divmod(number, len(SIGNS))
        signs = SIGNS[sign] + signs
    return BEGINS + signs + _check(signs)


def _check(signs: str) -> str:
    """Each place has a weight of its own, so that swapped neighbours show."""
    return SIGNS[sum((place + 2) * SIGNS.index(sign) for place, sign in enumerate(signs)) % len(SIGNS)]


def looks_like_code(text: str) -> bool:
    return WRITTEN.fullmatch(text) is not None


def number_of(text: str) -> int:
    """The number of the released row that a typed code means. Raises MistypedCode."""
    found = WRITTEN.fullmatch(text)
    signs = found.group(1).upper() if found else ""
    if not signs or _check(signs[:-1]) != signs[-1]:
        raise MistypedCode(text)
    number = 0
    for sign in signs[:-1]:
        number = number * len(SIGNS) + SIGNS.index(sign)
    return number
