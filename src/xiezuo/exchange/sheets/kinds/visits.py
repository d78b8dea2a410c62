"""Home visits, one per row: who was visited, who went, what they found, and when they come again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..cells import Value, cell_name
from ..context import Cell, TableContext
from ..grid import shown
from ..model import Record
from ..text import squash
from ..values.chinese import chinese_number
from ..values.guardians import parse_guardian
from ..values.options import parse_yes_no
from ..values.ticks import parse_text
from ..values.visited import parse_visited, split_visitors
from ..vocabulary import words
from .activity_dates import DateReader
from .days import day_after
from .person_fields import note_illegible, read_field, read_phone

TEXTS = ("visit_no", "address", "narrative", "problem", "plan", "supervisor_note")
PEOPLE = ("child", "guardian", "visitor_1", "visitor_2")
OWN = ("date", "name", "visit_no", "child")
NTH = re.compile(r"第?(\d{1,3}|[一二两三四五六七八九十]{1,3})[次回]")
LONG_NUMBER = re.compile(r"\d{7}")
Cells = Mapping[str, tuple[Cell, Value | None]]


def read_visits(ctx: TableContext) -> None:
    """Every row is a visit, except one that only goes on with the text above it."""
    dates = DateReader(ctx)
    for row in ctx.table.data:
        if ctx.records and _only_goes_on(ctx, row):
            _continue(ctx, ctx.records[-1], row)
            continue
        cells = {
            name: (ctx.grid.anchor(row, col), ctx.grid.value(row, col)) for col, name in ctx.columns.fields.items()
        }
        found = dates.read(row, {}, dates.is_written(row))
        values, where = read_visit(ctx, cells, found, dates.period[row] or dates.around[row])
        if values:
            ctx.records.append(Record("visit", ctx.sheet, row, values, _record_cell(ctx, row), cells=where))
            ctx.take_row(row, except_for=("seq",))


def _only_goes_on(ctx: TableContext, row: int) -> bool:
    """Whether the row has neither day, name nor number, not even of a merged cell."""
    cols = [col for name in OWN if (col := ctx.columns.col(name))]
    return not any(_filled(ctx.grid.own(row, col)) or ctx.grid.is_merged(row, col) for col in cols)


def read_visit(
    ctx: TableContext, cells: Cells, dates: dict[str, str], year: int | None
) -> tuple[dict[str, Any], dict[str, str]]:
    """Values of one visit and their cells; ``dates`` are already read."""
    values: dict[str, Any] = dict(dates)
    sources = dict.fromkeys(dates, "date")
    for name in (n for n in TEXTS if n in cells):
        values[name] = parse_text(cells[name][1])
    if values.get("visit_no"):
        values["visit_no"] = _bare_count(values["visit_no"])
    _add_people(ctx, cells, values, sources)
    if "phone" in cells:
        values |= read_field(ctx, cells["phone"][0], "phone", cells["phone"][1])
    _add_follow_up(ctx, cells, values, year)
    values = {name: value for name, value in values.items() if value not in (None, [])}
    if len(values) <= ("follow_up" in values):
        return {}, {}
    where = {name: cell_name(*cells[sources.get(name, name)][0]) for name in values if sources.get(name, name) in cells}
    return values, where


def _bare_count(written: str) -> str:
    """第2次, 2次 and 第二次 → 2; any other number of a visit as written."""
    match = NTH.fullmatch(squash(written))
    number = (float(match[1]) if match[1].isdigit() else chinese_number(match[1])) if match else None
    return written if number is None else str(int(number))


def _add_people(ctx: TableContext, cells: Cells, values: dict[str, Any], sources: dict[str, str]) -> None:
    if "name" in cells:
        at, value = cells["name"]
        told = parse_guardian(shown(value)) if LONG_NUMBER.search(shown(value)) else None
        name = parse_visited(told.name.name or told.name.nickname or "") if told else parse_visited(shown(value))
        values |= read_phone(ctx, at, told.phone) if told else {}
        sources["phone"] = "name" if told else "phone"
        note_illegible(ctx, at, name)
        values |= name.values
        sources["nickname"] = "name" if name.nickname else "nickname"
        if not name.values:
            ctx.problem(at, "missing_required")
    if "nickname" in cells:
        values.setdefault("nickname", parse_text(cells["nickname"][1]))
    for key in PEOPLE:
        if key in cells and _filled(cells[key][1]):
            values[key] = "、".join(split_visitors(shown(cells[key][1])))
    if "visitors" in cells and _filled(cells["visitors"][1]):
        values["visitors"] = split_visitors(shown(cells["visitors"][1]))


def _add_follow_up(ctx: TableContext, cells: Cells, values: dict[str, Any], year: int | None) -> None:
    if "follow_up" in cells:
        at, value = cells["follow_up"]
        needed = parse_yes_no(shown(value)) if _filled(value) else False
        values["follow_up"] = needed
        if needed is None:
            ctx.problem(at, "value_unreadable", written=shown(value))
            ctx.not_read(*at)
    for name in ("follow_up_on", "next_visit"):
        if name in cells and _filled(cells[name][1]):
            at, value = cells[name]
            day = day_after(value, values.get("date"), year)
            values[name] = day or parse_text(value)


def _continue(ctx: TableContext, record: Record, row: int) -> None:
    """A text that was split over several rows."""
    for col, name in ctx.columns.fields.items():
        text = parse_text(ctx.grid.own(row, col))
        if text is not None and name in TEXTS:
            record.values[name] = "\n".join(filter(None, (record.values.get(name), text)))
            record.cells.setdefault(name, cell_name(row, col))
            ctx.gave(row, col)


def _record_cell(ctx: TableContext, row: int) -> str | None:
    """The name; where one name cell spans several visits, the date."""
    for name in ("name", "child"):
        col = ctx.columns.col(name)
        if col is not None and ctx.grid.anchor(row, col) == (row, col) and not _spans_rows(ctx, row, col):
            return cell_name(row, col)
    return ctx.cell(row, "date") or ctx.cell(row, "name") or ctx.cell(row, "child")


def _spans_rows(ctx: TableContext, row: int, col: int) -> bool:
    span = ctx.grid.span_from(row, col)
    return span is not None and span[2] > row


def _filled(value: Value | None) -> bool:
    text = squash(shown(value))
    return bool(text) and text not in words("blank")
