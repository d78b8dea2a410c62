"""Cells of an hours grid: 2, 2h, 9:00-11:30, 1+1, 半天, √, 请假."""

from __future__ import annotations

from typing import NamedTuple

from ..cells import Value
from ..grid import shown
from ..text import in_brackets, squash, without_brackets
from ..vocabulary import words
from .numbers import parse_number

MOST_HOURS = 24  # of one day
MOST_BELIEVED = 100  # beyond this it is a telephone or a sum of money


class Hours(NamedTuple):
    """``came``: somebody served, even where no number says how long; ``note``: what stood in brackets."""

    value: int | float | None = None
    problem: str | None = None
    came: bool = False
    note: str | None = None


NOBODY = Hours()


def parse_hours(value: Value | None) -> Hours:
    """The hours of one person on one day. Only minutes turned into hours are worth a note, not text as such."""
    if value is None:
        return NOBODY
    number = parse_number(value, "hours", text_is_normal=True)
    note = _note(value)
    if number.value is None and note and parse_number(note, "hours", True).value is not None:
        number, note = parse_number(note, "hours", text_is_normal=True), None
    if number.value is not None:
        problem = number.problem or ("number_as_text" if number.minutes else None)
        return Hours(number.value, "hours_excessive" if number.value > MOST_HOURS else problem, True, note)
    if number.problem is None:
        return NOBODY
    return _without_number(value, number.problem, note)


def _without_number(value: Value, problem: str, note: str | None) -> Hours:
    if isinstance(value, bool):
        return Hours(None, "hours_missing", True) if value else NOBODY
    bare = squash(without_brackets(shown(value))) or squash(shown(value))
    if bare in words("unclear_hours"):
        return Hours(None, "hours_unclear", True, note)
    if bare in words("yes"):
        return Hours(None, "hours_missing", True, note)
    return Hours(None, None if bare in words("did_not_come") else problem)


def _note(value: Value) -> str | None:
    notes = in_brackets(value) if isinstance(value, str) else []
    return "；".join(note for note in notes if note) or None


def looks_like_hours(value: Value) -> bool:
    """Whether a cell could stand in an hours grid."""
    hours = parse_hours(value)
    if hours.value is not None and hours.value > MOST_BELIEVED:
        return False
    return hours.came or hours.problem in (None, "formula_error")
