"""Columns headed only 合计: which sum they are is told by the figures that they add up."""

from __future__ import annotations

from .columns import Columns
from .grid import Grid
from .layout.measures import is_bare_total
from .layout.tables import Table
from .values.numbers import parse_number

ENOUGH = 0.6  # share of the rows whose parts must give the sum
GROUPS = ("child", "parent", "student", "teacher", "public")
# Sum → parts, the wider sum first: with adults only, the sum of adults is the sum of all.
PARTS = {
    "heads_total": ("heads_adult_total", "heads_child_total"),
    "heads_adult_total": ("heads_adult_m", "heads_adult_f"),
    "heads_child_total": ("heads_child_m", "heads_child_f"),
    "vol_total_n": tuple(f"vol_{group}_n" for group in GROUPS),
    "vol_total_h": tuple(f"vol_{group}_h" for group in GROUPS),
    "att_total": ("att_adult", "att_child"),
}
ALL_PEOPLE = ("heads_adult_m", "heads_adult_f", "heads_child_m", "heads_child_f")


def place_bare_totals(grid: Grid, table: Table, columns: Columns) -> None:
    """Give each column that only says 合计 the field whose parts add up to it in most rows."""
    for col, path in table.header.paths.items():
        if col in columns.fields or not is_bare_total(path):
            continue
        fits = {name: _share(grid, table, columns, col, name) for name in PARTS if columns.col(name) is None}
        best = max(fits, key=lambda name: fits[name], default=None)
        if best is not None and fits[best] >= ENOUGH:
            columns.place(col, best)


def _share(grid: Grid, table: Table, columns: Columns, col: int, name: str) -> float:
    parts = [own for part in PARTS[name] if (own := columns.col(part))]
    if name == "heads_total" and not parts:
        parts = [own for part in ALL_PEOPLE if (own := columns.col(part))]
    if not parts:
        return 0.0
    rows = [row for row in table.data if parse_number(grid.value(row, col)).value is not None]
    right = sum(_figure(grid, row, col) == sum(_figure(grid, row, part) for part in parts) for row in rows)
    return right / len(rows) if rows else 0.0


def _figure(grid: Grid, row: int, col: int) -> float:
    return parse_number(grid.value(row, col), "hours").value or 0
