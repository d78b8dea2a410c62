"""Figures of an activity: people, attendances, volunteers, hours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..cells import cell_name
from ..context import TableContext
from ..grid import shown
from ..values.numbers import Number, parse_number
from ..values.ticks import parse_sex

MEASURES = ("heads_", "att_", "vol_")
MINUTES = 60  # the total below a column of minutes is in minutes too
OF_ONE_SEX = ("heads_adult", "heads_child")


class FigureColumn(NamedTuple):
    """A column of figures; ``unit`` is people or hours."""

    col: int
    name: str
    unit: str


@dataclass
class Row:
    """One record in the making."""

    first: int
    last: int
    values: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)


def figure_columns(ctx: TableContext) -> list[FigureColumn]:
    """The columns of figures, left to right."""
    return [
        FigureColumn(col, name, "hours" if name.endswith("_h") else "people")
        for col, name in sorted(ctx.columns.fields.items())
        if name.startswith(MEASURES)
    ]


def read_figures(ctx: TableContext, made: Row, row: int, columns: list[FigureColumn]) -> None:
    """Figures of one row; with one row per sex, adults and children take the sex of the row."""
    sex = parse_sex(ctx.value(row, "sex")) if ctx.columns.col("sex") else None
    for col, name, unit in columns:
        at = ctx.grid.anchor(row, col)
        if row != made.first and at[0] < row:
            continue
        minutes = unit == "hours" and ctx.in_minutes(col)
        written = ctx.hours_cell(*at) if minutes else ctx.grid.own(*at)
        number = parse_number(written, unit, ctx.grid.all_text or minutes)
        if number.problem:
            _note(ctx, at, number)
        if number.value is None:
            continue
        ctx.numbers[at] = number.value * (MINUTES if minutes else 1)
        kept = f"{name}_{_part(sex)}" if name in OF_ONE_SEX else name
        made.values[kept] = made.values.get(kept, 0) + number.value
        made.cells.setdefault(kept, cell_name(*at))


def _part(sex: str | None) -> str:
    return {"男": "m", "女": "f"}.get(sex or "", "total")


def _note(ctx: TableContext, at: tuple[int, int], number: Number) -> None:
    if number.value is not None:
        ctx.problem(at, number.problem or "", value=number.value)
        return
    ctx.problem(at, number.problem or "", written=shown(ctx.grid.own(*at)))
    ctx.not_read(*at)
