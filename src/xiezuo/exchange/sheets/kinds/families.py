"""Registers in which each family has a line of its own above its members."""

from __future__ import annotations

from typing import Any

from ..cells import cell_name
from ..checks.same_person import check_same_children
from ..context import TableContext
from ..grid import shown
from ..model import Record
from ..text import squash
from ..values.names import parse_name
from ..vocabulary import relations, words
from .person_fields import compare_with_id, note_illegible, read_field

OF_MEMBER = (
    "nickname",
    "sex",
    "birth_date",
    "age",
    "ethnic",
    "id_number",
    "phone",
    "school",
    "grade",
    "note",
)


def read_families(ctx: TableContext, lines: dict[int, dict[str, str]]) -> None:
    """A household for each line, and the people below it."""
    label: str | None = None
    for row, kind in sorted(ctx.table.rows.kinds.items()):
        if row in lines:
            label = f"户{row}"
            _add_household(ctx, row, lines[row], label)
        elif kind == "data":
            _add_member(ctx, row, label)
    check_same_children(ctx)


def _add_household(ctx: TableContext, row: int, said: dict[str, str], label: str) -> None:
    col = min(col for col in ctx.grid.rows[row] if col in ctx.table.cols)
    values: dict[str, Any] = {}
    for name, written in said.items():
        values |= read_field(ctx, (row, col), name, written)
    cells = dict.fromkeys(values, cell_name(row, col))
    ctx.records.append(Record("household", ctx.sheet, row, values, cell_name(row, col), None, label, None, cells))
    ctx.table.rows.kinds[row] = "household"
    for own in ctx.grid.rows[row]:
        ctx.taken(row, own)


def _add_member(ctx: TableContext, row: int, label: str | None) -> None:
    col = ctx.columns.col("name")
    value = ctx.grid.value(row, col) if col else None
    if col is None or value is None:
        return
    name = parse_name(shown(value))
    note_illegible(ctx, (row, col), name)
    values: dict[str, Any] = dict(name.values)
    cells = dict.fromkeys(values, cell_name(row, col))
    for field_name in OF_MEMBER:
        own = ctx.columns.col(field_name)
        if own is not None:
            for key, read in read_field(ctx, (row, own), field_name, ctx.grid.value(row, own)).items():
                values.setdefault(key, read)
                cells.setdefault(key, cell_name(row, own))
    relation = squash(shown(ctx.value(row, "relation")))
    if relation and relation not in words("blank"):
        values["relation"] = relations().get(relation, relation)
    id_col = ctx.columns.col("id_number")
    compare_with_id(ctx, (row, id_col) if id_col else None, values)
    adult = relation in words("adults") or relation in relations()
    role = "guardian" if adult else "child"
    if values:
        record = Record("person", ctx.sheet, row, values, cell_name(row, col), role, label, None, cells)
        ctx.records.append(record)
    ctx.take_row(row, except_for=("seq",))
