"""Where the headings of a table stand: one to four rows, with or without merged cells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..cells import CellError, Value
from ..grid import Grid
from ..text import squash, tidy
from ..vocabulary import words
from .day_grid import MONTH, Across, find_across
from .headings import Path, is_exact_heading, is_heading

LOOK_AT = 60  # rows from the top of a table in which its headings are looked for
MAX_ROWS = 4
FACT_ROWS = 10
ALL_HEADINGS = 0.8
KNOWN = 0.25  # of the headings of a row over figures
LONGEST = 16
FEWEST_BELOW = 3  # rows as full as the headings
OVER_FIGURES = 0.25  # of the columns
ENOUGH = 0.5  # share of a row's cells that must read like headings


@dataclass(frozen=True)
class Header:
    """Rows of the headings and, by column, the headings from top to bottom; ``across``: days or people as headings."""

    first: int
    last: int
    paths: dict[int, Path]
    across: Across | None = None


def find_header(grid: Grid, cols: range, first: int, last: int) -> Header | None:
    """The first block of headings between two rows, or None."""
    for row in range(first, min(last, first + LOOK_AT) + 1):
        across = find_across(grid, cols, row, last)
        if across:
            return _header(grid, row, across.last, cols, across)
        if _starts_header(grid, row, cols):
            row = _better_below(grid, row, cols, last)
            row = max(first, _reaching_down(grid, row, cols))
            return header_at(grid, row, _bottom(grid, row, cols, last), cols)
    return None


def header_at(grid: Grid, first: int, last: int, cols: range) -> Header:
    """The headings that stand in these rows."""
    across = find_across(grid, cols, first, grid.n_rows)
    return _header(grid, first, last, cols, across if across and across.last == last else None)


def _header(grid: Grid, first: int, last: int, cols: range, across: Across | None = None) -> Header:
    return Header(first, last, {c: p for c in cols if (p := _path(grid, first, last, c, cols))}, across)


def _better_below(grid: Grid, row: int, cols: range, last: int) -> int:
    """Facts above a list (时间 | 3月5日 | 地点 | 教室) are half headings; the list's row is all headings."""
    known, share = _known(grid, row, cols)
    for below in range(row + 1, min(last, row + FACT_ROWS) + 1):
        more, better = _known(grid, below, cols)
        if _is_merged_into(grid, row, below, cols):
            return row
        if share < ALL_HEADINGS <= better and more > known and _starts_header(grid, below, cols):
            return below
    return row


def _is_merged_into(grid: Grid, row: int, below: int, cols: range) -> bool:
    """Headings that reach down beside those below them: both rows are headings of one table."""
    return any(r1 == row and r2 >= below and c1 in cols for r1, c1, r2, _ in grid.merges)


def _reaching_down(grid: Grid, row: int, cols: range) -> int:
    """The row where headings begin that are merged down to this one: 户主 beside 棉被 over 数量 and 签字."""
    return min((r1 for r1, c1, r2, _ in grid.merges if row - MAX_ROWS < r1 < row <= r2 and c1 in cols), default=row)


def _known(grid: Grid, row: int, cols: range) -> tuple[int, float]:
    """How many cells of the row read like headings, and their share."""
    cells = _texts(grid, row, cols)
    known = sum(isinstance(cell, str) and is_heading(cell) for cell in cells)
    return known, known / len(cells) if cells else 0.0


def _texts(grid: Grid, row: int, cols: range) -> list[Value]:
    """The cells of a row, one for each merged range."""
    own = grid.rows.get(row, {})
    return [own[col] for col in cols if col in own]


def _starts_header(grid: Grid, row: int, cols: range) -> bool:
    cells = _texts(grid, row, cols)
    if len(cells) < 2 or not any(isinstance(cell, str) for cell in cells):
        return False
    cells = [cell for cell in cells if not (isinstance(cell, str) and MONTH.fullmatch(tidy(cell)))] or cells
    headings = [cell for cell in cells if isinstance(cell, str) and is_heading(cell)]
    figures = sum(not isinstance(cell, str) or _is_figure(cell) for cell in cells if cell not in headings)
    if len(headings) < 2 or figures > len(cells) * 0.34:
        return False
    # Label and value side by side (时间 | 2023.5.1) is a form, not a row of headings.
    enough = len(headings) / len(cells) >= ENOUGH or _stands_apart(grid, row, cols, len(headings))
    return enough and len(set(map(tidy, headings))) >= min(2, len(headings))


def _stands_apart(grid: Grid, row: int, cols: range, known: int) -> bool:
    """Many headings that nobody knows, goods perhaps: all of them short, different texts over columns of figures."""
    cells = _texts(grid, row, cols)
    texts = [squash(cell) for cell in cells if isinstance(cell, str)]
    if len(texts) < len(cells) or len(set(texts)) < len(texts) or max(map(len, texts)) > LONGEST:
        return False
    if known < KNOWN * len(cells) or any(_is_figure(text) for text in texts):
        return False
    own = [col for col in cols if grid.own(row, col) is not None]
    below = [grid.rows[r] for r in grid.filled_rows() if row < r <= row + FACT_ROWS]
    full = [cells for cells in below if sum(col in cells for col in own) >= ENOUGH * len(own)]
    figures = [col for col in own if len([1 for cells in full if isinstance(cells.get(col), float)]) > len(full) / 2]
    return len(full) >= FEWEST_BELOW and len(figures) >= OVER_FIGURES * len(own)


def _is_figure(text: str) -> bool:
    return any(c.isdigit() for c in text) and bool(re.fullmatch(r"[\d\s.,:/\-年月日]+", text))


def _bottom(grid: Grid, top: int, cols: range, last: int) -> int:
    """The last row of the headings: as far as merged cells reach, then as long as rows read like headings."""
    bottom = top
    for r1, c1, r2, _ in grid.merges:
        if r1 == top and c1 in cols and r2 < top + MAX_ROWS and grid.own(r1, c1) is not None:
            bottom = max(bottom, r2)
    while bottom < min(last, top + MAX_ROWS - 1) and _continues(grid, bottom + 1, top, cols):
        bottom += 1
    return bottom


def _continues(grid: Grid, row: int, top: int, cols: range) -> bool:
    own = {col: value for col, value in grid.rows.get(row, {}).items() if col in cols}
    if not own or any(not isinstance(value, str) or _is_figure(value) for value in own.values()):
        return False
    if len(own) > 1 and all(squash(str(value)) in words("units_goods") for value in own.values()):
        return True
    known = sum(is_exact_heading(str(value)) for value in own.values())
    above = sum(grid.own(row - 1, col) is None for col in own)
    # Lower headings stand where the row above is empty or spans columns; a data row stands under each.
    spanning = sum(_is_group(grid, row - 1, col, cols) for col in own)
    return known / len(own) >= 0.6 and (above + spanning) / len(own) >= 0.6


def _is_group(grid: Grid, row: int, col: int, cols: range) -> bool:
    """Whether the heading at this cell reaches over the next column too."""
    if col + 1 not in cols:
        return False
    if grid.anchor(row, col + 1) == grid.anchor(row, col):
        return True
    return grid.own(row, col) is not None and grid.own(row, col + 1) is None


def _path(grid: Grid, top: int, bottom: int, col: int, cols: range) -> Path:
    parts: list[str] = []
    for row in range(top, bottom + 1):
        value = grid.value(row, col)
        if value is None and row < bottom:
            value = _from_left(grid, row, bottom, col, cols)
        if value is None or isinstance(value, CellError):
            continue
        text = tidy(_plain(value))
        if text and (not parts or parts[-1] != text):
            parts.append(text)
    return tuple(parts)


def _from_left(grid: Grid, row: int, bottom: int, col: int, cols: range) -> Value | None:
    """A group heading typed only over its first column, where clerks did not merge cells."""
    below = range(row + 1, bottom + 1)
    if not any(grid.own(r, col) is not None for r in below):
        return None
    for left in range(col - 1, cols.start - 1, -1):
        value = grid.value(row, left)
        if value is not None:
            merged = grid.anchor(row, left) != grid.anchor(row, col) and grid.is_merged(row, left)
            return value if not merged and any(grid.own(r, left) is not None for r in below) else None
    return None


def _plain(value: Value) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
