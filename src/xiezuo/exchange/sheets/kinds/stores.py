"""What is in the store and in the cash box: goods in and out, money in and out."""

from __future__ import annotations

from typing import Any

from ..cells import cell_name
from ..context import TableContext
from ..grid import shown
from ..model import Record
from ..text import squash
from ..values.identity import parse_id
from ..values.names import parse_name
from ..values.numbers import parse_amount, parse_number
from ..values.ticks import parse_text
from .activity_dates import DateReader
from .person_fields import read_id
from .running import compared, figure

QUANTITIES = ("qty_in", "qty_out", "balance")
MONEY = ("income", "expense", "balance")


def read_stock(ctx: TableContext) -> None:
    """Goods in, out and left, one line each; a line for each movement where goods come again."""
    ctx.sums = {col: "goods" for name in QUANTITIES if (col := ctx.columns.col(name))}
    left: dict[str, float] = {}
    moving = _come_again(ctx)
    for row in ctx.table.data:
        values: dict[str, Any] = {}
        cells: dict[str, str] = {}
        for name in ("item", "unit"):
            _keep(ctx, row, name, parse_text(ctx.value(row, name)), values, cells)
        for name in QUANTITIES:
            _keep(ctx, row, name, _figure(ctx, row, name, "goods"), values, cells)
        if not set(values) - {"unit"}:
            continue
        ctx.records.append(Record("stock", ctx.sheet, row, values, cells=cells))
        ctx.take_row(row, except_for=("seq", "opening"))
        _check_balance(ctx, row, values, left if moving else {})


def _come_again(ctx: TableContext) -> bool:
    items = [squash(shown(ctx.value(row, "item"))) for row in ctx.table.data]
    return bool(ctx.columns.col("date")) and len(set(items)) < len(items)


def _check_balance(ctx: TableContext, row: int, values: dict[str, Any], left: dict[str, float]) -> None:
    """What is left against what came in and went out, from what was there before."""
    col = ctx.columns.col("balance")
    if col is None or not {"qty_in", "qty_out"} & set(values):
        return
    item = str(values.get("item", ""))
    before = figure(ctx, row, "opening", "goods") or left.get(item, 0)
    expected = before + values.get("qty_in", 0) - values.get("qty_out", 0)
    left[item] = compared(ctx, row, col, expected, "balance_mismatch")


def read_cash(ctx: TableContext) -> None:
    """Money in and out, and what is left after each line."""
    ctx.sums = {col: "money" for name in MONEY[:2] if (col := ctx.columns.col(name))}
    dates = DateReader(ctx)
    before: float | None = None
    for row in ctx.table.data:
        values: dict[str, Any] = {}
        cells: dict[str, str] = {}
        _keep(ctx, row, "date", dates.day(row), values, cells)
        for name in ("text", "handler"):
            _keep(ctx, row, name, parse_text(ctx.value(row, name)), values, cells)
        for name in MONEY:
            _keep(ctx, row, name, _figure(ctx, row, name, "money"), values, cells)
        _keep_payee(ctx, row, values, cells)
        if not set(values) - {"date", "handler"}:
            continue
        ctx.records.append(Record("cash", ctx.sheet, row, values, cells=cells))
        ctx.take_row(row, except_for=("seq",))
        before = _balance(ctx, row, values, before)


def _balance(ctx: TableContext, row: int, values: dict[str, Any], before: float | None) -> float | None:
    """A balance is compared with the one written before; the first has none before it."""
    col = ctx.columns.col("balance")
    if col is None:
        return None
    if before is None:
        written = values.get("balance")
        return float(written) if written is not None else None
    expected = before + values.get("income", 0) - values.get("expense", 0)
    return compared(ctx, row, col, expected, "running_total_mismatch")


def _keep_payee(ctx: TableContext, row: int, values: dict[str, Any], cells: dict[str, str]) -> None:
    name = parse_name(shown(ctx.value(row, "recipient")))
    _keep(ctx, row, "recipient", name.name or name.nickname, values, cells)
    col = ctx.columns.col("id_number")
    if col:
        at = ctx.grid.anchor(row, col)
        _keep(ctx, row, "id_number", read_id(ctx, at, parse_id(ctx.grid.own(*at))).get("id_number"), values, cells)


def _figure(ctx: TableContext, row: int, name: str, unit: str) -> float | None:
    """A figure, noted for the totals; what cannot be read is reported."""
    col = ctx.columns.col(name)
    if col is None:
        return None
    at = ctx.grid.anchor(row, col)
    value = ctx.grid.own(*at)
    number = parse_amount(value)[0] if unit == "goods" else parse_number(value, unit, text_is_normal=True)
    if number.problem in ("formula_error", "value_unreadable", "number_approximate"):
        ctx.problem(at, number.problem, written=shown(value))
    if number.value is not None:
        ctx.numbers[at] = number.value
    elif number.problem:
        ctx.not_read(*at)
    return number.value


def _keep(ctx: TableContext, row: int, name: str, value: Any, values: dict[str, Any], cells: dict[str, str]) -> None:
    if value is not None:
        values[name] = value
        cells[name] = ctx.cell(row, name) or cell_name(row, ctx.table.cols.start)
