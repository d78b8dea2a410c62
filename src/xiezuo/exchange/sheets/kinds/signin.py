"""Sign-in sheets: the activity, the people who came, and those who were only counted."""

from __future__ import annotations

import re
from typing import Any

from ..cells import Value, cell_name
from ..checks.same_person import check_same_attendees
from ..context import Cell, TableContext
from ..forms.find import Form, find_title
from ..forms.lists import Block, NameList, names_in
from ..forms.pairs import Pair, PairFinder
from ..forms.signin import title_name
from ..grid import shown
from ..layout.profile import profile
from ..layout.totals import total_kind
from ..model import Record
from ..text import half, without_brackets
from ..values.counted import counted_people, stated_people
from ..values.dates import parse_date, resolved
from ..values.guardians import parse_guardian
from ..values.names import parse_name, split_names
from ..values.numbers import parse_number
from ..values.ticks import parse_text
from ..values.visited import is_person
from ..vocabulary import table
from .days import read_day
from .person_fields import note_illegible, read_field, read_phone

OF_PERSON = ("nickname", "sex", "phone", "role", "note")
ONLY_NUMBERS = ("seq", "signature")
DAY_IN_TEXT = re.compile(
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]|\d{4}[.\-/]\d{1,2}[.\-/]\d{1,2}|(?<![\d.])\d{1,2}\.\d{1,2}(?![\d.])"
)
LONG_NUMBER = re.compile(r"\d{7}")
LEADING_NUMBER = re.compile(r"^\d{1,3}[.、\s]*(?=[㐀-鿿]{2})")
Stated = tuple[Cell, int | float]


def read_signin(ctx: TableContext, forms: list[Form], year: int | None) -> None:
    """An activity for each form, with everybody in its lists. ``year`` is for days written without one."""
    fields = table("kinds")["signin_sheets"]["facts"]
    for form in forms:
        activity = _activity(ctx, form, form.by_field(fields), year, alone=len(forms) == 1)
        ctx.records.append(activity)
        here = sum(_read_list(ctx, names, activity) for names in form.lists)
        stated = _stated(ctx, form, form.by_field(fields).get("stated_count"))
        if stated is not None:
            activity.values.setdefault("stated_count", stated[1])
            activity.cells.setdefault("stated_count", cell_name(*stated[0]))
            if form.lists and stated[1] != here:
                ctx.problem(stated[0], "total_mismatch", found=stated[1], expected=here)


def _activity(ctx: TableContext, form: Form, pairs: dict[str, Pair], year: int | None, alone: bool) -> Record:
    values: dict[str, Any] = {}
    cells: dict[str, str] = {}
    for name, pair in pairs.items():
        if name in ("stated_count", "date", "date_end"):
            continue
        read = _other_day(pair.value, year) if name == "recorded_on" else parse_text(pair.value)
        if read is not None and pair.is_filled:
            values[name], cells[name] = read, cell_name(*pair.place)
            ctx.taken(*pair.place)
            for more in pair.more:
                ctx.taken(*more)
    _add_date(ctx, form, pairs, values, cells, year)
    _add_title(ctx, form, values, cells)
    at = _heading(form) if alone else _of_facts(form)
    return Record("activity", ctx.sheet, at[0], values, None if alone else cell_name(*at), cells=cells)


def _heading(form: Form) -> Cell:
    return form.title[0] if form.title else form.pairs[0].at if form.pairs else (form.rows[0], form.cols.start)


def _of_facts(form: Form) -> Cell:
    """The cell with the facts, where one cell holds several of them; else the heading."""
    inside = [pair.at for pair in form.pairs if pair.at == pair.place]
    return next((at for at in inside if inside.count(at) > 1), _heading(form))


def _add_date(
    ctx: TableContext,
    form: Form,
    pairs: dict[str, Pair],
    values: dict[str, Any],
    cells: dict[str, str],
    year: int | None,
) -> None:
    pair = pairs.get("date")
    if pair is None:
        for text, at in ((form.title[1], form.title[0]) if form.title else ("", None), (ctx.sheet, None)):
            day = _day_in(text, year)
            if day:
                values["date"] = day
                cells |= {"date": cell_name(*at)} if at else {}
                return
        return
    if not pair.is_filled:
        ctx.problem(pair.place, "date_missing")
        return
    ctx.taken(*pair.place)
    found = read_day(ctx, pair.place, pair.value, year)
    end = pairs.get("date_end")
    if end is not None and end.is_filled and "date" in found:
        found |= {"date_end": day} if (day := _other_day(end.value, int(found["date"][:4]))) else {}
        ctx.taken(*end.place)
    values |= found
    cells |= dict.fromkeys(found, cell_name(*pair.place))


def _day_in(text: str, year: int | None) -> str | None:
    """The day that a title or the name of a sheet carries."""
    match = DAY_IN_TEXT.search(half(text))
    return _other_day(match[0], year) if match else None


def _other_day(value: Value | None, year: int | None) -> str | None:
    start = parse_date(value).start
    day = resolved(start, year) if start else None
    return day.isoformat() if day else None


def _add_title(ctx: TableContext, form: Form, values: dict[str, Any], cells: dict[str, str]) -> None:
    if form.title is None or "name" in values:
        return
    words = table("words")
    name = title_name(form.title[1], words["signin_endings"], words["generic_titles"])
    if name:
        values["name"], cells["name"] = name, cell_name(*form.title[0])
        ctx.taken(*form.title[0])


def _stated(ctx: TableContext, form: Form, pair: Pair | None) -> Stated | None:
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


def _read_list(ctx: TableContext, names: NameList, activity: Record) -> int:
    """Everybody in one list; the number of people it names or counts."""
    for block in names.blocks:
        if "sex" in block.columns:
            col = block.columns["sex"]
            ctx.columns.profiles[col] = profile(ctx.grid, col, names.rows)
    people: list[Record] = []
    counted = 0
    for block, at in names_in(ctx.grid, names):
        text = shown(ctx.grid.own(*at))
        bare = without_brackets(text).strip()
        number = counted_people(bare) if bare else counted_people(text)
        if number is not None:
            counted += number
            _add_counted(ctx, at, text, number, activity)
        else:
            people += _add_people(ctx, block, at, text, activity)
    _classify_numbers(ctx, names)
    ctx.records += people
    check_same_attendees(ctx, people)
    return counted + len(people)


def _add_counted(ctx: TableContext, at: Cell, text: str, number: int, activity: Record) -> None:
    values = {"text": parse_text(text), "count": number}
    cell = cell_name(*at)
    ctx.records.append(
        Record("counted", ctx.sheet, at[0], values, cell, cells=dict.fromkeys(values, cell), part_of=activity.key)
    )
    ctx.problem(at, "counted_not_named", count=number)
    ctx.taken(*at)


def _add_people(ctx: TableContext, block: Block, at: Cell, text: str, activity: Record) -> list[Record]:
    several = split_names(text)
    if len(several) < 2 or not all(is_person(one.strip()) for one in several):
        several = [text]
    else:
        ctx.problem(at, "multiple_people_in_cell", count=len(several))
    found = [record for one in several if (record := _person(ctx, block, at, one, activity))]
    if found:
        ctx.taken(*at)
    return found


def _person(ctx: TableContext, block: Block, at: Cell, text: str, activity: Record) -> Record | None:
    told = parse_guardian(text) if LONG_NUMBER.search(text) else None
    name = told.name if told else parse_name(LEADING_NUMBER.sub("", text.strip()))
    note_illegible(ctx, at, name)
    values: dict[str, Any] = dict(name.values)
    values |= read_phone(ctx, at, told.phone) if told and values else {}
    cells = dict.fromkeys(values, cell_name(*at))
    if not values:
        return None
    for key in OF_PERSON:
        col = block.columns.get(key)
        value = ctx.grid.value(at[0], col) if col else None
        if col is None or value is None:
            continue
        own = ctx.grid.anchor(at[0], col)
        for found, read in read_field(ctx, own, key, value).items():
            values.setdefault(found, read)
            cells.setdefault(found, cell_name(*own))
        ctx.taken(*own)
    return Record("attendance", ctx.sheet, at[0], values, cell_name(*at), cells=cells, part_of=activity.key)


def _classify_numbers(ctx: TableContext, names: NameList) -> None:
    """Running numbers and signatures are no facts of their own."""
    cols = {block.columns[key] for block in names.blocks for key in ONLY_NUMBERS if key in block.columns}
    ctx.classified |= {(row, col) for row in names.rows for col in cols}


def read_signin_table(ctx: TableContext) -> None:
    """A list that people said is a sign-in list: its columns as they said, the facts in the rows above."""
    names = NameList(ctx.table.header.last, [_block(ctx)], ctx.table.data, ctx.table.last)
    if "name" not in names.blocks[0].columns:
        return
    rows = [row for row in ctx.grid.filled_rows() if row < ctx.table.header.first]
    form = Form(rows or [ctx.table.header.first], ctx.table.cols, lists=[names])
    finder = PairFinder(ctx.grid, rows)
    form.pairs, form.title = finder.pairs(), find_title(ctx.grid, rows, finder)
    read_signin(ctx, [form], ctx.year)


def _block(ctx: TableContext) -> Block:
    columns = {name: col for col, name in ctx.columns.fields.items()}
    headings = {col: path[-1] for col, path in ctx.table.header.paths.items()}
    if "name" not in columns and "signature" in columns:
        columns["name"] = columns.pop("signature")
    return Block(columns, headings or dict.fromkeys(columns.values(), ""))
