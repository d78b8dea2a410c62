"""An indicator by one dimension or by two crossed, with its totals: never added up, always counted (CNT-5, CNT-7)."""

from dataclasses import dataclass, field, replace

from xiezuo.common.suppression import hidden_cells, hidden_in_list
from xiezuo.forms.packs import pack
from xiezuo.insight.dimensions import DIMENSIONS, Dimension, Period, Records, Spot, Value
from xiezuo.service.indicators import INDICATORS, Indicator

PEOPLE_UNITS = frozenset(
    {"headcount", "person_times", "unnamed", "stated_heads", "volunteer_count", "served_first"}
    | {"aid_times", "aid_households"}
)  # numbers of people, of which small ones are not published (SUP-1)

# Money that was handed to a few could be told to be theirs: it is hidden where their number is.
ALIKE = {"aid_amount": "aid_households"}


@dataclass(frozen=True)
class Axis:
    """A dimension with the values shown. `extra` is by how much they add up to more than the whole, and `several`
    how many of those counted once stand under more than one of them (None where nothing is counted once)."""

    dimension: Dimension
    spots: list[Spot]
    totals: dict[Value, int]
    extra: int
    several: int | None

    def total(self, spot: Spot) -> int:
        return self.totals.get(spot.value, 0)


@dataclass(frozen=True)
class Breakdown:
    """`hidden` are the (row, column) places that are not published; the last row and column are the totals.

    Without `across` there is one column, the totals.
    """

    indicator: Indicator
    period: Period
    rows: Axis
    across: Axis | None
    cells: dict[tuple[Value, Value], int]
    whole: int
    hidden: frozenset[tuple[int, int]] = field(default=frozenset())

    def numbers(self) -> list[list[int]]:
        """The table with its totals as last row and last column."""
        columns = self.across.spots if self.across else []
        table = [
            [*(self.cells.get((r.value, c.value), 0) for c in columns), self.rows.total(r)] for r in self.rows.spots
        ]
        last = [*(self.across.total(c) for c in columns)] if self.across else []
        return [*table, [*last, self.whole]]


def breakdown(
    records: Records, code: str, rows: str, across: str = "", *, period: Period, publish: bool = False
) -> Breakdown:
    """The indicator `code` over `records` of `period`, by `rows` and, if given, by `across`.

    With `publish` small numbers of people are hidden as pack publishing-default says. Raises KeyError for unknown
    codes and ValueError where a dimension is one of people and the indicator counts none.
    """
    indicator, within = INDICATORS[code], period.of(records)
    if not all(DIMENSIONS[name].fits(indicator) for name in (rows, across) if name):
        raise ValueError(f"{code} by {rows} {across}")
    whole = indicator.whole(within, through=period.last.year)
    first = _axis(indicator, within, DIMENSIONS[rows], period, whole)
    second = _axis(indicator, within, DIMENSIONS[across], period, whole) if across else None
    cells = {}
    if second:
        keys = (first.dimension.key(period), second.dimension.key(period))
        cells = {(key[0], key[1]): n for key, n in indicator.by(within, *keys, through=period.last.year).items()}
    made = Breakdown(indicator, period, first, second, cells, whole)
    if publish and code in ALIKE:
        hidden = breakdown(records, ALIKE[code], rows, across, period=period, publish=True).hidden
        return replace(made, hidden=hidden)
    return protected(made) if publish else made


def _axis(indicator: Indicator, records: Records, dimension: Dimension, period: Period, whole: int) -> Axis:
    key = dimension.key(period)
    totals = indicator.by(records, key, through=period.last.year)
    extra = sum(totals.values()) - whole
    several = indicator.several(records, key, through=period.last.year) if extra and indicator.once else None
    return Axis(dimension, dimension.spots(period, records, totals), totals, extra, several)


def smallest_published() -> int:
    """k of SUP-1: numbers of people from 1 to k - 1 are not published."""
    return int(pack("publishing-default")["small_cells"]["k"])


def protected(table: Breakdown) -> Breakdown:
    """The same table as it may leave the house. Numbers that count no people stay as they are."""
    if table.indicator.code not in PEOPLE_UNITS:
        return table
    numbers, k = table.numbers(), smallest_published()
    if table.across:
        hidden = hidden_cells(numbers, k)
    else:
        hidden = {(r, 0) for r in hidden_in_list([row[-1] for row in numbers[:-1]], numbers[-1][-1], k)}
    return Breakdown(**{**vars(table), "hidden": frozenset(hidden)})
