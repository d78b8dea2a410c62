"""Contacts in the street: whom somebody met, where, and what was said."""

from __future__ import annotations

from typing import Any

from ..cells import cell_name
from ..context import TableContext
from ..grid import shown
from ..model import Record
from ..text import tidy
from ..values.names import clean_name
from ..values.ticks import parse_text
from .activity_dates import DateReader
from .person_fields import read_field

TEXTS = ("place", "age_text", "job", "talk", "lead")
LONGEST_NAME = 8  # longer words describe somebody: 穿蓝外套的大姐
SAYS_SOMETHING = frozenset({"called", "talk", "lead", "phone", "job"})


def read_contacts(ctx: TableContext) -> None:
    """Every row that tells of somebody met becomes a contact."""
    dates = DateReader(ctx)
    col = ctx.columns.col("called") or ctx.columns.col("talk") or ctx.table.cols.start
    for row in ctx.table.data:
        values: dict[str, Any] = {"called": called} if (called := _called(ctx, row)) else {}
        day = dates.day(row)
        values |= {"date": day} if day else {}
        values |= {name: text for name in TEXTS if (text := parse_text(ctx.value(row, name)))}
        for name in ("sex", "phone"):
            own = ctx.columns.col(name)
            if own:
                at = ctx.grid.anchor(row, own)
                values |= read_field(ctx, at, name, ctx.grid.own(*at))
        if not SAYS_SOMETHING & set(values):
            continue
        cells = {name: ctx.cell(row, name) or cell_name(row, col) for name in values}
        ctx.records.append(Record("contact", ctx.sheet, row, values, cell_name(row, col), cells=cells))
        ctx.take_row(row, except_for=("seq",))


def _called(ctx: TableContext, row: int) -> str | None:
    """How somebody is called; a description stays as written."""
    written = parse_text(ctx.value(row, "called"))
    if written is None:
        return None
    return tidy(written) if len(written) > LONGEST_NAME else clean_name(shown(written)) or None
