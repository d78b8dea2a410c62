"""Hours of volunteers as a list: one service per row."""

from __future__ import annotations

import re
from typing import Any

from ..cells import cell_name
from ..checks.activity_rows import TOLERANCE
from ..context import TableContext
from ..grid import shown
from ..model import Record
from ..values.clock import hours_between, interval_ends, parse_clock
from ..values.hours import Hours, parse_hours
from ..values.names import parse_name
from ..values.ticks import parse_text
from .activity_dates import DATE_PARTS, DateReader
from .person_fields import note_illegible, read_field

WITH_SECONDS = re.compile(r":\d{2}:(?!00)\d{2}")
SECONDS = 0.035  # hours: a minute at either end, and what rounding to two decimals takes
MINUTES = 60  # the total below a column of minutes is in minutes too
TEXTS = ("activity", "confirmer", "comment")


def read_hours_list(ctx: TableContext) -> None:
    """Every row with a name, a day or hours becomes one record of hours."""
    ctx.sums = {col: "hours"} if (col := ctx.columns.col("hours")) else {}
    dates = DateReader(ctx)
    name_col = ctx.columns.col("name") or ctx.table.cols.start
    for row in ctx.table.data:
        values = _person(ctx, row)
        day = dates.day(row)
        values |= {"date": day} if day else {}
        dates.check_weekday(row, day)
        values |= _times(ctx, row)
        values |= {name: text for name in TEXTS if (text := parse_text(ctx.value(row, name)))}
        _read_hours(ctx, row, values)
        if not values:
            continue
        cells = {name: ctx.cell(row, name) or cell_name(row, name_col) for name in values}
        at = cell_name(row, name_col)
        ctx.records.append(Record("service_hours", ctx.sheet, row, values, at, cells=cells))
        ctx.take_row(row, except_for=("seq", "weekday", "signature"))
        gave = (*(DATE_PARTS if day else ()), *(("span",) if "start" in values else ()))
        ctx.gave_fields(row, gave)


def _person(ctx: TableContext, row: int) -> dict[str, Any]:
    col = ctx.columns.col("name")
    value = ctx.grid.value(row, col) if col else None
    values: dict[str, Any] = {}
    if col is not None and value is not None:
        name = parse_name(shown(value))
        note_illegible(ctx, (row, col), name)
        values |= name.values
    phone = ctx.columns.col("phone")
    if phone:
        at = ctx.grid.anchor(row, phone)
        values |= read_field(ctx, at, "phone", ctx.grid.own(*at))
    return values


def _times(ctx: TableContext, row: int) -> dict[str, str]:
    """Start and end as HH:MM, from two columns or from one that holds both."""
    span = next((ends for name in ("span", "start") if (ends := interval_ends(shown(ctx.value(row, name))))), None)
    start, end = span or (parse_clock(ctx.value(row, "start")), parse_clock(ctx.value(row, "end")))
    return {name: time for name, time in (("start", start), ("end", end)) if time}


def _read_hours(ctx: TableContext, row: int, values: dict[str, Any]) -> None:
    """The hours, against the times written beside them."""
    col = ctx.columns.col("hours")
    if col is None or ctx.grid.anchor(row, col)[0] != row:
        return
    at = (row, col)
    hours = parse_hours(ctx.hours_cell(*at))
    _note(ctx, at, hours)
    if hours.value is None:
        return
    values["hours"] = hours.value
    ctx.numbers[at] = hours.value * (MINUTES if ctx.in_minutes(col) else 1)
    between = hours_between(values["start"], values["end"]) if {"start", "end"} <= set(values) else None
    if between is not None and abs(between - hours.value) > (SECONDS if _to_the_second(ctx, row) else TOLERANCE):
        ctx.problem(at, "hours_interval_mismatch", found=hours.value, expected=round(between, 4))


def _to_the_second(ctx: TableContext, row: int) -> bool:
    """Machines write 09:00:12, of which only the minutes are kept."""
    return any(WITH_SECONDS.search(shown(ctx.value(row, name))) for name in ("start", "end", "span"))


def _note(ctx: TableContext, at: tuple[int, int], hours: Hours) -> None:
    """What makes hours doubtful; a long stay in a list may be of several days."""
    if hours.problem and hours.problem not in ("hours_excessive", "number_as_text", "expression_in_cell"):
        details = {"written": shown(ctx.grid.own(*at))} if hours.value is None else {"value": hours.value}
        ctx.problem(at, hours.problem, **details)
    if hours.problem and hours.value is None:
        ctx.not_read(*at)
