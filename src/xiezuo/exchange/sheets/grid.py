"""A sheet as a sparse grid of cells, with merged ranges, and what the preview page needs of it."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from .cells import CellError, Value
from .marks import Regions

Span = tuple[int, int, int, int]  # first row, first column, last row, last column

# Spans are expanded cell by cell; a merge over a whole sheet would otherwise cost 17 thousand million.
MAX_MERGED_CELLS = 500_000


@dataclass
class Grid:
    """Rows and columns count from 1. ``rows`` holds only cells that are not empty."""

    rows: dict[int, dict[int, Value]]
    merges: list[Span] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    all_text: bool = False
    regions: Regions = field(default_factory=Regions)
    n_rows: int = 0
    n_cols: int = 0
    _anchors: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    _spans: dict[tuple[int, int], Span] = field(default_factory=dict)
    _merged_rows: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.n_rows = max(self.rows, default=0)
        self.n_cols = max((max(row) for row in self.rows.values() if row), default=0)
        self.merges = [span for span in map(self._clipped, self.merges) if span]
        budget = MAX_MERGED_CELLS
        for r1, c1, r2, c2 in self.merges:
            budget -= (r2 - r1 + 1) * (c2 - c1 + 1)
            if budget < 0:
                break
            self._spans[r1, c1] = (r1, c1, r2, c2)
            self._merged_rows.update(range(r1, r2 + 1))
            for row in range(r1, r2 + 1):
                for col in range(c1, c2 + 1):
                    self._anchors[row, col] = (r1, c1)

    def _clipped(self, span: Span) -> Span | None:
        r1, c1, r2, c2 = span
        r2, c2 = min(r2, self.n_rows), min(c2, self.n_cols)
        return (r1, c1, r2, c2) if r1 <= r2 and c1 <= c2 else None

    def unmarked(self) -> Grid:
        """The same cells, for a reading that marks them anew."""
        twin = copy.copy(self)
        twin.regions = Regions()
        return twin

    def span_from(self, row: int, col: int) -> Span | None:
        """The merged range that begins in this cell."""
        return self._spans.get((row, col))

    def is_merged(self, row: int, col: int) -> bool:
        """Whether the cell is part of a merged range."""
        return (row, col) in self._anchors

    def own(self, row: int, col: int) -> Value | None:
        """What is stored in this very cell."""
        cells = self.rows.get(row)
        return cells.get(col) if cells else None

    def anchor(self, row: int, col: int) -> tuple[int, int]:
        """The cell that holds the value shown here: the first of the merged range, or the cell itself."""
        return self._anchors.get((row, col), (row, col)) if row in self._merged_rows else (row, col)

    def value(self, row: int, col: int) -> Value | None:
        """The value that holds here: a merged cell holds for every row and column it spans."""
        if row in self._merged_rows:
            row, col = self._anchors.get((row, col), (row, col))
        cells = self.rows.get(row)
        return cells.get(col) if cells else None

    def filled_rows(self) -> list[int]:
        """Rows with any cell, from top to bottom."""
        return sorted(self.rows)

    def filled(self) -> Iterator[tuple[int, int, Value]]:
        """Every cell that is not empty."""
        for row, cells in self.rows.items():
            for col, value in cells.items():
                yield row, col, value

    def count(self) -> int:
        """Number of cells that are not empty."""
        return sum(map(len, self.rows.values()))

    def text(self, row: int, col: int) -> str:
        """The cell as the sheet shows it, for preview."""
        return shown(self.own(row, col))

    def region(self, row: int, col: int) -> str:
        """One of header, total, data, side, title, note, empty, ignored."""
        if self.own(row, col) is None:
            return "empty"
        return self.regions.get((row, col)) or "ignored"


def shown(value: Value | None) -> str:
    """A value in words: whole numbers without decimals, dates as ISO, errors by their code."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    return value.code if isinstance(value, CellError) else str(value)
