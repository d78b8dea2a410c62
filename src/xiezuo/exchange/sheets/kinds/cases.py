"""Intake of a case: what the form or the row of a list says of one client."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..cells import Value, cell_name
from ..context import Cell, TableContext
from ..grid import shown
from ..model import Record
from ..text import squash
from ..values.dates import parse_date, resolved
from ..values.names import parse_name
from ..values.options import chosen, parse_options, parse_yes_no
from ..values.ticks import parse_sex, parse_text
from ..vocabulary import words
from .person_fields import compare_with_id, note_illegible, read_field

OF_PERSON = ("birth_date", "age", "id_number", "phone", "ethnic")
TEXTS = (
    "case_no",
    "worker",
    "nickname",
    "address",
    "hukou",
    "source",
    "occupation",
    "economic",
    "family",
    "problem",
    "assessment",
    "goals",
    "plan",
    "risk",
    "decision",
    "supervisor_opinion",
)
SEVERAL = re.compile(r"[、，,;；/\n]+")
Cells = Mapping[str, tuple[Cell, Value | None]]


def read_case_list(ctx: TableContext) -> None:
    """Cases kept as a list: one per row."""
    for row in ctx.table.data:
        cells = {
            name: (ctx.grid.anchor(row, col), ctx.grid.value(row, col)) for col, name in ctx.columns.fields.items()
        }
        values, where = read_case(ctx, cells)
        if {"name", "nickname", "problem"} & set(values):
            cell = cell_name(*cells["name"][0])
            ctx.records.append(Record("case", ctx.sheet, row, values, cell, cells=where))
        ctx.take_row(row, except_for=("seq",))


def read_case(ctx: TableContext, cells: Cells) -> tuple[dict[str, Any], dict[str, str]]:
    """Values of one case and their cells, from the cells of its fields."""
    values: dict[str, Any] = {}
    where: dict[str, str] = {}
    for name, (at, value) in cells.items():
        found = _read(ctx, at, name, value)
        values |= {key: read for key, read in found.items() if key not in values or key == name}
        where |= dict.fromkeys(found, cell_name(*at))
    compare_with_id(ctx, cells["id_number"][0] if "id_number" in cells else None, values)
    return values, where


def _read(ctx: TableContext, at: Cell, name: str, value: Value | None) -> dict[str, Any]:
    text = squash(shown(value))
    if value is None or name == "seq" or not text or text in words("blank"):
        return {}
    if name == "name":
        called = parse_name(shown(value))
        note_illegible(ctx, at, called)
        return dict(called.values)
    if name in OF_PERSON:
        return read_field(ctx, at, name, chosen(value))
    read: Any = None
    if name == "sex":
        read = parse_sex(chosen(value))
    elif name == "intake_date":
        start = parse_date(value).start
        day = resolved(start, ctx.year) if start else None
        read = day.isoformat() if day else None
    elif name == "crisis":
        read = parse_yes_no(shown(value))
    elif name == "needs":
        read = _several(shown(value))
    elif name in TEXTS:
        read = parse_text(chosen(value))
    if read in (None, []):
        return _unread(ctx, at, value)
    return {name: read}


def _several(text: str) -> list[str]:
    options = parse_options(text)
    if options is not None:
        return options.ticked
    parts = [part.strip(" 。.") for part in SEVERAL.split(text)]
    return [part for part in parts if part and squash(part) not in words("blank")]


def _unread(ctx: TableContext, at: Cell, value: Value) -> dict[str, Any]:
    """Boxes of which none is ticked say nothing; other text that gave no value is shown."""
    options = parse_options(value) if isinstance(value, str) else None
    if options is None or options.ticked:
        ctx.problem(at, "value_unreadable", written=shown(value))
        ctx.not_read(*at)
    return {}
