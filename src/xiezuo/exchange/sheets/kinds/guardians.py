"""Guardians in a register: everything in one cell, or name, telephone and number in columns of their own."""

from __future__ import annotations

from typing import Any

from ..cells import cell_name
from ..context import TableContext
from ..grid import shown
from ..model import Record
from ..text import squash, tidy
from ..values.guardians import Guardian, parse_guardian, split_guardians
from ..vocabulary import relations, table, words
from .children import SEVERAL, part_of
from .person_fields import compare_with_id, note_illegible, read_field, read_id, read_phone

ROLES = ("father", "mother", "carer", "guardian", "guardian2")
ATTRIBUTES = ("phone", "id_number", "sex", "birth_date", "age", "nickname")


def read_guardians(ctx: TableContext, row: int, rows: list[int], label: str) -> None:
    """The guardians that a row of a household names."""
    for role in ROLES:
        col = ctx.columns.col(role) or ctx.columns.col(f"{role}_name")
        if col is None:
            continue
        anchor = ctx.grid.anchor(row, col)
        value = ctx.grid.own(row, col)
        if anchor != (row, col) or (value is None and not _has_attributes(ctx, row, role)):
            continue
        if value is not None and _repeated(ctx, rows, row, col):
            ctx.gave(row, col)
            _take_attributes(ctx, rows, row, role)
            continue
        relation = table("roles")["relation_of"].get(role)
        parts = split_guardians(shown(value))
        if len(parts) > 1:
            ctx.problem(anchor, "multiple_people_in_cell", count=len(parts))
        for i, part in enumerate(parts):
            _add_guardian(ctx, anchor, parse_guardian(part, relation), role, label, (i, len(parts)))


def _has_attributes(ctx: TableContext, row: int, role: str) -> bool:
    """A telephone or number without a name beside it is somebody all the same."""
    cells = ((row, col) for attribute in ATTRIBUTES if (col := ctx.columns.col(f"{role}_{attribute}")))
    return any(ctx.grid.own(*at) is not None and squash(shown(ctx.grid.own(*at))) not in words("blank") for at in cells)


def _repeated(ctx: TableContext, rows: list[int], row: int, col: int) -> bool:
    """The same guardian written again beside a brother or sister."""
    return any(squash(shown(ctx.grid.own(r, col))) == squash(shown(ctx.grid.own(row, col))) for r in rows if r < row)


def _take_attributes(ctx: TableContext, rows: list[int], row: int, role: str) -> None:
    """What stands beside a guardian written again; where it says something new, it is left to be reported."""
    for attribute in (*ATTRIBUTES, "relation", "name"):
        col = ctx.columns.col(f"{role}_{attribute}")
        if col and ctx.grid.own(row, col) is not None:
            (ctx.gave if _repeated(ctx, rows, row, col) else ctx.taken)(row, col)


def _add_guardian(
    ctx: TableContext, at: tuple[int, int], person: Guardian, role: str, label: str, place: tuple[int, int]
) -> None:
    row, col = at
    cells = {key: cell_name(row, col) for key in person.values}
    values: dict[str, Any] = dict(person.values)
    read_id(ctx, at, person.id_number)
    read_phone(ctx, at, person.phone)
    note_illegible(ctx, at, person.name)
    number_at = at
    if person.rest:
        ctx.problem(at, "value_unreadable", "info", written=" ".join(person.rest))
    for attribute in ATTRIBUTES:
        own = ctx.columns.col(f"{role}_{attribute}")
        if own and (value := ctx.grid.value(row, own)) is not None:
            part, shared = part_of(value, *place)
            for key, read in read_field(ctx, ctx.grid.anchor(row, own), attribute, part, shared).items():
                values.setdefault(key, read)
                cells[key] = cell_name(*ctx.grid.anchor(row, own))
            ctx.taken(row, own)
            if attribute == "id_number":
                number_at = ctx.grid.anchor(row, own)
    compare_with_id(ctx, number_at, values)
    of_role = f"{role}_relation"
    if ctx.columns.col(of_role) or role == "guardian":
        add_relation(ctx, row, values, cells, place, of_role if ctx.columns.col(of_role) else "relation")
    if person.exists or set(values) - {"relation"}:
        record = Record("person", ctx.sheet, row, values, cell_name(row, col), "guardian", label, None, cells)
        ctx.records.append(record)
    ctx.taken(row, col)


def add_relation(
    ctx: TableContext,
    row: int,
    values: dict[str, Any],
    cells: dict[str, str],
    place: tuple[int, int] = (0, 1),
    name: str = "relation",
) -> None:
    """The relation from a column of its own; where a cell holds several people, the n-th is that of the n-th."""
    col = ctx.columns.col(name)
    written = tidy(shown(ctx.grid.value(row, col))) if col else ""
    parts = [part for part in SEVERAL.split(written) if part]
    if place[1] > 1 and len(parts) == place[1]:
        written = tidy(parts[place[0]])
    if col and written and squash(written) not in words("blank"):
        values["relation"] = relations().get(squash(written), written)
        cells["relation"] = cell_name(row, col)
        ctx.taken(row, col)
