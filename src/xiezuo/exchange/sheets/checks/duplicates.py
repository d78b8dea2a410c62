"""Rows that stand twice in a table."""

from __future__ import annotations

from collections import Counter

from ..context import TableContext
from ..grid import shown
from ..model import Record

MIN_CELLS = 3
TOLD_BY = 4  # as many columns tell most rows apart, before whole rows are compared


def check_duplicate_rows(ctx: TableContext) -> None:
    """Every cell the same as in an earlier row, the running number too; rows of one record go together."""
    records = [record for record in ctx.records if record.role != "guardian" and record.type != "household"]
    first_cells = [_cells(ctx, record, ctx.table.cols[:TOLD_BY]) for record in records]
    times = Counter(first_cells)
    seen: dict[object, int] = {}
    for record, start in zip(records, first_cells, strict=True):
        if times[start] == 1:
            continue
        cells = _cells(ctx, record, ctx.table.cols)
        earlier = seen.setdefault(cells, record.row)
        if earlier != record.row and len(cells) >= MIN_CELLS:
            ctx.problem_of_row((record.row, ctx.table.cols.start), "duplicate_row", same_as_row=earlier)


def _cells(ctx: TableContext, record: Record, cols: range) -> tuple[tuple[int, int, str], ...]:
    """What the rows of a record show, by place."""
    first, last = record.rows or [record.row, record.row]
    return tuple(
        (row - first, col, shown(value))
        for row in range(first, last + 1)
        for col in cols
        if (value := ctx.grid.value(row, col)) is not None
    )


def check_hidden(ctx: TableContext) -> None:
    """Hidden columns that hold data, named at their first heading."""
    for col in sorted(ctx.grid.hidden_columns & set(ctx.table.cols)):
        if any(ctx.grid.own(row, col) is not None for row in ctx.table.data):
            ctx.problem((ctx.table.header.first, col), "hidden_data")
