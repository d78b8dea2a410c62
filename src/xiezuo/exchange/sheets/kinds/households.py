"""Which rows of a register are one household."""

from __future__ import annotations

from ..context import TableContext
from ..grid import shown
from ..text import squash

SHARED = (
    "seq",
    "household_no",
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
    "father",
    "mother",
    "father_name",
    "mother_name",
    "guardian",
    "address",
)
NUMBERED = ("seq", "household_no")


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
