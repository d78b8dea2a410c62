"""Names of cells and columns, and what a cell can hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class CellError:
    """An error value such as #REF!, kept apart from text that happens to look like one."""

    code: str


Value = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | CellError


@cache
def column_letter(col: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def cell_name(row: int, col: int) -> str:
    """(12, 3) → C12."""
    return f"{column_letter(col)}{row}"
