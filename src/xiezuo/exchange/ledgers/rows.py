"""The rows of a sheet before it is written: facts, numbers, totals, and the scope that leads each back to records."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from xiezuo.common.days import today
from xiezuo.common.suppression import hidden_cells, hidden_in_list
from xiezuo.exchange.ledgers.activities import facts_of, groups_of, number_of, pieces_by_record
from xiezuo.exchange.ledgers.layout import Column, Count, Part
from xiezuo.insight.breakdown import ALIKE, PEOPLE_UNITS
from xiezuo.insight.dimensions import DIMENSIONS, Dimension, Period, Records, Spot
from xiezuo.insight.scopes import narrowed
from xiezuo.people.disclosing import Names
from xiezuo.service.indicators import INDICATORS, Indicator
from xiezuo.service.keys import NO_MONTH, Key, grown, sex

Kind = Literal["data", "subtotal", "total"]
Scope = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One row of a sheet. `numbers` by column letter (None: nothing known), in the indicator's unit.

    `label` stands on a row of totals. `hidden` are the letters of numbers that are not published.
    """

    kind: Kind
    scope: Scope
    facts: dict[str, Any]
    numbers: dict[str, int | None]
    label: str = ""
    hidden: frozenset[str] = field(default=frozenset())


def rows_of(part: Part, records: Records, period: Period) -> list[Row]:
    """All rows of a sheet in their order, the totals among them."""
    if part.methods:
        records = records.filter(method__in=part.methods)
    return list(_activity_rows(part, records) if part.of_records else _crossed_rows(part, records, period))


def numbers_now(part: Part, records: Records, scope: Scope) -> dict[str, int | None]:
    """What the numbers of a row with this scope are today."""
    records = narrowed(records.filter(method__in=part.methods) if part.methods else records, scope)
    if not part.of_records:
        return {c.letter: _indicator(c).value(records, narrowing(c)) for c in part.counting}
    groups, wanted = groups_of(part), _wanted(part)
    each = [
        {c.letter: number_of(pieces, c.count, groups) for c in part.counting if c.count}
        for pieces in pieces_by_record(records, wanted).values()
    ]
    return _sums(part, each)


def parts_of(part: Part, column: Column, records: Records, scope: Scope) -> list[dict[str, Any]]:
    """Behind a number of a ledger of activities: every record (`of`) with its `part` of it, the latest first."""
    records = narrowed(records.filter(method__in=part.methods) if part.methods else records, scope)
    pieces, groups = pieces_by_record(records, _wanted(part)), groups_of(part)
    count = column.count or Count("")
    order = records.order_by("-service_date", "-pk").values_list("pk", flat=True)
    return [{"of": pk, "part": n} for pk in order if (n := number_of(pieces.get(pk, {}), count, groups))]


def _wanted(part: Part) -> list[str]:
    return sorted({column.count.what for column in part.counting if column.count} | {"unnamed"})


def _sums(part: Part, rows: list[dict[str, int | None]]) -> dict[str, int | None]:
    return {c.letter: sum(numbers[c.letter] or 0 for numbers in rows) for c in part.counting}


# ── one row for each activity ──


def _activity_rows(part: Part, records: Records) -> Iterator[Row]:
    pieces, groups = pieces_by_record(records, _wanted(part)), groups_of(part)
    shown = records.select_related("site", "recorded_by").order_by("service_date", "starts_at", "pk")
    data, names = [], Names(today())
    for number, record in enumerate(shown, start=1):
        own = pieces.get(record.pk, {})
        numbers = {c.letter: number_of(own, c.count, groups) for c in part.counting if c.count}
        data.append(Row("data", {"record": record.pk}, facts_of(record, number, own, part, names), numbers))
    whole = Row(
        "total", {}, {}, _sums(part, [row.numbers for row in data]), part.grand_total.label if part.grand_total else ""
    )
    yield from _with_totals(part, data, whole, _halves(part))


def _half(row: Row) -> str:
    return "1" if (row.facts["month"] or 1) <= 6 else "2"


def _halves(part: Part) -> Callable[[list[Row]], list[tuple[list[Row], Row]]]:
    """Data rows by half-year, each half with its sums."""

    def split(data: list[Row]) -> list[tuple[list[Row], Row]]:
        halves = sorted({(row.facts["year"], _half(row)) for row in data})
        told = []
        for year, half in halves:
            inside = [row for row in data if (row.facts["year"], _half(row)) == (year, half)]
            first, last = ("01-01", "06-30") if half == "1" else ("07-01", "12-31")
            label = part.subtotals.labels[half] if part.subtotals else ""
            scope = {"first": f"{year}-{first}", "last": f"{year}-{last}"}
            told.append((inside, Row("subtotal", scope, {}, _sums(part, [row.numbers for row in inside]), label)))
        return told

    return split


def _with_totals(
    part: Part, data: list[Row], whole: Row, split: Callable[[list[Row]], list[tuple[list[Row], Row]]]
) -> Iterator[Row]:
    if part.grand_total and part.grand_total.place == "top":
        yield whole
    if part.subtotals:
        for inside, subtotal in split(data):
            yield from inside
            yield subtotal
    else:
        yield from data
    if part.grand_total and part.grand_total.place == "bottom":
        yield whole


# ── one row for each crossing of two things ──


def _indicator(column: Column) -> Indicator:
    assert column.count
    return INDICATORS[column.count.what]


def narrowing(column: Column) -> list[tuple[Key, str]]:
    """What narrows a column to one sex or one age."""
    count = column.count or Count("")
    return [(key, value) for key, value in ((sex, count.sex), (grown, count.age)) if value]


def _by(column: Column, records: Records, keys: list[Key]) -> dict[tuple[Any, ...], int]:
    """The numbers of a column by the values of `keys`."""
    indicator, only = _indicator(column), narrowing(column)
    if not keys:
        return {(): indicator.value(records, only)}
    found = indicator.by(records, *keys, *(key for key, _value in only))
    wanted, n = tuple(value for _key, value in only), len(keys)
    told = {(key if isinstance(key, tuple) else (key,)): number for key, number in found.items()}
    return {key[:n]: number for key, number in told.items() if key[n:] == wanted}


def _scope(dimension: Dimension, spot: Spot, period: Period) -> Scope:
    if dimension.code != "month":
        return {dimension.code: spot.value}
    if spot.value == NO_MONTH:
        return {"unknown_month": True}
    start = period.starts_of_months()[int(spot.value or 0)]
    following = start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)
    last = following.fromordinal(following.toordinal() - 1)
    return {"month": [start.isoformat(), last.isoformat()]}


def _crossed_rows(part: Part, records: Records, period: Period) -> Iterator[Row]:
    dimensions = [DIMENSIONS[code] for code in part.each]
    keys = [dimension.key(period) for dimension in dimensions]
    levels = [[_by(column, records, keys[:n]) for column in part.counting] for n in range(len(keys) + 1)]
    spots = [_spots(dimension, key, records, period) for dimension, key in zip(dimensions, keys, strict=True)]

    def row(kind: Kind, chosen: list[Spot], label: str = "") -> Row:
        values = tuple(spot.value for spot in chosen)
        found = levels[len(chosen)]
        numbers: dict[str, int | None] = {
            c.letter: by.get(values, 0) for c, by in zip(part.counting, found, strict=True)
        }
        scope: Scope = {}
        for dimension, spot in zip(dimensions, chosen, strict=False):
            scope |= _scope(dimension, spot, period)
        facts = {dimension.code: str(spot.label) for dimension, spot in zip(dimensions, chosen, strict=False)}
        return Row(kind, scope, facts, numbers, label)

    whole = row("total", [], part.grand_total.label if part.grand_total else "")
    outer, inner = spots[0], spots[1] if len(spots) > 1 else []
    groups = [
        ([row("data", [first, second]) for second in inner] if inner else [row("data", [first])], first)
        for first in outer
    ]

    def split(_data: list[Row]) -> list[tuple[list[Row], Row]]:
        label = part.subtotals.label if part.subtotals else ""
        return [(inside, row("subtotal", [first], label)) for inside, first in groups]

    yield from _with_totals(part, [r for inside, _first in groups for r in inside], whole, split)


def _spots(dimension: Dimension, key: Key, records: Records, period: Period) -> list[Spot]:
    found = INDICATORS["person_times"].by(records, key) | INDICATORS["service_hours"].by(records, key)
    return dimension.spots(period, records, found)


# ── for publication (SUP-1) ──


def published(part: Part, rows: list[Row], k: int, before: dict[str, set[str]]) -> list[Row]:
    """The same rows with small numbers of people hidden, column by column. `before`: letters that an earlier release
    hid, by the scope of their row as text."""
    hidden: dict[int, set[str]] = {n: set() for n in range(len(rows))}
    for column in part.counting:
        if column.count and column.count.what in ALIKE:
            # A row does not say how many households its money went to: money of aid is published by nobody's row.
            for letters in hidden.values():
                letters.add(column.letter)
        elif column.count and column.count.what in PEOPLE_UNITS:
            for n in _hidden_in_column(rows, column.letter, k, before):
                hidden[n].add(column.letter)
    return [replace(row, hidden=frozenset(hidden[n])) for n, row in enumerate(rows)]


def _hidden_in_column(rows: list[Row], letter: str, k: int, before: dict[str, set[str]]) -> set[int]:
    """Places of one column. With subtotals it is a table of groups and their rows, whose crossing totals are not
    published; without, a list."""
    data = [n for n, row in enumerate(rows) if row.kind == "data"]
    ends = [n for n, row in enumerate(rows) if row.kind == "subtotal"]
    whole = next(n for n, row in enumerate(rows) if row.kind == "total")
    earlier = {n for n, row in enumerate(rows) if letter in before.get(str(row.scope), ())}
    if not ends:
        numbers = [rows[n].numbers[letter] or 0 for n in data]
        places = [*data, whole]
        found = hidden_in_list(
            numbers, rows[whole].numbers[letter] or 0, k, before=[places.index(n) for n in earlier if n in places]
        )
        return {places[n] for n in found}
    groups = [[n for n in data if (ends[i - 1] if i else -1) < n < end] + [end] for i, end in enumerate(ends)]
    wide = max(len(group) for group in groups)
    grid = [[*group[:-1], *[None] * (wide - len(group)), group[-1]] for group in groups]
    grid.append([None] * (wide - 1) + [whole])
    cells = [[0 if n is None else rows[n].numbers[letter] or 0 for n in line] for line in grid]
    aside = [(r, c) for r, line in enumerate(grid) for c, n in enumerate(line) if n is None and r == len(grid) - 1]
    seen = {(r, c): n for r, line in enumerate(grid) for c, n in enumerate(line) if n is not None}
    hidden = hidden_cells(cells, k, unpublished=aside, before=[at for at, n in seen.items() if n in earlier])
    return {seen[at] for at in hidden if at in seen}
