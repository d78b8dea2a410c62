"""Lists of volunteers: one person per row."""

from __future__ import annotations

from typing import Any

from ..cells import cell_name
from ..checks.same_person import check_same_volunteers
from ..context import TableContext
from ..grid import shown
from ..model import Record
from ..values.names import parse_name
from .person_fields import compare_with_id, note_illegible, read_field

FIELDS = (
    "volunteer_no",
    "nickname",
    "sex",
    "birth_date",
    "age",
    "id_number",
    "phone",
    "group",
    "work",
    "interest",
    "source",
    "registered_on",
    "hours",
    "star",
    "note",
)


def read_volunteers(ctx: TableContext) -> None:
    """Every row with a name becomes a volunteer."""
    for row in ctx.table.data:
        record = volunteer_of(ctx, row)
        if record is not None:
            ctx.records.append(record)
            ctx.take_row(row, except_for=("seq",))
    check_same_volunteers(ctx)


def volunteer_of(ctx: TableContext, row: int) -> Record | None:
    """The volunteer of one row; None where the row names nobody."""
    col = ctx.columns.col("name")
    value = ctx.grid.value(row, col) if col else None
    if col is None or value is None:
        return None
    name = parse_name(shown(value))
    note_illegible(ctx, (row, col), name)
    values: dict[str, Any] = dict(name.values)
    cells = {key: cell_name(row, col) for key in values}
    for field_name in FIELDS:
        own = ctx.columns.col(field_name)
        if own is None:
            continue
        for key, read in read_field(ctx, (row, own), field_name, ctx.grid.value(row, own)).items():
            values.setdefault(key, read)
            cells.setdefault(key, cell_name(row, own))
    id_col = ctx.columns.col("id_number")
    compare_with_id(ctx, (row, id_col) if id_col else None, values)
    return Record("volunteer", ctx.sheet, row, values, cell_name(row, col), cells=cells) if values else None
