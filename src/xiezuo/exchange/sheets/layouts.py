"""What people said about a workbook. The reader follows it and does not guess again where something was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .text import squash

LEVELS = "›"  # between the headings of one column, from top to bottom
Path = tuple[str, ...]


def heading_key(path: Path) -> str:
    """The headings of a column for comparison: without width, case and white space."""
    return LEVELS.join(squash(part) for part in path)


@dataclass(frozen=True)
class TableLayout:
    """What was said of one table; what was not said stays as the reader finds it.

    ``header``: first and last row of the headings. ``columns``: letter → field, "" for a column that is left out.
    ``known``: the id of the remembered layout that says it; "" where someone said it of this very file.
    """

    kind: str = ""
    header: tuple[int, int] | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    year: int | None = None
    known: str = ""


@dataclass(frozen=True)
class SheetLayout:
    """``left_out``: not to be imported. ``anew``: without remembered layouts. ``tables``: by number, from 0."""

    left_out: bool = False
    anew: bool = False
    tables: Mapping[int, TableLayout] = field(default_factory=dict)


@dataclass(frozen=True)
class KnownLayout:
    """A layout that was corrected once and holds for every table with the same headings, in any order.

    ``columns``: heading key → field for each column with a heading; "" is left out, None was never understood.
    ``height``: rows of headings.
    """

    id: str
    kind: str
    columns: tuple[tuple[str, str | None], ...]
    height: int = 1

    @property
    def shape(self) -> tuple[str, ...]:
        """The headings, whatever their order."""
        return tuple(sorted(key for key, _ in self.columns))

    def placed(self, header: tuple[int, int], letters: list[tuple[str, str]]) -> TableLayout:
        """This layout on a table; ``letters``: letter and heading key of its columns, left to right."""
        left = list(self.columns)
        said: dict[str, str] = {}
        for letter, key in letters:
            found = next(pair for pair in left if pair[0] == key)
            left.remove(found)
            if found[1] is not None:
                said[letter] = found[1]
        return TableLayout(self.kind, header, said, known=self.id)


@dataclass(frozen=True)
class Layouts:
    """``sheets``: what was said of this file, by position from 0. ``known``: what was said of others before."""

    sheets: Mapping[int, SheetLayout] = field(default_factory=dict)
    known: tuple[KnownLayout, ...] = ()

    def of(self, position: int) -> SheetLayout:
        return self.sheets.get(position, SheetLayout())
