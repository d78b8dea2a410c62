"""Lists of volunteers: one person per row."""

from __future__ import annotations

from typing import Any

from ..cells import cell_name
from ..checks.same_person import check_same_volunteers
from ..checks.totals import add_plain_sums
from ..context import TableContext
from ..grid import shown
from ..model import Record
from ..values.names import clean_name, has_surname, parse_name, split_names
from .children import part_of
from .person_fields import compare_with_id, note_illegible, read_field
from .sections import add_section

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
OWN = ("nickname", "sex", "birth_date", "age", "id_number", "phone")  # what several people in a row have each


def read_volunteers(ctx: TableContext) -> None:
    """Every row with a name becomes a volunteer, or several where the cell holds several names."""
    for row in ctx.table.data:
        col = ctx.columns.col("name")
        names = _names(ctx, row)
        if len(names) > 1 and col:
            ctx.problem((row, col), "multiple_people_in_cell", count=len(names))
        found = [one for i in range(len(names)) if (one := volunteer_of(ctx, row, i, len(names)))]
        for record in found:
            add_section(ctx, row, record, "group")
        ctx.records += found
        if found:
            ctx.take_row(row, except_for=("seq",))
    check_same_volunteers(ctx)
    add_plain_sums(ctx)


def _names(ctx: TableContext, row: int) -> list[str]:
    written = shown(ctx.value(row, "name"))
    names = split_names(written)
    return names if len(names) > 1 and all(has_surname(clean_name(name)) for name in names) else [written]


def volunteer_of(ctx: TableContext, row: int, i: int = 0, n: int = 1) -> Record | None:
    """The i-th of the n volunteers of one row; None where the row names nobody."""
    col = ctx.columns.col("name")
    value = ctx.grid.value(row, col) if col else None
    if col is None or value is None:
        return None
    name = parse_name(_names(ctx, row)[i] if n > 1 else shown(value))
    note_illegible(ctx, (row, col), name)
    values: dict[str, Any] = dict(name.values)
    cells = {key: cell_name(row, col) for key in values}
    for field_name in FIELDS:
        own = ctx.columns.col(field_name)
        written = ctx.grid.value(row, own) if own else None
        if own is None or written is None:
            continue
        part, shared = part_of(written, i, n) if field_name in OWN else (written, False)
        for key, read in read_field(ctx, (row, own), field_name, part, shared).items():
            values.setdefault(key, read)
            cells.setdefault(key, cell_name(row, own))
    id_col = ctx.columns.col("id_number")
    compare_with_id(ctx, (row, id_col) if id_col else None, values)
    return Record("volunteer", ctx.sheet, row, values, cell_name(row, col), cells=cells) if values else None
