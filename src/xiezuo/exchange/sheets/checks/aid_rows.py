"""Handings-out against each other and against their own sums."""

from __future__ import annotations

from ..cells import column_number
from ..context import TableContext
from ..model import Record
from ..text import squash
from ..values.numbers import parse_number
from .activity_rows import TOLERANCE

Key = tuple[str, str, str, str]


def check_same_handing_out(ctx: TableContext) -> None:
    """The same household, the same goods, the same day, written twice: perhaps twice given, perhaps twice noted."""
    seen: dict[Key, Record] = {}
    for record in ctx.records:
        keys = _keys(record)
        earlier = next((seen[key] for key in keys if key in seen and seen[key].row != record.row), None)
        if earlier is not None:
            col = column_number((record.cell or "A1").rstrip("0123456789"))
            ctx.problem((record.row, col), "duplicate_row", "info", same_as_row=earlier.row)
        for key in keys:
            seen.setdefault(key, record)


def _keys(record: Record) -> list[Key]:
    """By the child, and by the one who signs."""
    values = record.values
    day, item = values.get("date"), values.get("item")
    if not day or not item:
        return []
    people = [(who, values[who]) for who in ("recipient", "child") if who in values]
    return [(who, squash(str(name)), squash(str(item)), str(day)) for who, name in people]


def check_sum_of_items(ctx: TableContext, row: int, parts: list[float]) -> None:
    """The amount of a row against the money of its items."""
    col = ctx.columns.col("amount")
    if col is None:
        return
    written = parse_number(ctx.grid.own(row, col), "money", text_is_normal=True)
    if written.value is None:
        return
    ctx.numbers[row, col] = written.value
    if parts and abs(written.value - sum(parts)) > TOLERANCE:
        ctx.problem((row, col), "row_sum_mismatch", found=written.value, expected=round(sum(parts), 4))
