"""Total rows against the rows they add up."""

from __future__ import annotations

import re

from ..context import TableContext
from ..grid import shown
from ..layout.totals import total_kind
from ..values.numbers import parse_number
from .activity_rows import TOLERANCE

LEVEL = re.compile(r"页|周|月|季|半年|学期|年")


def check_totals(ctx: TableContext) -> None:
    """Each figure of each total row; a blank or unreadable one is not compared."""
    rows = ctx.table.rows
    subtotals = rows.of("subtotal")
    above = bool(subtotals) and bool(ctx.table.data) and subtotals[0] < ctx.table.data[0]
    for row in rows.of("grand_total"):
        _check_row(ctx, row, [(ctx.table.header.last, ctx.table.last)])
    for i, row in enumerate(subtotals):
        same = [r for r in subtotals if _level(ctx, r) == _level(ctx, row)]
        _check_row(ctx, row, [_span(ctx, subtotals, i, above), _span(ctx, same, same.index(row), above)])


def _span(ctx: TableContext, subtotals: list[int], i: int, above: bool) -> tuple[int, int]:
    """First (left out) and last row of what a subtotal adds up: up to the one before, or down to the next."""
    if above:
        return subtotals[i], subtotals[i + 1] - 1 if i + 1 < len(subtotals) else ctx.table.last
    return subtotals[i - 1] if i else ctx.table.header.last, subtotals[i] - 1


def _level(ctx: TableContext, row: int) -> str:
    """Months, quarters and half years are each added up by themselves."""
    labels = [shown(value) for value in ctx.grid.rows[row].values() if total_kind(shown(value))]
    match = LEVEL.search(labels[0]) if labels else None
    return match[0] if match else ""


def _check_row(ctx: TableContext, row: int, spans: list[tuple[int, int]]) -> None:
    for col, unit in ctx.sums.items():
        number = parse_number(ctx.grid.own(row, col), unit, True)
        if number.problem == "formula_error":
            ctx.problem((row, col), "formula_error")
        if number.value is None:
            continue
        sums = [_sum(ctx, col, span) for span in spans]
        if all(abs(number.value - total) > TOLERANCE for total in sums):
            ctx.problem((row, col), "total_mismatch", found=number.value, expected=round(sums[0], 4))


def _sum(ctx: TableContext, col: int, span: tuple[int, int]) -> float:
    return sum(ctx.numbers.get((row, col), 0) for row in ctx.table.data if span[0] < row <= span[1])
