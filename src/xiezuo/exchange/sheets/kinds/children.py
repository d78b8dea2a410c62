"""Children and clients: one a row, several in a cell, or several in columns of their own."""

from __future__ import annotations

import re
from typing import Any

from ..cells import Value, cell_name
from ..context import TableContext
from ..grid import shown
from ..layout.numbered import CHILD, FURTHER
from ..model import Record
from ..text import squash, tidy
from ..values.births import age_in
from ..values.names import parse_name, split_names
from .addresses import add_address
from .person_fields import compare_with_id, note_illegible, read_field
from .tags import read_tags

OF_CHILD = (
    "nickname",
    "sex",
    "birth_date",
    "age",
    "ethnic",
    "id_number",
    "phone",
    "school",
    "grade",
    "class_name",
    "client_no",
    "collector",
    "note",
)
OF_CLIENT = (*OF_CHILD, "address", "registered_on", "recorder")
SEVERAL = re.compile(r"[、，,/;；\n|]+")


def read_children(ctx: TableContext, row: int, fields: tuple[str, ...], household: str | None) -> None:
    """The child of a row, and those in further columns beside the first."""
    _read_child(ctx, row, "", fields, household)
    for number in FURTHER:
        if ctx.columns.col(f"{CHILD}{number}_name"):
            _read_child(ctx, row, f"{CHILD}{number}_", fields, household)


def _read_child(ctx: TableContext, row: int, prefix: str, fields: tuple[str, ...], household: str | None) -> None:
    """One child, or several where the name cell holds several names."""
    col = ctx.columns.col(f"{prefix}name")
    value = ctx.grid.value(row, col) if col else None
    if col is None or value is None or ctx.grid.anchor(row, col)[0] < row:
        return
    at = (row, col)
    names = split_names(shown(value)) or [shown(value)]
    if len(names) > 1:
        ctx.problem(at, "multiple_people_in_cell", count=len(names))
    for i, written in enumerate(names):
        name = parse_name(written)
        note_illegible(ctx, at, name)
        values: dict[str, Any] = dict(name.values)
        cells = {key: cell_name(*at) for key in values}
        for field_name in fields:
            _add_field(ctx, row, prefix, field_name, i, len(names), values, cells)
        if not prefix:
            read_tags(ctx, [row], values, cells)
        if values and "address" in fields:
            add_address(ctx, [row], values, cells)
        if values:
            add_age_beside_name(ctx, at, i, values, cells)
            person = Record("person", ctx.sheet, row, values, cell_name(*at), "child", household, None, cells)
            ctx.records.append(person)
        id_col = ctx.columns.col(f"{prefix}id_number")
        compare_with_id(ctx, (row, id_col) if id_col else None, values)


def _add_field(
    ctx: TableContext, row: int, prefix: str, name: str, i: int, n: int, values: dict[str, Any], cells: dict[str, str]
) -> None:
    col = ctx.columns.col(f"{prefix}{name}")
    value = ctx.grid.value(row, col) if col else None
    if col is None or value is None:
        return
    own, shared = part_of(value, i, n) if name != "note" else (value, False)
    for key, read in read_field(ctx, ctx.grid.anchor(row, col), name, own, shared).items():
        if key not in values:
            values[key] = read
            cells[key] = cell_name(*ctx.grid.anchor(row, col))


def part_of(value: Value, i: int, n: int) -> tuple[Value, bool]:
    """What a cell says of the i-th of n people, and whether it says the same of all of them."""
    if n == 1:
        return value, False
    parts = [part for part in SEVERAL.split(shown(value)) if part.strip()]
    return (value, True) if len(parts) != n else (tidy(parts[i]), False)


def add_age_beside_name(
    ctx: TableContext, at: tuple[int, int], i: int, values: dict[str, Any], cells: dict[str, str]
) -> None:
    """王一（8岁）: under a heading that asks for names and ages, the age is the person's."""
    heading = squash("".join(ctx.table.header.paths.get(at[1], ())))
    if "年龄" not in heading or any(key.startswith("birth") or key == "age" for key in values):
        return
    ages = age_in(shown(ctx.grid.own(*at)))
    names = split_names(shown(ctx.grid.own(*at)))
    if len(ages) == max(1, len(names)):
        values["age"] = ages[i]
        cells["age"] = cell_name(*at)
