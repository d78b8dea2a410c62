"""Home visits written on a form of their own, one for each visit."""

from __future__ import annotations

from ..cells import cell_name
from ..context import TableContext
from ..forms.find import Form
from ..model import Record
from ..vocabulary import table
from .days import dated, read_day
from .filled import filled_cells
from .visits import read_visit


def read_visit_forms(ctx: TableContext, forms: list[Form], year: int | None) -> None:
    """A visit for each form that says something."""
    fields = table("kinds")["visit_list"]["fields"]
    for form in forms:
        cells = filled_cells(ctx, form, fields)
        day = dated(form.asking_for("date", fields))
        if day is not None and day.is_filled:
            cells["date"] = (day.place, day.value)
        dates = read_day(ctx, *cells["date"], year) if "date" in cells else {}
        values, where = read_visit(ctx, cells, dates, year)
        if not values:
            continue
        named = form.by_field(fields).get("name")
        if named is not None and not named.is_filled and "child" not in values:
            ctx.problem(named.place, "missing_required")
        place = next((cells[name][0] for name in ("name", "child", "date") if name in cells), (form.first, 1))
        ctx.records.append(Record("visit", ctx.sheet, place[0], values, cell_name(*place), cells=where))
