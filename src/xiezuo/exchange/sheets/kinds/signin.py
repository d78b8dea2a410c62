"""Sign-in sheets: the activity, the people who came, and those who were only counted."""

from __future__ import annotations

import re
from typing import Any

from ..cells import cell_name
from ..checks.same_person import check_same_attendees
from ..context import Cell, TableContext
from ..forms.find import Form, find_title
from ..forms.lists import Block, NameList, names_in
from ..forms.pairs import Pair, PairFinder
from ..grid import shown
from ..layout.profile import profile
from ..model import Record
from ..text import without_brackets
from ..values.counted import counted_people
from ..values.guardians import parse_guardian
from ..values.names import parse_name, split_names
from ..values.options import parse_yes_no
from ..values.ticks import parse_text
from ..values.visited import is_person
from ..vocabulary import table
from .person_fields import note_illegible, read_field, read_phone
from .signin_facts import read_activity, read_stated

OF_PERSON = ("nickname", "sex", "phone", "role", "note")
ONLY_NUMBERS = ("seq", "signature", "presence")
MOSTLY = 0.8  # share of the parts of a cell that must be people
LONG_NUMBER = re.compile(r"\d{7}")
LEADING_NUMBER = re.compile(r"^\d{1,3}[.、\s]*(?=[㐀-鿿]{2})")


def read_signin(ctx: TableContext, forms: list[Form], year: int | None) -> None:
    """An activity for each form, with everybody in its lists. ``year`` is for days written without one."""
    fields = table("kinds")["signin_sheets"]["facts"]
    for form in forms:
        activity = read_activity(ctx, form, fields, year, alone=len(forms) == 1)
        ctx.records.append(activity)
        here = sum(_read_list(ctx, names, activity) for names in form.lists)
        here += _read_attendees(ctx, form.by_field(fields).get("attendees"), activity)
        stated = read_stated(ctx, form, form.by_field(fields).get("stated_count"))
        if stated is not None:
            activity.values.setdefault("stated_count", stated[1])
            activity.cells.setdefault("stated_count", cell_name(*stated[0]))
            if (
                here
                and stated[1] != here
                and not any("count" in b.columns for names in form.lists for b in names.blocks)
            ):
                ctx.problem(stated[0], "total_mismatch", found=stated[1], expected=here)


def _read_list(ctx: TableContext, names: NameList, activity: Record) -> int:
    """Everybody in one list; the number of people it names or counts."""
    for block in names.blocks:
        if "sex" in block.columns:
            col = block.columns["sex"]
            ctx.columns.profiles[col] = profile(ctx.grid, col, names.rows)
    people: list[Record] = []
    counted = 0
    for block, at in _who_came(ctx, names):
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


def _who_came(ctx: TableContext, names: NameList) -> list[tuple[Block, Cell]]:
    """Everybody; where a column says who of those enrolled came, only they. The others are shown, not read."""
    listed = names_in(ctx.grid, names)
    came = {at: _is_here(ctx, block, at[0]) for block, at in listed}
    asked = any(came.values()) and any("presence" in block.columns for block in names.blocks)
    return [(block, at) for block, at in listed if came[at] or not asked or "presence" not in block.columns]


def _is_here(ctx: TableContext, block: Block, row: int) -> bool:
    value = ctx.grid.value(row, block.columns["presence"]) if "presence" in block.columns else None
    return value is not None and parse_yes_no(shown(value)) is not False


def _read_attendees(ctx: TableContext, pair: Pair | None, activity: Record) -> int:
    """参加人员：王一、李二、赵三: the names in one cell."""
    names = split_names(shown(pair.value)) if pair is not None and pair.is_filled else []
    if pair is None or len(names) < 2 or sum(is_person(name.strip()) for name in names) < MOSTLY * len(names):
        return 0
    ctx.taken(*pair.place)
    people = [record for name in names if (record := _person(ctx, Block(), pair.place, name, activity))]
    ctx.records += people
    return len(people)


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
    ctx.classified.update((row, col) for row in names.rows for col in cols)


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
