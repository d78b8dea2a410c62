"""Intake forms: one client for each form, with the family in a table inside it or in words."""

from __future__ import annotations

from typing import Any

from ..cells import cell_name
from ..context import Cell, TableContext
from ..forms.find import Form
from ..forms.lists import Block, NameList, names_in
from ..grid import shown
from ..model import Record
from ..text import squash
from ..values.births import parse_birth
from ..values.names import parse_name
from ..values.phones import parse_phone
from ..values.ticks import parse_text
from ..vocabulary import relations, table
from .cases import read_case
from .filled import filled_cells
from .person_fields import note_illegible, read_phone


def read_case_forms(ctx: TableContext, forms: list[Form], _year: int | None) -> None:
    """A case for each form that says something of a client."""
    fields = table("kinds")["case_forms"]["fields"]
    for form in forms:
        cells = filled_cells(ctx, form, fields)
        values, where = read_case(ctx, cells)
        if not values:
            continue
        row = form.first
        cell = cell_name(*cells["name"][0]) if "name" in cells else cell_name(row, 1)
        case = Record("case", ctx.sheet, row, values, cell, cells=where)
        ctx.records.append(case)
        for names in form.lists:
            _read_members(ctx, names, case)


def _read_members(ctx: TableContext, names: NameList, case: Record) -> None:
    for block, at in names_in(ctx.grid, names):
        name = parse_name(shown(ctx.grid.own(*at)))
        note_illegible(ctx, at, name)
        values: dict[str, Any] = dict(name.values)
        cells = dict.fromkeys(values, cell_name(*at))
        for key, own in _own_cells(ctx, block, at):
            read = _read(ctx, own, key)
            if read is not None:
                values.setdefault(key, read)
                cells.setdefault(key, cell_name(*own))
                ctx.taken(*own)
        if name.values:
            record = Record("family_member", ctx.sheet, at[0], values, cell_name(*at), cells=cells, part_of=case.key)
            ctx.records.append(record)
            ctx.taken(*at)


def _own_cells(ctx: TableContext, block: Block, at: Cell) -> list[tuple[str, Cell]]:
    cells = [(key, ctx.grid.anchor(at[0], col)) for key, col in block.columns.items() if key != "name"]
    return [(key, own) for key, own in cells if ctx.grid.own(*own) is not None]


def _read(ctx: TableContext, at: Cell, key: str) -> Any:
    value = ctx.grid.own(*at)
    if key == "phone":
        return read_phone(ctx, at, parse_phone(value)).get("phone")
    if key == "age":
        return parse_birth(value, is_age_column=True).values.get("age")
    text = parse_text(value)
    return relations().get(squash(text), text) if key == "relation" and text else text
