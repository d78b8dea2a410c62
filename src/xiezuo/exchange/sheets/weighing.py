"""Which of several readings of one sheet holds.

What a sheet is taken for is judged by its words before its cells are read. Where the reading that follows gives
next to nothing, another one that makes records of most cells is nearer to the truth.
"""

from __future__ import annotations

from collections.abc import Iterator

from .model import SheetReading

LITTLE = 0.25  # of the cells imported: what sheets understood rightly stay well above, forms with few answers as well
MOST = 0.5  # of the cells of an empty form understood as its labels
CLEARLY = 2  # times as many cells imported, for another reading to be believed


def best_of(readings: Iterator[SheetReading]) -> SheetReading:
    """The first reading; where it says little, the one that says most. The others are not made before that is known."""
    first = next(readings)
    if not says_little(first):
        return first
    others = [one for one in readings if _says_more(one, first)]
    return max(others, key=_imported, default=first)


def says_little(reading: SheetReading) -> bool:
    """Whether hardly a cell became part of a record, and nobody said that the sheet is to be read so."""
    if any(table.fixed for table in reading.tables) or _is_empty_form(reading):
        return False
    return _imported(reading) < LITTLE * reading.cells["total"]


def _is_empty_form(reading: SheetReading) -> bool:
    """A form that nobody has filled in has nothing to import; its labels are most of it."""
    if reading.role != "template":
        return False
    understood = sum((row, col) in reading.grid.regions for row, col, _ in reading.grid.filled())
    return understood >= MOST * reading.cells["total"]


def _says_more(reading: SheetReading, first: SheetReading) -> bool:
    imported = _imported(reading)
    enough = imported >= LITTLE * reading.cells["total"] and imported > reading.cells["reported"]
    return enough and imported >= CLEARLY * _imported(first)


def _imported(reading: SheetReading) -> int:
    return reading.cells["imported"]
