"""Money and goods handed out: one row for each handing-out, or the goods as headings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..cells import cell_name
from ..checks.aid_rows import check_same_handing_out, check_sum_of_items
from ..context import TableContext
from ..goods import PREFIX, goods_name, is_money, unit_in
from ..grid import shown
from ..layout.headings import named_heading
from ..model import Record
from ..text import squash
from ..values.dates import parse_date, resolved
from ..values.identity import parse_id
from ..values.names import clean_name, parse_name
from ..values.numbers import Number, parse_amount, parse_number
from ..values.ticks import parse_text, parse_tick
from ..vocabulary import relations, words
from .activity_dates import DateReader
from .person_fields import note_illegible, read_id
from .running import check_running_total

TEXTS = ("address", "item", "unit", "fund", "handler", "note")
ONLY_PREPARED = frozenset({"seq", "date", "unit", "fund", "handler", "item"})
WORTH = ("amount", "quantity", "running_total")  # of all goods of a row together: of none of them alone


@dataclass
class Line:
    """What a row says, whatever was handed out."""

    row: int
    values: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, value: Any, cell: str) -> None:
        """Keep a value that is there."""
        if value is not None:
            self.values[name] = value
            self.cells[name] = cell


def read_aid(ctx: TableContext) -> None:
    """Every row that names somebody, goods or money becomes one record, or one for each of its goods."""
    if ctx.columns.col("recipient") is None and ctx.columns.col("child"):
        ctx.columns.rename({"child": "recipient"})
    goods = [col for col, name in sorted(ctx.columns.fields.items()) if name.startswith(PREFIX)]
    ctx.sums = dict.fromkeys(goods, "goods")
    ctx.sums |= {
        col: unit for name, unit in (("quantity", "goods"), ("amount", "money")) if (col := ctx.columns.col(name))
    }
    dates = DateReader(ctx)
    day = _day_of_title(ctx)
    for row in ctx.table.data:
        line = _line(ctx, row, dates.day(row) or day)
        if goods:
            _hand_out_each(ctx, line, goods)
        else:
            _hand_out(ctx, line)
        ctx.take_row(row, except_for=("signature",))
        for name in WORTH if goods else ():
            if col := ctx.columns.col(name):
                ctx.not_read(row, col)
    check_running_total(ctx, "running_total", "amount")
    check_same_handing_out(ctx)


def _day_of_title(ctx: TableContext) -> str | None:
    """The day in a title, for a sheet without a column of dates."""
    if ctx.columns.col("date"):
        return None
    days = {day for title in ctx.table.titles for part in title.replace("：", " ").split() if (day := _iso(ctx, part))}
    return days.pop() if len(days) == 1 else None


def _iso(ctx: TableContext, text: str) -> str | None:
    start = parse_date(text).start
    day = resolved(start, ctx.year) if start else None
    return day.isoformat() if day else None


def _line(ctx: TableContext, row: int, day: str | None) -> Line:
    line = Line(row)
    line.put("seq", _sequence(ctx, row), ctx.cell(row, "seq") or "")
    line.put("date", day, ctx.cell(row, "date") or "")
    for name in ("recipient", "child"):
        line.put(name, _person(ctx, row, name), ctx.cell(row, name) or "")
    col = ctx.columns.col("id_number")
    if col:
        at = ctx.grid.anchor(row, col)
        line.put("id_number", read_id(ctx, at, parse_id(ctx.grid.own(*at))).get("id_number"), cell_name(*at))
    relation = squash(shown(ctx.value(row, "relation")))
    if relation and relation not in words("blank"):
        line.put("relation", relations().get(relation, relation), ctx.cell(row, "relation") or "")
    for name in TEXTS:
        line.put(name, parse_text(ctx.value(row, name)), ctx.cell(row, name) or "")
    return line


def _sequence(ctx: TableContext, row: int) -> Any:
    value = ctx.value(row, "seq")
    number = parse_number(value, text_is_normal=True)
    return number.value if number.problem is None else parse_text(value)


def _person(ctx: TableContext, row: int, name: str) -> str | None:
    col = ctx.columns.col(name)
    value = ctx.grid.value(row, col) if col else None
    if col is None or value is None:
        return None
    person = parse_name(shown(value))
    note_illegible(ctx, (row, col), person)
    return person.name or person.nickname or (clean_name(shown(value)) if person.values else None)


def _hand_out(ctx: TableContext, line: Line) -> None:
    """One handing-out of a row."""
    _put_quantity(ctx, line)
    _put_money(ctx, line, "amount")
    _put_money(ctx, line, "running_total")
    if not set(line.values) - ONLY_PREPARED and "item" not in line.values:
        return
    col = ctx.columns.col("recipient") or ctx.table.cols.start
    amount = ctx.columns.col("amount")
    if amount and ctx.grid.value(line.row, amount) is None:
        ctx.problem((line.row, amount), "missing_required", field="amount")
    record = Record("aid", ctx.sheet, line.row, line.values, cell_name(line.row, col), cells=line.cells)
    ctx.records.append(record)


def _put_quantity(ctx: TableContext, line: Line) -> None:
    col = ctx.columns.col("quantity")
    if col is None:
        return
    at = ctx.grid.anchor(line.row, col)
    number, unit = parse_amount(ctx.grid.own(*at))
    _note(ctx, at, number)
    line.put("quantity", number.value, cell_name(*at))
    if "unit" not in line.values:
        line.put("unit", unit, cell_name(*at))
    if number.value is not None and at[0] == line.row:
        ctx.numbers[at] = number.value


def _put_money(ctx: TableContext, line: Line, name: str) -> None:
    col = ctx.columns.col(name)
    if col is None:
        return
    at = ctx.grid.anchor(line.row, col)
    number = parse_number(ctx.grid.own(*at), "money", text_is_normal=True)
    _note(ctx, at, number)
    line.put(name, number.value, cell_name(*at))
    if number.value is not None and at[0] == line.row:
        ctx.numbers[at] = number.value


def _note(ctx: TableContext, at: tuple[int, int], number: Number) -> None:
    """Only what makes a figure doubtful: money and quantities may be text."""
    if number.problem in ("number_approximate", "formula_error", "value_unreadable"):
        details = {"value": number.value} if number.value is not None else {"written": shown(ctx.grid.own(*at))}
        ctx.problem(at, number.problem, **details)
    if number.problem and number.value is None:
        ctx.not_read(*at)


def _hand_out_each(ctx: TableContext, line: Line, goods: list[int]) -> None:
    """A record for each of the goods that a row gives a figure or a tick."""
    money: list[float] = []
    for col in goods:
        at = (line.row, col)
        value = ctx.grid.own(*at)
        number, unit = parse_amount(value)
        if value is None or (number.value is None and number.problem is None):
            continue
        ticked = number.value is None and parse_tick(value) is True
        if not ticked:
            _note(ctx, at, number)
        if number.value is None and not ticked:
            continue
        record = _one_of_goods(ctx, line, col, number.value, unit)
        money += [record.values["amount"]] if "amount" in record.values else []
        ctx.records.append(record)
    check_sum_of_items(ctx, line.row, money)


def _one_of_goods(ctx: TableContext, line: Line, col: int, number: float | None, unit: str | None) -> Record:
    heading = named_heading(ctx.table.header.paths[col])
    at = cell_name(line.row, col)
    own: dict[str, Any] = {"item": goods_name(heading)}
    if number is not None:
        ctx.numbers[line.row, col] = number
        own["amount" if is_money(heading) else "quantity"] = number
    if (unit := unit or unit_in(heading)) and "amount" not in own:
        own["unit"] = unit
    values = line.values | own
    return Record("aid", ctx.sheet, line.row, values, at, cells=line.cells | dict.fromkeys(own, at))
