"""What became of every cell: for the preview page, and for the count that must come out even."""

from __future__ import annotations

from .cells import Value, cell_name
from .context import TableContext
from .grid import Grid, shown
from .layout.tables import Layout
from .marks import Cells
from .model import SheetReading
from .text import squash
from .values.ticks import parse_tick
from .vocabulary import words

CLASSIFIED_ROLES = ("empty", "instructions", "template", "left_out")
BY_ROW = {
    "subtotal": "total",
    "grand_total": "total",
    "note": "note",
    "footnote": "note",
    "header": "header",
    "blank": "note",
}


def mark_regions(reading: SheetReading, layout: Layout, contexts: list[TableContext]) -> None:
    """Write the region of each filled cell into the grid, then count."""
    grid = reading.grid
    first = min((table.header.first for table in layout.tables), default=grid.n_rows + 1)
    if layout.tables:
        for row, col, _ in grid.filled():
            if row < first:
                grid.regions[row, col] = "title"
    for table in layout.tables:
        ends = [other.last for other in layout.tables if other.last < table.header.first and other.cols == table.cols]
        for row in range(max(ends, default=table.header.first) + 1, table.header.first):
            _mark_row(grid, row, table.cols, "title")
    for side in layout.sides:
        for row in range(side.first, side.last + 1):
            grid.regions[row, side.col] = "side"
    for table in layout.tables:
        for row in range(table.header.first, table.header.last + 1):
            _mark_row(grid, row, table.cols, "header")
        for row, kind in table.rows.kinds.items():
            _mark_row(grid, row, table.cols, BY_ROW.get(kind, "data"))
    reading.side_ranges = [{"range": side.range, "what": side.heading} for side in layout.sides]
    reading.cells = count_cells(reading, contexts)


def _mark_row(grid: Grid, row: int, cols: range, region: str) -> None:
    if row in grid.rows:
        grid.regions.mark(row, cols, region)


def count_cells(reading: SheetReading, contexts: list[TableContext]) -> dict[str, int]:
    """imported, classified and reported cells; together they are all cells that are not empty.

    Imported is what a record names as the cell of one of its values; a cell of an understood column that says that there
    is nothing (无, /, 不详) is classified. Whatever else was read without reaching a record is reported.
    """
    grid = reading.grid
    read = Cells.union(ctx.imported - ctx.unread for ctx in contexts)
    sources = Cells.union(ctx.sources - ctx.unread for ctx in contexts if ctx.records)
    classified = Cells.union(ctx.classified for ctx in contexts)
    named = _named(reading)
    ignored = {row["row"] for row in reading.ignored_rows}
    counts = {"imported": 0, "classified": 0, "reported": 0, "total": 0}
    for row, col, value in grid.filled():
        counts["total"] += 1
        region = grid.regions.get((row, col))
        if (row, col) in sources or ((row, col) in read and cell_name(row, col) in named):
            counts["imported"] += 1
        elif (
            (row, col) in classified
            or ((row, col) in read and says_nothing(value))
            or (
                (row, col) not in read
                and (reading.role in CLASSIFIED_ROLES or row in ignored or region not in ("", "data"))
            )
        ):
            counts["classified"] += 1
        else:
            counts["reported"] += 1
    return counts


def _named(reading: SheetReading) -> set[str]:
    """The cells that records name as those of their values."""
    named = {cell for record in reading.records for cell in record.cells.values()}
    return named | {record.cell for record in reading.records if record.cell}


def says_nothing(value: Value) -> bool:
    """Whether a cell says that there is nothing, or that nobody knows."""
    text = squash(shown(value))
    return not text or text in words("blank") | words("unknown") or parse_tick(value) is False
