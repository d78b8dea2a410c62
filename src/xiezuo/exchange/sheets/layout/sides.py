"""Lists of codes beside a table."""

from __future__ import annotations

from dataclasses import dataclass

from ..cells import cell_name
from ..grid import Grid
from ..text import tidy

MAX_WIDTH = 4
MAX_SHARE = 0.34  # of the rows of the table


@dataclass(frozen=True)
class SideList:
    """A heading and the values below it."""

    heading: str
    col: int
    first: int
    last: int
    values: tuple[str, ...]

    @property
    def range(self) -> str:
        """As AJ4:AJ8."""
        return f"{cell_name(self.first, self.col)}:{cell_name(self.last, self.col)}"


def side_lists(grid: Grid, cols: range) -> list[SideList]:
    """One list for each column of a band."""
    found = []
    for col in cols:
        rows = [row for row, cells in sorted(grid.rows.items()) if col in cells]
        if rows:
            texts = [tidy(grid.text(row, col)) for row in rows]
            found.append(SideList(texts[0], col, rows[0], rows[-1], tuple(texts[1:])))
    return found


def is_side(grid: Grid, cols: range, table_rows: int) -> bool:
    """Whether a band is narrow and short beside the table: a list, not a table of its own."""
    rows = sum(any(col in cells for col in cols) for cells in grid.rows.values())
    return len(cols) <= MAX_WIDTH and rows <= max(12, table_rows * MAX_SHARE)
