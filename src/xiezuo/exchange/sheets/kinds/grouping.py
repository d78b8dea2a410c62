"""Rows that together are one record."""

from __future__ import annotations

from ..context import TableContext
from ..grid import shown
from ..text import squash
from ..values.ticks import parse_sex

KEYS = ("name", "date", "seq", "centre")


def rows_by_sex(ctx: TableContext) -> list[list[int]]:
    """A row for men and a row for women: the later row repeats nothing, or repeats everything."""
    groups: list[list[int]] = []
    for row in ctx.table.data:
        if groups and _belongs(ctx, groups[-1], row):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _belongs(ctx: TableContext, group: list[int], row: int) -> bool:
    sex = parse_sex(ctx.value(row, "sex"))
    if sex is None or sex in {parse_sex(ctx.value(earlier, "sex")) for earlier in group}:
        return False
    first = group[0]
    for name in KEYS:
        col = ctx.columns.col(name)
        if col is None:
            continue
        own = ctx.grid.own(row, col)
        if own is not None and squash(shown(own)) != squash(shown(ctx.grid.value(first, col))) and name != "seq":
            return False
        if name == "name" and own is None and ctx.grid.value(first, col) is None:
            return False
    return True
