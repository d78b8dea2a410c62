"""Headings where people said they stand, now or for an earlier file of the same shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..cells import column_letter
from ..grid import Grid
from ..layouts import KnownLayout, TableLayout, heading_key
from .bands import cells_in, column_bands
from .header import LOOK_AT, Header, header_at
from .rows import classify_rows
from .tables import Layout, Table, lines_above

ALMOST = 0.6  # of the fullest row's cells make a row of headings where nobody recognised one


def known_here(grid: Grid, layout: Layout, known: tuple[KnownLayout, ...]) -> dict[int, TableLayout]:
    """Table number → what the remembered layout of the same headings says.

    Headings that nobody would take for headings are looked for too; the number past the last is a table that only
    the remembered layout knows.
    """
    shapes = {(layout.height, layout.shape): layout for layout in known}
    if not shapes:
        return {}
    found: dict[int, TableLayout] = {}
    for number, table in enumerate(layout.tables):
        if match := _match(table.header, shapes):
            found[number] = match
    return found or _elsewhere(grid, layout, shapes)


Shapes = Mapping[tuple[int, tuple[str, ...]], KnownLayout]


def _match(header: Header, shapes: Shapes) -> TableLayout | None:
    letters = [(column_letter(col), heading_key(path)) for col, path in sorted(header.paths.items())]
    height = header.last - header.first + 1
    layout = shapes.get((height, tuple(sorted(key for _, key in letters))))
    return layout.placed((header.first, header.last), letters) if layout else None


def _elsewhere(grid: Grid, layout: Layout, shapes: Shapes) -> dict[int, TableLayout]:
    heights = sorted({height for height, _ in shapes}, reverse=True)
    for band in column_bands(grid):
        for row in grid.filled_rows()[:LOOK_AT]:
            for height in heights:
                header = header_at(grid, row, row + height - 1, band)
                if match := _match(header, shapes):
                    return {_number_at(layout, band, header): match}
    return {}


def _number_at(layout: Layout, band: range, header: Header) -> int:
    """The table that the headings belong to, or the number of one to be added."""
    for number, table in enumerate(layout.tables):
        beside = table.cols.stop <= band.start or band.stop <= table.cols.start
        if not beside and table.header.first <= header.last and header.first <= table.last:
            return number
    return len(layout.tables)


def with_headers(grid: Grid, layout: Layout, said: Mapping[int, TableLayout]) -> Layout:
    """The layout with headings where they were said to be; a table that nobody found is added."""
    tables = list(layout.tables)
    for number, table in sorted(said.items()):
        if number < len(tables):
            if table.header:
                tables[number] = _table(grid, tables[number].cols, table.header, tables[number].last)
        elif table.kind or table.header:
            cols = max(column_bands(grid), key=lambda band: cells_in(grid, band))
            tables.append(_table(grid, cols, table.header or _likely(grid, cols), grid.n_rows))
    return replace(layout, tables=tables)


def _table(grid: Grid, cols: range, rows: tuple[int, int], last: int) -> Table:
    header = header_at(grid, *rows, cols)
    last = last if last > header.last else grid.n_rows
    return Table(cols, header, classify_rows(grid, header, cols, last), last, lines_above(grid, rows[0], cols))


def _likely(grid: Grid, cols: range) -> tuple[int, int]:
    """The first row that is about as full as rows get, where nobody recognised any headings."""
    filled = {row: sum(col in cols for col in grid.rows[row]) for row in grid.filled_rows()[:LOOK_AT]}
    full = max(filled.values())
    row = next(row for row, cells in filled.items() if cells >= ALMOST * full)
    return row, row
