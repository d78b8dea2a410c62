"""A breakdown ready to be shown: every number with its words and the address of its rows, or covered."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.insight.breakdown import Axis, Breakdown
from xiezuo.insight.dimensions import Spot
from xiezuo.web.base.pictures.bars import Bar, BarChart
from xiezuo.web.staff.service.figures_asked import Asked
from xiezuo.web.staff.service.figures_told import figure_words

HIDDEN = "·"
NAMED_PARTS = 4  # with more of them a sentence gives their sum only


@dataclass(frozen=True)
class Shown:
    """A number as the page has it; without an address where it is not published."""

    words: str
    url: str = ""
    zero: bool = False


@dataclass(frozen=True)
class Line:
    label: str | Promise
    cells: list[Shown]


@dataclass(frozen=True)
class Grid:
    """`twice` says what is counted under several rows or columns, `covered` how many numbers are not shown."""

    label: str
    unit: str | Promise
    rule: str | Promise
    head: str
    columns: list[str]
    lines: list[Line]
    total: Line
    twice: list[str] = field(default_factory=list)
    covered: int = 0


def _narrowed(asked: Asked, axis: Axis, spot: Spot) -> Asked:
    code = axis.dimension.code
    return replace(asked, year=int(spot.param)) if code == "year" else replace(asked, **{code: spot.param})  # type: ignore[arg-type]


def rows_url(asked: Asked, code: str) -> str:
    return asked.rows_url(code, month=asked.month)


def grid(table: Breakdown, asked: Asked) -> Grid:
    """The table with its totals; `asked` says in which year and part every number is counted."""
    code = table.indicator.code
    numbers, columns = table.numbers(), table.across.spots if table.across else []

    def shown(row: int, column: int, where: Asked) -> Shown:
        if (row, column) in table.hidden:
            return Shown(HIDDEN)
        number = numbers[row][column]
        return Shown(figure_words(code, number), rows_url(where, code), not number)

    def line(row: int, label: str | Promise, where: Asked) -> Line:
        cells = [shown(row, n, _narrowed(where, table.across, spot)) for n, spot in enumerate(columns) if table.across]
        return Line(label, [*cells, shown(row, len(columns), where)])

    lines = [line(n, spot.label, _narrowed(asked, table.rows, spot)) for n, spot in enumerate(table.rows.spots)]
    return Grid(
        label=str(table.indicator.label),
        unit=table.indicator.unit,
        rule=table.indicator.rule,
        head=str(table.rows.dimension.label),
        columns=[*(str(spot.label) for spot in columns), _("Together")],
        lines=lines,
        total=line(len(lines), _("Together"), asked),
        twice=[words for axis in (table.rows, table.across) if axis and (words := twice_words(table, axis))],
        covered=len(table.hidden),
    )


def twice_words(table: Breakdown, axis: Axis) -> str:
    """What the rows add up to and why the whole is less (CNT-5, CNT-7); "" where nothing is counted twice or where
    saying it would tell what is hidden."""
    if axis.extra <= 0 or table.hidden:
        return ""
    code = table.indicator.code
    filled = [(spot, axis.total(spot)) for spot in axis.spots if axis.total(spot)]
    parts = pgettext("between things added", " + ").join(f"{spot.label} {figure_words(code, n)}" for spot, n in filled)
    words = {
        "parts": parts if len(filled) <= NAMED_PARTS else _("All of them added up"),
        "sum": figure_words(code, table.whole + axis.extra),
        "whole": figure_words(code, table.whole),
        "unit": table.indicator.unit,
        "several": axis.several,
        "why": axis.dimension.overlapping,
    }
    if axis.several is None:
        return _("%(parts)s: together %(whole)s %(unit)s, not %(sum)s, because some %(why)s.") % words
    return _("%(parts)s: together %(whole)s %(unit)s, not %(sum)s; %(several)s %(unit)s %(why)s.") % words


def month_chart(now: Breakdown, before: Breakdown, asked: Asked) -> BarChart:
    """Twelve months beside those of the year before. What is not published is not drawn."""

    def value(table: Breakdown, n: int) -> int:
        return 0 if (n, 0) in table.hidden else table.rows.total(table.rows.spots[n])

    bars = [Bar(str(spot.label), value(now, n), value(before, n)) for n, spot in enumerate(now.rows.spots[:12])]
    return BarChart(str(now.indicator.label), str(asked.year), bars, before=str(asked.year - 1))


def chart(table: Breakdown, most: int = 12) -> BarChart | None:
    """One bar for each row, where there are few enough to be read."""
    if table.across or len(table.rows.spots) > most or not table.whole:
        return None
    bars = [
        Bar(str(spot.label), 0 if (n, 0) in table.hidden else table.rows.total(spot))
        for n, spot in enumerate(table.rows.spots)
    ]
    return BarChart(str(table.indicator.label), str(table.indicator.unit), bars)


def side_by_side(grids: Sequence[Grid]) -> list[Line]:
    """Lists with the same rows as the columns of one table."""
    lines = [[*grid.lines, grid.total] for grid in grids]
    return [Line(same[0].label, [cell for line in same for cell in line.cells]) for same in zip(*lines, strict=True)]
