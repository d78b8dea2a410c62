"""Grids of people and days: whether hours stand in them, and what the columns beside the grid are."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from .cells import Value
from .columns import Columns
from .fields import map_columns
from .grid import Grid
from .layout.tables import Table
from .layout.totals import total_kind
from .text import squash
from .values.hours import parse_hours
from .vocabulary import table as data

SAMPLE = 200
SOME = 0.2  # of the marks in the grid are hours: more than a roll call
AGREE = 0.5


def is_hours_grid(grid: Grid, table: Table, names: list[str]) -> bool:
    """Days or people as headings, and hours below them; ticks alone need a title that speaks of volunteers."""
    if table.header.across is None:
        return False
    marks = [parse_hours(value) for value in _cells(grid, table)]
    hours = sum(mark.value is not None for mark in marks)
    titled = any(
        squash(word) in squash(name) for word in data("kinds")["volunteer_crosstab"]["title"] for name in names
    )
    return titled or (hours > 0 and hours >= SOME * len(marks))


def _cells(grid: Grid, table: Table) -> list[Value]:
    assert table.header.across
    cols = table.header.across.cols
    return [v for row in table.data[:SAMPLE] for col in cols if (v := grid.own(row, col)) is not None]


def grid_columns(grid: Grid, table: Table, profiles: dict[int, Counter[str]]) -> Columns:
    """The columns beside the grid. ``sum`` adds up the grid's row; ``hours`` is a figure of its own."""
    across = table.header.across
    assert across
    beside = {col: path for col, path in table.header.paths.items() if col not in across.cols}
    outside = replace(table, header=replace(table.header, paths=beside))
    columns = map_columns("volunteer_crosstab", outside, profiles)
    total = next((col for col, path in beside.items() if path and total_kind(path[-1])), None)
    if total is not None:
        columns.rename({held: ""} if (held := columns.fields.get(total)) else {})
        columns.place(total, "sum")
    elif (col := columns.col("hours")) and _adds_up(grid, table, col):
        columns.rename({"hours": "sum"})
    return columns


def _adds_up(grid: Grid, table: Table, col: int) -> bool:
    assert table.header.across
    written = {row: parse_hours(grid.value(row, col)).value for row in table.data}
    rows = [row for row in table.data if written[row] is not None]
    cols = table.header.across.cols
    right = sum(sum(parse_hours(grid.value(row, c)).value or 0 for c in cols) == written[row] for row in rows)
    return right >= AGREE * len(rows)
