"""Totals that nobody labelled: a first or last row of nothing but figures, each as large as its column."""

from __future__ import annotations

from ..context import TableContext
from ..grid import shown
from ..text import squash
from ..values.numbers import parse_number
from ..vocabulary import words
from .figures import FigureColumn

AS_LARGE = 0.8  # share of the figures that must not be smaller than any figure of their column
MIN_ROWS = 3


def set_unlabelled_totals_apart(ctx: TableContext, figures: list[FigureColumn]) -> None:
    """Such a row is a total row from here on, so that its figures are compared and not imported."""
    rows = ctx.table.data
    if len(rows) < MIN_ROWS:
        return
    for row in (rows[0], rows[-1]):
        if _only_figures(ctx, row, figures) and _is_large(ctx, row, rows, figures):
            ctx.table.rows.kinds[row] = "grand_total"


def _only_figures(ctx: TableContext, row: int, figures: list[FigureColumn]) -> bool:
    cols = {figure.col for figure in figures}
    others = [ctx.grid.value(row, col) for col in ctx.table.cols if col not in cols]
    said = {squash(shown(value)) for value in others} - words("blank") - {""}
    return not said and any(ctx.grid.own(row, col) is not None for col in cols)


def _is_large(ctx: TableContext, row: int, rows: list[int], figures: list[FigureColumn]) -> bool:
    written = [(figure, parse_number(ctx.grid.own(row, figure.col), figure.unit).value) for figure in figures]
    filled = [(figure, number) for figure, number in written if number]
    large = sum(number >= _largest(ctx, figure, rows, row) for figure, number in filled)
    return bool(filled) and large >= AS_LARGE * len(filled)


def _largest(ctx: TableContext, figure: FigureColumn, rows: list[int], but: int) -> float:
    numbers = (parse_number(ctx.grid.own(r, figure.col), figure.unit).value for r in rows if r != but)
    return max((number for number in numbers if number is not None), default=0)
