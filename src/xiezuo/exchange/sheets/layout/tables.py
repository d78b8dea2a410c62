"""The tables of a sheet, what stands beside them and what stands above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..grid import Grid
from ..text import tidy
from .bands import cells_in, column_bands
from .header import Header, find_header, header_at
from .headings import is_exact_heading
from .profile import profile, share
from .rows import Rows, classify_rows
from .sides import SideList, is_side, lists_codes, side_lists
from .totals import total_kind

TITLE_LINES = 4
PEOPLE = 5  # as many rows at least, before a list without headings is believed
MOSTLY = 0.7
NARROWEST = 3  # columns of a table that may have a list of codes straight beside it


@dataclass
class Table:
    """A block of columns with headings and the rows below them."""

    cols: range
    header: Header
    rows: Rows
    last: int
    titles: list[str] = field(default_factory=list)

    @property
    def data(self) -> list[int]:
        """Rows that may hold records."""
        return self.rows.of("data")


@dataclass
class Layout:
    """Everything found on a sheet. ``titles`` are the texts above the first headings."""

    tables: list[Table] = field(default_factory=list)
    sides: list[SideList] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)


def find_layout(grid: Grid) -> Layout:
    """Tables in reading order, the widest band of columns first."""
    bands = _without_lists_beside(grid, column_bands(grid))
    tables = {band: _tables_in(grid, band) for band in bands}
    with_tables = [band for band in bands if tables[band]]
    if not with_tables:
        return Layout(tables=_without_header(grid, bands), titles=_texts_above(grid, grid.n_rows + 1))
    main = max(with_tables, key=lambda band: cells_in(grid, band))
    n_rows = sum(len(table.data) for table in tables[main])
    layout = Layout(list(tables[main]))
    for band in bands:
        if band == main:
            continue
        if not _is_beside(tables[band], tables[main]) and is_side(grid, band, n_rows):
            layout.sides += side_lists(grid, band)
        else:
            layout.tables += tables[band]
    layout.titles = _texts_above(grid, min(table.header.first for table in layout.tables))
    return layout


def _without_lists_beside(grid: Grid, bands: list[range]) -> list[range]:
    """A list of codes typed straight beside its table, without an empty column between, becomes a band of its own."""
    parted: list[range] = []
    for band in bands:
        header = find_header(grid, band, 1, grid.n_rows)
        last = band.stop - 1
        if header and len(band) > NARROWEST and lists_codes(grid, last, header.last, band):
            parted += [range(band.start, last), range(last, band.stop)]
        else:
            parted.append(band)
    return parted


def _tables_in(grid: Grid, band: range) -> list[Table]:
    """Tables below each other within one band; each may be printed in two or more blocks side by side."""
    found: list[Table] = []
    first = 1
    while header := find_header(grid, band, first, grid.n_rows):
        last = _last_row(grid, header, band)
        blocks = _blocks(header, band)
        for block in blocks:
            own = replace(header, paths={c: p for c, p in header.paths.items() if c in block})
            titles = lines_above(grid, header.first, block)
            found.append(Table(block, own, classify_rows(grid, own, block, last), last, titles))
        first = last + 1
    return found


def lines_above(grid: Grid, row: int, cols: range) -> list[str]:
    """Single texts directly above a table: its title, nearest first."""
    lines: list[str] = []
    while row > 1 and len(lines) < TITLE_LINES:
        row -= 1
        own = [value for col, value in grid.rows.get(row, {}).items() if col in cols]
        if len(own) > 1 or (lines and not own):
            break
        lines += [tidy(value) for value in own if isinstance(value, str)]
    return lines


def _is_beside(tables: list[Table], main: list[Table]) -> bool:
    """A second table whose headings stand in the rows of the first one's: some of the same, or known ones."""
    theirs = {path[-1] for table in tables for path in table.header.paths.values()}
    ours = {path[-1] for table in main for path in table.header.paths.values()}
    level = any(table.header.last == other.header.last for table in tables for other in main)
    known = all(is_exact_heading(text) for text in theirs)
    return level and len(theirs) >= 3 and (len(theirs & ours) >= 2 or known)


def _without_header(grid: Grid, bands: list[range]) -> list[Table]:
    """People listed without any headings, or below some that nobody knows: the cells must say what the columns are."""
    for band in bands:
        rows = [row for row in sorted(grid.rows) if sum(col in band for col in grid.rows[row]) > 1]
        looks = {col: profile(grid, col, rows) for col in band}
        plain = {
            (kind, col)
            for kind in ("name", "phone", "id", "sex")
            for col, counts in looks.items()
            if counts["n"] >= PEOPLE and share(counts, kind) >= MOSTLY
        }
        kinds = {kind for kind, _ in plain}
        if "name" in kinds and len(kinds) > 1:
            unlike = not any(profile(grid, col, rows[:1])[kind] for kind, col in plain if kind != "name")
            headed = unlike and all(isinstance(value, str) for value in grid.rows[rows[0]].values())
            header = header_at(grid, rows[0], rows[0], band) if headed else Header(rows[0], rows[0] - 1, {})
            return [Table(band, header, classify_rows(grid, header, band, grid.n_rows), grid.n_rows)]
    return []


def _last_row(grid: Grid, header: Header, band: range) -> int:
    """The row before the next headings of another table, or the end of the sheet."""
    for row in grid.filled_rows():
        cells = {col: value for col, value in grid.rows[row].items() if col in band}
        if row > header.last and _other_header(header, cells):
            return _above_title(grid, row, header.last, band)
    return grid.n_rows


def _above_title(grid: Grid, row: int, first: int, band: range) -> int:
    """The last row before another table's headings and the lines that name it."""
    row -= 1
    while row > first + 1:
        own = [value for col, value in grid.rows.get(row, {}).items() if col in band]
        if len(own) > 1 or (own and not isinstance(own[0], str)) or (own and total_kind(str(own[0]))):
            break
        row -= 1
    return row


def _other_header(header: Header, cells: Mapping[int, object]) -> bool:
    values = list(cells.values())
    if len(values) < 3 or not isinstance(values[0], str) or not is_exact_heading(values[0]):
        return False
    if not all(isinstance(value, str) for value in values):
        return False
    known = [value for value in values if isinstance(value, str) and is_exact_heading(value)]
    same = sum(tidy(str(value)) in header.paths.get(col, ()) for col, value in cells.items())
    return len(known) / len(values) >= 0.7 and len(set(known)) >= 3 and same / len(values) < 0.7


def _blocks(header: Header, band: range) -> list[range]:
    """序号 姓名 电话 | 序号 姓名 电话: the same headings again are a second block of the table."""
    cols = sorted(header.paths)
    paths = [header.paths[col] for col in cols]
    for width in range(2, len(paths) // 2 + 1):
        if len(paths) % width == 0 and all(paths[i] == paths[i % width] for i in range(len(paths))):
            starts = [cols[i] for i in range(0, len(cols), width)]
            ends = [*(start - 1 for start in starts[1:]), band.stop - 1]
            return [range(start, end + 1) for start, end in zip(starts, ends, strict=True)]
    return [band]


def _texts_above(grid: Grid, row: int) -> list[str]:
    return [tidy(v) for r in sorted(grid.rows) if r < row for v in grid.rows[r].values() if isinstance(v, str)]
