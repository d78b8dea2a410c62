"""Which rows of a register are one household, and what they say of it."""

from __future__ import annotations

from typing import Any

from ..cells import Value, cell_name
from ..context import TableContext
from ..grid import shown
from ..model import Record
from ..text import squash
from ..vocabulary import words
from .addresses import add_address
from .person_fields import read_field
from .tags import read_tags

OF_HOUSEHOLD = (
    "seq",
    "registered_on",
    "hukou",
    "address",
    "area",
    "arrived",
    "income",
    "rent",
    "head",
    "household_no",
    "recorder",
)
SHARED = (
    "seq",
    "household_no",
    "head",
    "father",
    "mother",
    "father_name",
    "mother_name",
    "guardian",
    "carer",
    "hukou",
    "address",
    "registered_on",
    "recorder",
)
MUST_BE_BLANK = (
    "seq",
    "household_no",
    "head",
    "father",
    "mother",
    "father_name",
    "mother_name",
    "guardian",
    "address",
)
NUMBERED = ("seq", "household_no", "head")


def household_blocks(ctx: TableContext) -> list[list[int]]:
    """Rows under merged cells, rows that leave the family's cells empty, rows with the same parents."""
    blocks: list[list[int]] = []
    ends = _merged_ends(ctx)
    end = 0
    for row in ctx.table.data:
        if blocks and (row <= end or _continues(ctx, blocks[-1], row, bool(ends))):
            blocks[-1].append(row)
        else:
            blocks.append([row])
        end = max(end, ends.get(row, 0))
    return blocks


def _merged_ends(ctx: TableContext) -> dict[int, int]:
    """First row → last row of ranges merged downwards in a column that a family shares."""
    cols = {ctx.columns.col(name) for name in SHARED} - {None}
    ends: dict[int, int] = {}
    for r1, c1, r2, _ in ctx.grid.merges:
        if c1 in cols and r2 > r1:
            ends[r1] = max(ends.get(r1, 0), r2)
    return ends


def _continues(ctx: TableContext, block: list[int], row: int, marked_by_merges: bool) -> bool:
    if _text(ctx, row, "household_no") and _same(ctx, block[0], row, "household_no"):
        return True
    if _same(ctx, block[0], row, "father") and _same(ctx, block[0], row, "mother"):
        return True
    if marked_by_merges:
        return False
    known = [name for name in MUST_BE_BLANK if ctx.columns.col(name)]
    numbered = any(ctx.columns.col(name) and _text(ctx, block[0], name) for name in NUMBERED)
    return numbered and len(known) > 1 and not any(_text(ctx, row, name) for name in known)


def _text(ctx: TableContext, row: int, name: str) -> str:
    return squash(shown(ctx.value(row, name)))


def _same(ctx: TableContext, first: int, row: int, name: str) -> bool:
    text = _text(ctx, row, name)
    return len(text) > 1 and text == _text(ctx, first, name)


def add_household(ctx: TableContext, rows: list[int], label: str) -> None:
    """One record for the rows of a household, where they say anything of it and somebody of it is there."""
    if not any(record.household == label for record in ctx.records[-30:]):
        return
    values: dict[str, Any] = {}
    cells: dict[str, str] = {}
    for name in OF_HOUSEHOLD:
        col = ctx.columns.col(name)
        if col is None:
            continue
        at, value = _first_filled(ctx, rows, col)
        found = read_field(ctx, at, name, value)
        values |= found
        cells |= {key: cell_name(*at) for key in found}
        for row in rows:
            own = ctx.grid.own(row, col)
            if own is not None:
                if name == "seq" and row != at[0]:
                    ctx.classified.add((row, col))
                    continue
                same = bool(found) and squash(shown(own)) == squash(shown(value))
                (ctx.gave if same else ctx.taken)(row, col)
    add_address(ctx, rows, values, cells)
    read_tags(ctx, rows, values, cells, of_family=True)
    if values:
        span = [rows[0], rows[-1]]
        ctx.records.append(Record("household", ctx.sheet, rows[0], values, None, None, label, span, cells))


def _first_filled(ctx: TableContext, rows: list[int], col: int) -> tuple[tuple[int, int], Value | None]:
    """The first cell that says something; failing that, the first that is filled at all."""
    filled = [(ctx.grid.anchor(row, col), value) for row in rows if (value := ctx.grid.value(row, col)) is not None]
    telling = (cell for cell in filled if squash(shown(cell[1])) not in words("blank"))
    return next(telling, filled[0] if filled else ((rows[0], col), None))
