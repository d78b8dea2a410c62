"""Total rows against the rows they add up."""

from __future__ import annotations

import re

from ..context import TableContext
from ..grid import shown
from ..layout.totals import total_kind
from ..values.numbers import parse_number
from .activity_rows import TOLERANCE

PLAIN = 0.8  # share of figures in a column that a total adds up
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


def add_plain_sums(ctx: TableContext) -> None:
    """In lists, a column of figures that a total row adds up is one to check, whether or not it has a field."""
    units = {"hours": "hours", "income": "money", "rent": "money"}
    for row in ctx.table.rows.of("subtotal", "grand_total"):
        for col in ctx.grid.rows[row]:
            name = ctx.columns.fields.get(col)
            if col not in ctx.table.cols or col in ctx.sums or (name and name not in units):
                continue
            unit = units.get(name or "", "money")
            if parse_number(ctx.grid.own(row, col), unit, True).value is not None:
                _add_column(ctx, col, unit)


def _add_column(ctx: TableContext, col: int, unit: str) -> None:
    values = {row: parse_number(ctx.grid.own(row, col), unit, True) for row in ctx.table.data}
    figures = {row: number.value for row, number in values.items() if number.value is not None}
    words = sum(number.problem == "value_unreadable" for number in values.values())
    if figures and len(figures) >= PLAIN * (len(figures) + words):
        ctx.sums[col] = unit
        ctx.numbers |= {(row, col): float(figure) for row, figure in figures.items()}
