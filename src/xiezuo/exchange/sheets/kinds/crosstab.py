"""Hours as a grid: people down and days across, or days down and people across."""

from __future__ import annotations

from typing import Any

from ..cells import cell_name
from ..checks.activity_rows import TOLERANCE
from ..checks.same_person import check_same_helpers
from ..context import TableContext
from ..grid import shown
from ..layout.headings import EXACT, Path, path_concepts
from ..model import Record
from ..text import squash
from ..values.hours import Hours, parse_hours
from ..values.names import Name, parse_name
from ..values.numbers import parse_number
from ..values.phones import parse_phone
from ..values.ticks import parse_text
from ..vocabulary import words
from .activity_dates import DATE_PARTS, DateReader
from .crosstab_days import days_across
from .person_fields import note_illegible
from .volunteers import volunteer_of

Told = dict[str, Any]


def read_crosstab(ctx: TableContext) -> None:
    """A volunteer for each person, and their hours for each day that has a mark."""
    across = ctx.table.header.across
    cols = across.cols if across else ()
    ctx.sums = dict.fromkeys([*cols, *([own] if (own := ctx.columns.col("sum")) else [])], "hours")
    if across and across.kind == "people":
        _days_down(ctx, cols)
    else:
        _people_down(ctx, cols)


def _people_down(ctx: TableContext, cols: tuple[int, ...]) -> None:
    days = days_across(ctx) if cols else {}
    person: Record | None = None
    for row in ctx.table.data:
        col = ctx.columns.col("name")
        if col is None or ctx.grid.anchor(row, col)[0] == row:
            person = volunteer_of(ctx, row)
            ctx.records += [person] if person else []
            _own_total(ctx, person)
        parts = [_hours(ctx, row, own, days[own], person) for own in cols]
        _compare_sum(ctx, row, parts)
        ctx.take_row(row, except_for=("seq", "sum"))
    check_same_helpers(ctx)


def _own_total(ctx: TableContext, person: Record | None) -> None:
    """个人合计 and 合计时数 are figures of the person; 合计 alone only adds up the row."""
    col = ctx.columns.col("sum")
    if person is None or col is None or not _is_of_the_person(ctx.table.header.paths.get(col, ())):
        return
    hours = parse_hours(ctx.grid.value(person.row, col)).value
    if hours is not None:
        person.values["hours"] = hours
        person.cells["hours"] = cell_name(person.row, col)


def _is_of_the_person(path: Path) -> bool:
    heading = squash("".join(path))
    return any(word in heading for word in words("of_the_person")) or path_concepts(path).get("hours", 0.0) >= EXACT


def _days_down(ctx: TableContext, cols: tuple[int, ...]) -> None:
    groups = _groups_above(ctx, cols)
    people = {col: _person_above(ctx, col, groups.get(col, "")) for col in cols}
    dates = DateReader(ctx)
    for row in ctx.table.data:
        day = dates.day(row)
        activity = parse_text(ctx.value(row, "activity"))
        told: Told = ({"date": day} if day else {}) | ({"activity": activity} if activity else {})
        dates.check_weekday(row, day)
        parts = [_hours(ctx, row, col, told, people[col]) for col in cols]
        _compare_sum(ctx, row, parts)
        ctx.take_row(row, except_for=("seq", "sum", "month", "weekday"))
        if any(part is not None for part in parts):
            ctx.gave_fields(row, (*(DATE_PARTS if day else ()), *(("activity",) if activity else ())))


def _groups_above(ctx: TableContext, cols: tuple[int, ...]) -> dict[int, str]:
    """Column → what stands over its person's name; where one heading stands over all it is no group."""
    header, across = ctx.table.header, ctx.table.header.across
    assert across
    if across.row == header.first:
        return {}
    above = {col: ctx.grid.value(across.row - 1, col) for col in cols}
    told = {col: parse_text(value) for col, value in above.items() if isinstance(value, str)}
    return {col: text for col, text in told.items() if text} if len(set(told.values())) > 1 else {}


def _person_above(ctx: TableContext, col: int, group: str) -> Record | None:
    """The volunteer whom a heading names, with the group over it and the telephone or group written under it."""
    header, across = ctx.table.header, ctx.table.header.across
    assert across
    at = ctx.grid.anchor(across.row, col)
    name = parse_name(shown(ctx.grid.own(*at)))
    if name == Name():
        return None
    note_illegible(ctx, at, name)
    values: Told = dict(name.values) | ({"group": group} if group else {})
    ctx.taken(*at)
    if group:
        ctx.taken(*ctx.grid.anchor(across.row - 1, col))
    for row in range(across.row + 1, header.last + 1):
        value = ctx.grid.own(row, col)
        if value is None or ctx.grid.anchor(row, col) == at:
            continue
        phone = parse_phone(value)
        found = {"phone": phone.value} if phone.value else {"group": text} if (text := parse_text(value)) else {}
        new = {key: read for key, read in found.items() if key not in values}
        values |= new
        (ctx.gave if new else ctx.taken)(row, col)
    person = Record("volunteer", ctx.sheet, at[0], values, cell_name(*at))
    person.cells = dict.fromkeys(values, cell_name(*at))
    if group:
        person.cells["group"] = cell_name(*ctx.grid.anchor(across.row - 1, col))
    ctx.records.append(person)
    return person


def _hours(ctx: TableContext, row: int, col: int, told: Told, person: Record | None) -> float | None:
    """One cell of the grid; the hours it gives, for the sum of its row."""
    if ctx.grid.anchor(row, col) != (row, col):
        return None
    at = (row, col)
    hours = parse_hours(ctx.grid.own(*at))
    if hours.problem:
        ctx.problem(at, hours.problem, **_details(ctx, at, hours))
    if not hours.came:
        ctx.not_read(*at)
        return None
    if hours.value is not None:
        ctx.numbers[at] = hours.value
    comment = ctx.grid.comments.get(at) or hours.note
    values = told | ({"hours": hours.value} if hours.value is not None else {})
    values |= {"comment": parse_text(comment)} if comment and parse_text(comment) else {}
    record = Record("service_hours", ctx.sheet, row, values, cell_name(*at))
    record.cells = dict.fromkeys(values, cell_name(*at))
    _point(ctx, record, person)
    ctx.records.append(record)
    ctx.taken(*at)
    return hours.value


def _details(ctx: TableContext, at: tuple[int, int], hours: Hours) -> dict[str, Any]:
    return {"written": shown(ctx.grid.own(*at))} if hours.value is None else {"value": hours.value}


def _point(ctx: TableContext, record: Record, person: Record | None) -> None:
    """Say whose hours these are: by row where people stand down, by their heading where they stand across."""
    if person is None:
        return
    record.part_of = person.key
    if ctx.table.header.across and ctx.table.header.across.kind == "days":
        record.volunteer_row = person.row
    else:
        record.volunteer_cell = person.cell


def _compare_sum(ctx: TableContext, row: int, parts: list[float | None]) -> None:
    """The sum written at the row's end against its cells."""
    col = ctx.columns.col("sum")
    if col is None:
        return
    own_total = any(record.cells.get("hours") == cell_name(row, col) for record in ctx.records[-len(parts) - 1 :])
    (ctx.imported if own_total else ctx.classified).add((row, col))
    written = parse_number(ctx.grid.own(row, col), "hours", text_is_normal=True)
    if written.problem == "formula_error":
        ctx.problem((row, col), "formula_error")
    if written.value is None:
        return
    ctx.numbers[row, col] = written.value
    expected = round(sum(part for part in parts if part is not None), 4)
    if abs(written.value - expected) > TOLERANCE:
        ctx.problem((row, col), "row_sum_mismatch", found=written.value, expected=expected)
