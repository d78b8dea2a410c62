"""What a reading of a workbook is made of: plain data, no behaviour."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .grid import Grid


@dataclass(slots=True)
class Record:
    """One thing the sheet says. ``cells``: the source cell of each value; ``rows``: first and last row.

    ``part_of``: the ``key`` of the record of the same sheet that it belongs to: a name in a sign-in list to its
    activity, a family member to the case, an hour in a grid to the volunteer whose row or column it stands in.
    """

    type: str
    sheet: str
    row: int
    values: dict[str, Any]
    cell: str | None = None
    role: str | None = None
    household: str | None = None
    rows: list[int] | None = None
    cells: dict[str, str] = field(default_factory=dict)
    volunteer_row: int | None = None
    volunteer_cell: str | None = None
    part_of: str | None = None

    @property
    def key(self) -> str:
        """By what other records of the sheet point at this one: its cell, else its row."""
        return self.cell or str(self.row)


@dataclass
class Problem:
    """Something a person should look at; ``kind`` is a key of ``PROBLEM_KINDS``."""

    sheet: str
    cell: str
    kind: str
    severity: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass
class TableReading:
    """How one table of a sheet was understood. ``cols``: first and last letter; ``known``: id of a remembered layout.

    ``said``: letters whose field people said. ``fixed``: whether anything at all was said of this table. ``across``:
    letters of the columns of a grid, whose headings are days or people and no fields. ``doubted``: letters of columns
    for whose field only the cells speak; nobody has said it.
    """

    cols: tuple[str, str]
    header_rows: tuple[int, int] | None
    kind: str
    year: int | None
    columns: dict[str, str]
    headings: dict[str, list[str]]
    said: list[str] = field(default_factory=list)
    fixed: bool = False
    known: str = ""
    across: list[str] = field(default_factory=list)
    doubted: list[str] = field(default_factory=list)


@dataclass
class SheetReading:
    """How one sheet was understood. Row numbers start at 1, columns are letters, as in the spreadsheet."""

    name: str
    grid: Grid
    role: str = "data"
    kind: str = "unknown"
    state: str = "visible"
    header_rows: tuple[int, int] | None = None
    data_rows: tuple[int, int] | None = None
    total_rows: list[int] = field(default_factory=list)
    year: int | None = None
    hidden_columns: list[str] = field(default_factory=list)
    side_ranges: list[dict[str, str]] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    headings: dict[str, list[str]] = field(default_factory=dict)
    tables: list[TableReading] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ignored_rows: list[dict[str, Any]] = field(default_factory=list)
    cells: dict[str, int] = field(default_factory=dict)


@dataclass
class WorkbookReading:
    """Everything that was understood of one file."""

    file_name: str
    format: str
    kind: str
    sheets: list[SheetReading]
