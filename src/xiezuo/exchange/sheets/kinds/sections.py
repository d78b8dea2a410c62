"""Lines between the rows of a list that say of the people below them where they belong: 三年级（1）班, 助老队."""

from __future__ import annotations

import re

from ..cells import cell_name
from ..context import TableContext
from ..grid import shown
from ..model import Record
from ..text import squash, without_brackets
from ..vocabulary import table

LONGEST = 16
LABEL = re.compile(r"^[^:：]*[:：]")


def add_section(ctx: TableContext, row: int, record: Record, name: str) -> None:
    """Give the record the nearest line above as its ``name``, where no column says it."""
    if ctx.columns.col(name) is not None:
        return
    if name not in ctx.sections:
        ctx.sections[name] = [other for other in ctx.table.rows.of("note") if _section(ctx, other, name)]
    line = max((other for other in ctx.sections[name] if other < row), default=0)
    if line:
        col = _own(ctx, line)[0]
        record.values[name] = _section(ctx, line, name)
        record.cells[name] = cell_name(line, col)
        ctx.taken(line, col)


def _own(ctx: TableContext, row: int) -> list[int]:
    return [col for col in ctx.grid.rows[row] if col in ctx.table.cols]


def _section(ctx: TableContext, row: int, name: str) -> str:
    """What a line begins with, where that is short and has the ending of such a name: 班级：蒲公英班; else nothing."""
    text = LABEL.sub("", shown(ctx.grid.own(row, _own(ctx, row)[0]))).strip("【】[]「」『』*·- \u3000")
    bare = squash(without_brackets(text))
    fits = len(bare) <= LONGEST and bare.endswith(tuple(table("words")["section_endings"][name]))
    return text if fits else ""
