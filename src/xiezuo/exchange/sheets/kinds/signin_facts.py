"""What a sign-in sheet or an activity record says of the activity itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..cells import Value, cell_name
from ..context import Cell, TableContext
from ..forms.find import Form
from ..forms.pairs import Pair
from ..forms.signin import sheet_title, title_name
from ..grid import shown
from ..layout.totals import total_kind
from ..model import Record
from ..text import half
from ..values.counted import stated_people
from ..values.dates import parse_date, resolved
from ..values.numbers import parse_number
from ..values.ticks import parse_text
from ..vocabulary import table
from .days import dated, read_day

DAY_IN_TEXT = re.compile(
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]|\d{4}[.\-/]\d{1,2}[.\-/]\d{1,2}|(?<![\d.])\d{1,2}\.\d{1,2}(?![\d.])"
)
Stated = tuple[Cell, int | float]


def read_activity(ctx: TableContext, form: Form, fields: Mapping[str, str], year: int | None, alone: bool) -> Record:
    """The activity; ``alone``: the only one on its sheet, known by the row of its heading."""
    values: dict[str, Any] = {}
    cells: dict[str, str] = {}
    pairs = form.by_field(fields)
    for name, pair in pairs.items():
        if name in ("stated_count", "date", "date_end", "attendees"):
            continue
        read = _other_day(pair.value, year) if name == "recorded_on" else parse_text(pair.value)
        if read is not None and pair.is_filled:
            values[name], cells[name] = read, cell_name(*pair.place)
            ctx.taken(*pair.place)
            for at in pair.more:
                ctx.gave(*at)
    day = dated(form.asking_for("date", fields))
    found, source = _day(ctx, form, day, pairs.get("date_end"), year)
    values |= found
    cells |= dict.fromkeys(found, cell_name(*source)) if source else {}
    _add_title(ctx, form, values, cells)
    at = _heading(form) if alone else _of_facts(form)
    return Record("activity", ctx.sheet, at[0], values, None if alone else cell_name(*at), cells=cells)


def _heading(form: Form) -> Cell:
    return form.title[0] if form.title else form.pairs[0].at if form.pairs else (form.rows[0], form.cols.start)


def _of_facts(form: Form) -> Cell:
    """The cell with the facts, where one cell holds several of them; else the heading."""
    inside = [pair.at for pair in form.pairs if pair.at == pair.place]
    return next((at for at in inside if inside.count(at) > 1), _heading(form))


def _day(
    ctx: TableContext, form: Form, pair: Pair | None, end: Pair | None, year: int | None
) -> tuple[dict[str, str], Cell | None]:
    """date and date_end with their cell: beside its label, else in the title, else in the name of the sheet."""
    if pair is None or not pair.is_filled:
        titled = _day_in(form.title[1], year) if form.title else None
        if titled and form.title:
            return {"date": titled}, form.title[0]
        if pair is not None:
            ctx.problem(pair.place, "date_missing")
            return {}, None
        named = _day_in(ctx.sheet, year)
        return ({"date": named} if named else {}), None
    ctx.taken(*pair.place)
    found = read_day(ctx, pair.place, pair.value, year)
    if end is not None and end.is_filled and "date" in found:
        later = _other_day(end.value, int(found["date"][:4]))
        found |= {"date_end": later} if later else {}
        ctx.taken(*end.place)
    return found, pair.place


def _day_in(text: str, year: int | None) -> str | None:
    """The day that a title or the name of a sheet carries."""
    match = DAY_IN_TEXT.search(half(text))
    return _other_day(match[0], year) if match else None


def _other_day(value: Value | None, year: int | None) -> str | None:
    start = parse_date(value).start
    day = resolved(start, year) if start else None
    return day.isoformat() if day else None


def _add_title(ctx: TableContext, form: Form, values: dict[str, Any], cells: dict[str, str]) -> None:
    if "name" in values:
        return
    words = table("words")
    if form.title is None:
        named = sheet_title(ctx.sheet, words["signin_endings"], words["generic_titles"])
        values |= {"name": named} if named else {}
        return
    name = title_name(form.title[1], words["signin_endings"], words["generic_titles"])
    if name:
        values["name"], cells["name"] = name, cell_name(*form.title[0])
        ctx.taken(*form.title[0])


def read_stated(ctx: TableContext, form: Form, pair: Pair | None) -> Stated | None:
    """How many people the sheet says were there: at its label, or in a line below the names."""
    if pair is not None and pair.is_filled:
        number = parse_number(pair.value, "people", text_is_normal=True).value
        if number is None and isinstance(pair.value, str):
            number = stated_people(pair.value)
        if number is None:
            ctx.problem(pair.place, "value_unreadable", written=shown(pair.value))
            return None
        ctx.taken(*pair.place)
        return pair.place, number
    last = max((names.last for names in form.lists), default=0)
    for row in (row for row in form.rows if row > last):
        found = _total_in(ctx, form, row)
        if found:
            return found
    return None


def _total_in(ctx: TableContext, form: Form, row: int) -> Stated | None:
    """合计 with a number beside it, or 共38人."""
    waiting = False
    for col, value in sorted((c, v) for c, v in ctx.grid.rows[row].items() if c in form.cols):
        text = shown(value)
        number: int | float | None = stated_people(text) if isinstance(value, str) else None
        if number is None and waiting:
            number = parse_number(value, "people", text_is_normal=True).value
        if number is not None:
            ctx.taken(row, col)
            return (row, col), number
        waiting = waiting or total_kind(text) is not None
    return None
