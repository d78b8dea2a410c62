"""What the readers of all kinds share while they go through one table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .cells import Value, cell_name
from .columns import Columns
from .grid import Grid
from .layout.headings import in_minutes
from .layout.sides import SideList
from .layout.tables import Table
from .marks import Cells
from .model import Problem, Record
from .problem_kinds import PROBLEM_KINDS
from .values.numbers import parse_number

Cell = tuple[int, int]


@dataclass
class TableContext:
    """One table being read: where it stands, what its columns are, and what has been found so far.

    ``numbers``: the figures of its cells; ``sums``: the columns that totals add up, with their unit;
    ``codes``: the code lists of a field. ``imported``: cells that were read for a record; such a cell counts as imported
    where a record names it as the cell of a value, or where it is one of ``sources``.
    """

    sheet: str
    grid: Grid
    table: Table
    columns: Columns
    year: int | None = None
    sides: list[SideList] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ignored: list[dict[str, Any]] = field(default_factory=list)
    imported: Cells = field(default_factory=Cells)
    unread: Cells = field(default_factory=Cells)
    sources: Cells = field(default_factory=Cells)
    classified: Cells = field(default_factory=Cells)
    kind: str = "unknown"
    numbers: dict[Cell, float] = field(default_factory=dict)
    sections: dict[str, list[int]] = field(default_factory=dict)  # lines that name a part of the list, by field
    sums: dict[int, str] = field(default_factory=dict)
    codes: dict[str, list[SideList]] = field(default_factory=dict)

    def value(self, row: int, name: str) -> Value | None:
        """The value that holds for a row in the column of a field; None without such a column."""
        col = self.columns.col(name)
        return None if col is None else self.grid.value(row, col)

    def in_minutes(self, col: int) -> bool:
        """Whether the heading of a column of hours says that its figures are minutes."""
        return in_minutes(self.table.header.paths.get(col, ()))

    def hours_cell(self, row: int, col: int) -> Value | None:
        """What a cell of hours says, with the unit that only its heading may give: 90 under 时长（分钟） → 90分钟."""
        value = self.grid.own(*self.grid.anchor(row, col))
        bare = parse_number(value, text_is_normal=True) if value is not None and self.in_minutes(col) else None
        return value if bare is None or bare.value is None else f"{bare.value}分钟"

    def cell(self, row: int, name: str) -> str | None:
        """The cell that holds it, the first one of a merged range."""
        col = self.columns.col(name)
        return None if col is None else cell_name(*self.grid.anchor(row, col))

    def problem(self, at: Cell, kind: str, severity: str | None = None, **params: Any) -> None:
        """Note a problem at a cell (a merged one is named by its first cell), once for each kind."""
        self._note(cell_name(*self.grid.anchor(*at)), kind, severity, params)

    def problem_of_row(self, at: Cell, kind: str, **params: Any) -> None:
        """Note a problem of a row: at this very cell, also where it is merged with cells of other rows."""
        self._note(cell_name(*at), kind, None, params)

    def _note(self, name: str, kind: str, severity: str | None, params: dict[str, Any]) -> None:
        if any(p.cell == name and p.kind == kind for p in self.problems[-40:]):
            return
        self.problems.append(Problem(self.sheet, name, kind, severity or PROBLEM_KINDS[kind].severity, params))

    def taken(self, row: int, col: int) -> None:
        """The cell was read for a record. What is not found in one afterwards says nothing, or is reported."""
        self.imported.add(self.grid.anchor(row, col))

    def gave(self, row: int, col: int) -> None:
        """The cell's content is part of a value for which a record names another cell: one of several, or a repetition."""
        self.taken(row, col)
        self.sources.add(self.grid.anchor(row, col))

    def gave_fields(self, row: int, names: Iterable[str]) -> None:
        """The same of the cells of a row under these fields."""
        for name in names:
            col = self.columns.col(name)
            if col is not None and self.grid.own(row, col) is not None:
                self.gave(row, col)

    def not_read(self, row: int, col: int) -> None:
        """The cell is only reported: its content gave no value."""
        self.unread.add(self.grid.anchor(row, col))

    def take_row(self, row: int, except_for: tuple[str, ...] = ()) -> None:
        """The understood cells of a row went into its record; those of ``except_for`` only number it."""
        for col, name in self.columns.fields.items():
            if self.grid.own(row, col) is not None:
                (self.classified if name in except_for else self.imported).add((row, col))
