"""Lists of codes beside a table."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..cells import cell_name
from ..grid import Grid
from ..text import squash, tidy

CODE = re.compile(r"[a-z]{0,2}[-.]?\d{0,3}")
MAX_WIDTH = 4
MAX_SHARE = 0.34  # of the rows of the table
FEWEST = 3  # codes of a list
FROM_LIST = 0.6  # of what a column says
TWICE = 2  # as often as the list has entries


@dataclass(frozen=True)
class SideList:
    """A heading and the values below it."""

    heading: str
    col: int
    first: int
    last: int
    values: tuple[str, ...]
    meanings: tuple[str, ...] = ()

    @property
    def meaning_of(self) -> dict[str, str]:
        """Code → what it stands for, where a second column says so."""
        return dict(zip(map(squash, self.values), self.meanings, strict=True)) if self.meanings else {}

    @property
    def range(self) -> str:
        """As AJ4:AJ8."""
        return f"{cell_name(self.first, self.col)}:{cell_name(self.last, self.col)}"


def side_lists(grid: Grid, cols: range) -> list[SideList]:
    """One list for each column of a band; codes and their meanings beside each other know of each other."""
    found: list[SideList] = []
    for col in cols:
        rows = [row for row, cells in sorted(grid.rows.items()) if col in cells]
        if not rows:
            continue
        texts = [tidy(grid.text(row, col)) for row in rows]
        before = found[-1] if found else None
        if before and before.col == col - 1 and rows == _rows(grid, before.col)[1:]:
            rows, texts = _rows(grid, before.col), [before.heading, *texts]
        found.append(SideList(texts[0], col, rows[0], rows[-1], tuple(texts[1:])))
        if before and before.col == col - 1 and _rows(grid, before.col) == rows and _are_codes(before.values):
            found[-2] = replace(before, meanings=found[-1].values)
    return found


def _rows(grid: Grid, col: int) -> list[int]:
    return [row for row, cells in sorted(grid.rows.items()) if col in cells]


def lists_codes(grid: Grid, col: int, above: int, beside: range) -> bool:
    """Whether a column below the headings holds, each once and without a gap, what another column says again and again."""
    rows = [row for row in _rows(grid, col) if row > above]
    listed = {squash(grid.text(row, col)) for row in rows}
    if not FEWEST <= len(listed) == len(rows) or rows != list(range(above + 1, above + 1 + len(rows))):
        return False
    return any(_says_again(grid, other, above, listed) for other in beside if other != col)


def _says_again(grid: Grid, col: int, above: int, listed: set[str]) -> bool:
    said = [squash(grid.text(row, col)) for row in _rows(grid, col) if row > above]
    known = [text for text in said if text in listed]
    return len(known) >= max(FROM_LIST * len(said), TWICE * len(listed)) and len(set(known)) >= FEWEST


def _are_codes(values: tuple[str, ...]) -> bool:
    """01, A, B2: short and different from each other."""
    short = sum(bool(CODE.fullmatch(squash(value))) for value in values)
    return len(values) > 1 and short == len(values) == len(set(values))


def is_side(grid: Grid, cols: range, table_rows: int) -> bool:
    """Whether a band is narrow and short beside the table: a list, not a table of its own."""
    rows = sum(any(col in cells for col in cols) for cells in grid.rows.values())
    return len(cols) <= MAX_WIDTH and rows <= max(12, table_rows * MAX_SHARE)
