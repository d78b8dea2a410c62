"""Registers of families and lists of clients: children, their guardians, and households over several rows."""

from __future__ import annotations

import re
from typing import Any

from ..cells import Value, cell_name
from ..checks.same_person import check_same_children
from ..context import TableContext
from ..fields import tag_name
from ..grid import shown
from ..layout.household_lines import FAMILY_LINES, household_lines
from ..model import Record
from ..text import squash, tidy
from ..values.guardians import Guardian, parse_guardian, split_guardians
from ..values.names import clean_name, parse_name, split_names
from ..values.ticks import parse_tick
from ..vocabulary import relations, table, words
from .families import read_families
from .households import household_blocks
from .person_fields import compare_with_id, note_illegible, read_field, read_id, read_phone

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
ROLES = ("father", "mother", "carer", "guardian")
ATTRIBUTES = ("phone", "id_number", "sex")
SEVERAL = re.compile(r"[、，,/;；\n|]+")


def read_register(ctx: TableContext) -> None:
    """Children, guardians and households, block by block."""
    lines = household_lines(ctx.grid, ctx.table)
    if len(lines) >= FAMILY_LINES:
        read_families(ctx, lines)
        return
    for rows in household_blocks(ctx):
        label = f"户{rows[0]}"
        for row in rows:
            _read_children(ctx, row, OF_CHILD, label)
        for row in rows:
            _read_guardians(ctx, row, rows, label)
        _read_household(ctx, rows, label)
    check_same_children(ctx)


def read_clients(ctx: TableContext) -> None:
    """One client per row; a guardian is only named."""
    for row in ctx.table.data:
        _read_children(ctx, row, (*OF_CHILD, "address", "registered_on"), None)
        record = ctx.records[-1] if ctx.records and ctx.records[-1].row == row else None
        col = ctx.columns.col("guardian")
        if record is not None and col is not None:
            name = clean_name(shown(ctx.grid.value(row, col)))
            if name and squash(name) not in words("unknown") | words("absent_person") | words("blank"):
                record.values["guardian"] = name
                record.cells["guardian"] = cell_name(row, col)
        if record is not None:
            _add_relation(ctx, row, record.values, record.cells)
        ctx.take_row(row, except_for=("seq",))


def _read_children(ctx: TableContext, row: int, fields: tuple[str, ...], household: str | None) -> None:
    """The child of a row, or several where the name cell holds several names."""
    col = ctx.columns.col("name")
    value = ctx.grid.value(row, col) if col else None
    if col is None or value is None or ctx.grid.anchor(row, col)[0] < row:
        _mark(ctx, row)
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
            _add_field(ctx, row, field_name, i, len(names), values, cells)
        _add_tags(ctx, row, values, cells)
        if values:
            ctx.records.append(
                Record("person", ctx.sheet, row, values, cell_name(*at), "child", household, None, cells)
            )
        id_col = ctx.columns.col("id_number")
        compare_with_id(ctx, (row, id_col) if id_col else None, values)
    _mark(ctx, row)


def _add_field(
    ctx: TableContext, row: int, name: str, i: int, n: int, values: dict[str, Any], cells: dict[str, str]
) -> None:
    col = ctx.columns.col(name)
    value = ctx.grid.value(row, col) if col else None
    if col is None or value is None:
        return
    own: Value | None = value
    shared = False
    if n > 1 and name != "note":
        parts = [part for part in SEVERAL.split(shown(value)) if part.strip()]
        shared = len(parts) != n
        own = value if shared else tidy(parts[i])
    found = read_field(ctx, ctx.grid.anchor(row, col), name, own, shared)
    for key, read in found.items():
        if key not in values:
            values[key] = read
            cells[key] = cell_name(*ctx.grid.anchor(row, col))


def _add_tags(ctx: TableContext, row: int, values: dict[str, Any], cells: dict[str, str]) -> None:
    tags: list[str] = []
    for col, name in ctx.columns.fields.items():
        value = ctx.grid.value(row, col)
        if value is None:
            continue
        if name.startswith("tag_"):
            ticked = parse_tick(value)
            if ticked is None:
                ctx.problem((row, col), "value_unreadable", written=shown(value))
                ctx.not_read(row, col)
            found = [name.removeprefix("tag_")] if ticked else []
        elif name == "tags" and not of_household(ctx):
            found = [tag_name(part) for part in SEVERAL.split(shown(value)) if squash(part) not in words("blank")]
        else:
            continue
        tags += [tag for tag in found if tag and tag not in tags]
        if found:
            cells["tags"] = cell_name(*ctx.grid.anchor(row, col))
    if tags:
        values["tags"] = tags


def of_household(ctx: TableContext) -> bool:
    """家庭情况, 家庭类型: words about the family, which are not each child's."""
    col = ctx.columns.col("tags")
    heading = "".join(ctx.table.header.paths.get(col, ())) if col else ""
    return ctx.kind == "client_register" and any(word in heading for word in ("家庭", "户"))


def _read_guardians(ctx: TableContext, row: int, rows: list[int], label: str) -> None:
    for role in ROLES:
        col = ctx.columns.col(role) or ctx.columns.col(f"{role}_name")
        if col is None:
            continue
        anchor = ctx.grid.anchor(row, col)
        value = ctx.grid.own(row, col)
        if anchor != (row, col) or (value is None and not _has_attributes(ctx, row, role)):
            continue
        if value is not None and _repeated(ctx, rows, row, col):
            continue
        relation = table("roles")["relation_of"].get(role)
        parts = split_guardians(shown(value))
        if len(parts) > 1:
            ctx.problem(anchor, "multiple_people_in_cell", count=len(parts))
        for i, part in enumerate(parts):
            _add_guardian(ctx, anchor, parse_guardian(part, relation), role, label, (i, len(parts)))


def _has_attributes(ctx: TableContext, row: int, role: str) -> bool:
    """A telephone or number without a name beside it is somebody all the same."""
    return any(ctx.value(row, f"{role}_{attribute}") is not None for attribute in ATTRIBUTES)


def _repeated(ctx: TableContext, rows: list[int], row: int, col: int) -> bool:
    """The same guardian written again beside a brother or sister."""
    return any(squash(shown(ctx.grid.own(r, col))) == squash(shown(ctx.grid.own(row, col))) for r in rows if r < row)


def _add_guardian(
    ctx: TableContext, at: tuple[int, int], person: Guardian, role: str, label: str, place: tuple[int, int]
) -> None:
    row, col = at
    cells = {key: cell_name(row, col) for key in person.values}
    values: dict[str, Any] = dict(person.values)
    read_id(ctx, at, person.id_number)
    read_phone(ctx, at, person.phone)
    note_illegible(ctx, at, person.name)
    if person.rest:
        ctx.problem(at, "value_unreadable", "info", written=" ".join(person.rest))
    for attribute in ATTRIBUTES:
        own = ctx.columns.col(f"{role}_{attribute}")
        if own and (value := ctx.grid.value(row, own)) is not None:
            for key, read in read_field(ctx, (row, own), attribute, value).items():
                values.setdefault(key, read)
                cells[key] = cell_name(row, own)
            ctx.taken(row, own)
    if role == "guardian":
        _add_relation(ctx, row, values, cells, place)
    if person.exists or set(values) - {"relation"}:
        record = Record("person", ctx.sheet, row, values, cell_name(row, col), "guardian", label, None, cells)
        ctx.records.append(record)
    ctx.taken(row, col)


def _add_relation(
    ctx: TableContext, row: int, values: dict[str, Any], cells: dict[str, str], place: tuple[int, int] = (0, 1)
) -> None:
    """The guardian's relation to the child, from a column of its own; the n-th of several in a cell for the n-th."""
    col = ctx.columns.col("relation")
    written = squash(shown(ctx.grid.value(row, col))) if col else ""
    parts = [part for part in SEVERAL.split(written) if part]
    if place[1] > 1 and len(parts) == place[1]:
        written = parts[place[0]]
    if col and written and written not in words("blank"):
        values["relation"] = relations().get(written, written)
        cells["relation"] = cell_name(row, col)
        ctx.taken(row, col)


def _read_household(ctx: TableContext, rows: list[int], label: str) -> None:
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
            if ctx.grid.own(row, col) is not None:
                ctx.taken(row, col)
    tags = _household_tags(ctx, rows)
    if tags:
        values["tags"] = tags
        cells["tags"] = ctx.cell(rows[0], "tags") or ""
    if values and any(record.household == label for record in ctx.records[-30:]):
        span = [rows[0], rows[-1]]
        ctx.records.append(Record("household", ctx.sheet, rows[0], values, None, None, label, span, cells))


def _household_tags(ctx: TableContext, rows: list[int]) -> list[str]:
    """What a column about the family says of it."""
    col = ctx.columns.col("tags") if of_household(ctx) else None
    if col is None:
        return []
    _, value = _first_filled(ctx, rows, col)
    for row in rows:
        if ctx.grid.own(row, col) is not None:
            ctx.taken(row, col)
    return [tag_name(part) for part in SEVERAL.split(shown(value)) if part and squash(part) not in words("blank")]


def _first_filled(ctx: TableContext, rows: list[int], col: int) -> tuple[tuple[int, int], Value | None]:
    for row in rows:
        value = ctx.grid.value(row, col)
        if value is not None:
            return ctx.grid.anchor(row, col), value
    return (rows[0], col), None


def _mark(ctx: TableContext, row: int) -> None:
    """Cells of the row that belong to the person: imported."""
    for col, name in ctx.columns.fields.items():
        if name not in OF_HOUSEHOLD and not name.startswith(ROLES) and ctx.grid.own(row, col) is not None:
            ctx.taken(row, col)
