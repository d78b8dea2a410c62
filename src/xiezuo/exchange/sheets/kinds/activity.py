"""Activity ledgers: one activity per row, or a row for each sex; people, attendances, volunteers."""

from __future__ import annotations

from string import ascii_uppercase
from typing import Any

from ..checks.activity_rows import check_activity
from ..code_lists import CODED, lists_for
from ..context import TableContext
from ..grid import shown
from ..model import Record
from ..text import squash
from ..values.numbers import parse_number
from ..values.ticks import parse_sex, parse_text, parse_year
from .activity_dates import DateReader, read_month
from .figures import MEASURES, FigureColumn, Row, figure_columns, read_figures
from .grouping import rows_by_sex
from .unlabelled import set_unlabelled_totals_apart

TEXTS = (
    "name",
    "centre",
    "service_line",
    "activity_type",
    "target_group",
    "place",
    "organiser",
    "recorder",
    "status",
    "note",
)
LABELS_ONLY = frozenset({"seq", "year", "month", "date_written"})
# With one row per sex, the columns of adults and children hold one sex each.
ONE_ROW_PER_SEX = {"heads_adult_total": "heads_adult", "heads_child_total": "heads_child"}


def read_activities(ctx: TableContext) -> None:
    """Every data row becomes an activity or a row of volunteer hours; rows that say nothing are ignored."""
    if ctx.columns.col("sex"):
        has_sexes = any(parse_sex(ctx.value(row, "sex")) for row in ctx.table.data)
        ctx.columns.rename(ONE_ROW_PER_SEX if has_sexes else {"sex": ""})
    figures = figure_columns(ctx)
    for name in CODED:
        ctx.codes[name] = lists_for(ctx.grid, ctx.sides, ctx.columns.col(name), ctx.table.data, name)
    ctx.sums = {figure.col: figure.unit for figure in figures}
    set_unlabelled_totals_apart(ctx, figures)
    groups = rows_by_sex(ctx) if ctx.columns.col("sex") else [[row] for row in ctx.table.data]
    dates = DateReader(ctx)
    for rows in groups:
        _read_group(ctx, rows, dates, figures)


def _read_group(ctx: TableContext, rows: list[int], dates: DateReader, figures: list[FigureColumn]) -> None:
    made = Row(rows[0], rows[-1])
    for name in TEXTS:
        _put(ctx, made, name, _decoded(ctx, name, parse_text(ctx.value(made.first, name))))
    _put(ctx, made, "activity_no", parse_text(ctx.value(made.first, "activity_no")))
    _put(ctx, made, "seq", _sequence(ctx, made.first))
    _put(ctx, made, "year", parse_year(ctx.value(made.first, "year")))
    _put(ctx, made, "month", read_month(ctx.value(made.first, "month")))
    for row in rows:
        read_figures(ctx, made, row, figures)
    if _says_nothing(made, dates):
        _ignore(ctx, rows)
        return
    is_activity = not _only_volunteers(ctx, made)
    for name, value in dates.read(made.first, made.values, is_activity).items():
        made.values[name] = value
        cell = ctx.cell(made.first, name) or ctx.cell(made.first, "date") or ctx.cell(made.first, "day")
        made.cells[name] = cell or ""
    record = Record("activity" if is_activity else "volunteer_hours_row", ctx.sheet, made.first, made.values)
    record.cells = made.cells
    record.rows = [made.first, made.last] if len(rows) > 1 else None
    ctx.records.append(record)
    for row in rows:
        ctx.take_row(row, except_for=("weekday",))
        # Where each sex has a row, the sex says whose its figures are, and the rest may be written again.
        ctx.gave_fields(row, ("sex",) if _has_figures_of_a_sex(made, row) else ())
        ctx.gave_fields(row, (name for name in TEXTS if _is_repeated(ctx, made.first, row, name)))
    check_activity(ctx, record)


def _has_figures_of_a_sex(made: Row, row: int) -> bool:
    cells = (cell for name, cell in made.cells.items() if name.endswith(("_f", "_m")))
    return any(cell.lstrip(ascii_uppercase) == str(row) for cell in cells)


def _is_repeated(ctx: TableContext, first: int, row: int, name: str) -> bool:
    return row != first and squash(shown(ctx.value(row, name))) == squash(shown(ctx.value(first, name)))


def _decoded(ctx: TableContext, name: str, written: str | None) -> str | None:
    """What a code stands for, where the sheet carries the list."""
    if written is None:
        return None
    meanings = (side.meaning_of.get(squash(written)) for side in ctx.codes.get(name, ()))
    return next((meaning for meaning in meanings if meaning), written)


def _put(ctx: TableContext, made: Row, name: str, value: Any) -> None:
    cell = ctx.cell(made.first, name)
    if value is not None and cell is not None:
        made.values[name] = value
        made.cells[name] = cell


def _sequence(ctx: TableContext, row: int) -> int | float | str | None:
    value = ctx.value(row, "seq")
    number = parse_number(value, text_is_normal=True)
    return number.value if number.problem is None else parse_text(value)


def _only_volunteers(ctx: TableContext, made: Row) -> bool:
    """A row for volunteer hours of a month: no name, no place, no date, nobody served."""
    if any(name in made.values for name in ("name", "centre", "place", "target_group")):
        return False
    if squash(shown(ctx.value(made.first, "date"))):
        return False
    figures = [name for name in made.values if name.startswith(MEASURES)]
    return bool(figures) and all(name.startswith("vol_") for name in figures)


def _says_nothing(made: Row, dates: DateReader) -> bool:
    """Lines numbered in advance, with formulas that give 0: nothing happened there."""
    if dates.is_written(made.first):
        return False
    told = {name: value for name, value in made.values.items() if name not in LABELS_ONLY}
    return not any(value for value in told.values())


def _ignore(ctx: TableContext, rows: list[int]) -> None:
    for row in rows:
        ctx.ignored.append({"row": row, "why": "blank"})
