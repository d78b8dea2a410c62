"""Figures that are carried from row to row: running totals and balances."""

from __future__ import annotations

from ..checks.activity_rows import TOLERANCE
from ..context import TableContext
from ..values.numbers import parse_number


def figure(ctx: TableContext, row: int, name: str, unit: str = "money") -> float | None:
    """The figure of a field; None where it is absent or unreadable."""
    return parse_number(ctx.value(row, name), unit, text_is_normal=True).value


def check_running_total(ctx: TableContext, total: str, amount: str) -> None:
    """Each running total against the one written before and this amount; it starts at 0."""
    col = ctx.columns.col(total)
    if col is None:
        return
    before = 0.0
    for row in ctx.table.data:
        expected = before + (figure(ctx, row, amount) or 0)
        before = compared(ctx, row, col, expected, "running_total_mismatch")


def compared(ctx: TableContext, row: int, col: int, expected: float, kind: str) -> float:
    """What the next row starts from: the figure as written, else the one it should be."""
    written = parse_number(ctx.grid.own(row, col), "money", text_is_normal=True).value
    if written is None:
        return expected
    if abs(written - expected) > TOLERANCE:
        ctx.problem((row, col), kind, found=written, expected=round(expected, 4))
    return float(written)
