"""Goods as headings: 大米（袋） | 食用油（桶） | 棉被, with what each household got below them."""

from __future__ import annotations

from .cells import Value
from .columns import Columns
from .grid import Grid
from .layout.headings import Path, concepts_of, is_measure_heading, named_heading, path_concepts
from .layout.tables import Table
from .text import in_brackets, squash, tidy, without_brackets
from .values.numbers import parse_amount
from .values.ticks import parse_tick
from .vocabulary import words

GROUPS = ("item", "quantity", "amount")
FITS = 0.68
FIGURES = 0.8
SEVERAL = 2
PREFIX = "goods_"


def place_goods(grid: Grid, table: Table, columns: Columns, titled: bool) -> None:
    """Columns of quantities whose heading is no field: goods, under a heading for goods or a title about aid."""
    item = columns.col("item")
    if item and not (_grouped(table.header.paths.get(item, ())) and _figures(grid, table, item)):
        return
    if not (columns.col("recipient") or columns.col("child")):
        return
    found = [
        (col, path)
        for col, path in table.header.paths.items()
        if _may_be_goods(grid, table, columns, col, path) and (titled or _grouped(path))
    ]
    if len(found) < SEVERAL and not any(_grouped(path) for _, path in found):
        return
    amount = columns.col("amount")
    named = named_heading(table.header.paths[amount]) if amount else ""
    if amount and is_money(named) and _names_money(named):
        found.append((amount, table.header.paths[amount]))
    for col, path in found:
        held = columns.fields.get(col)
        if held in GROUPS:
            columns.rename({held: ""})
        if columns.place(col, PREFIX + goods_name(named_heading(path))):
            columns.concepts["goods"] = 1.0


def _grouped(path: Path) -> bool:
    return len(path) > 1 and any(path_concepts(path[:1]).get(concept, 0.0) >= FITS for concept in GROUPS)


def _may_be_goods(grid: Grid, table: Table, columns: Columns, col: int, path: Path) -> bool:
    heading = named_heading(path)
    known = max((score for concept, score in concepts_of(heading).items() if concept != "fund"), default=0.0)
    held = columns.fields.get(col)
    apart = len(path) == 1 or heading != path[-1]  # a name of its own, its unit perhaps below it
    if not (apart or _grouped(path)) or any(word in squash(heading) for word in words("not_goods")):
        return False
    if (
        (held and not ((_grouped(path) or heading in path[:-1]) and held in GROUPS))
        or known >= FITS
        or is_measure_heading(heading)
    ):
        return False
    return _figures(grid, table, col)


def _figures(grid: Grid, table: Table, col: int) -> bool:
    """Whether quantities or ticks stand in a column."""
    cells = [value for row in table.data if (value := grid.own(row, col)) is not None]
    fit = sum(parse_tick(value) is True or _is_quantity(value) for value in cells)
    return bool(cells) and fit >= FIGURES * len(cells)


def _is_quantity(value: Value) -> bool:
    """2, 2袋, 两桶; 三组 and 一村 say where, not how much."""
    number, unit = parse_amount(value)
    spelled = isinstance(value, str) and not any(c.isdigit() for c in value) and number.value is not None
    return number.problem != "value_unreadable" and not (spelled and unit and unit not in words("units_goods"))


def _names_money(heading: str) -> bool:
    """慰问金 is something that was given; 金额 and 折合金额 only say what the goods are worth."""
    name = squash(goods_name(heading))
    return name not in words("plain_amounts") and not any(word in name for word in words("sums_of_money"))


def goods_name(heading: str) -> str:
    """大米（袋） → 大米."""
    return tidy(without_brackets(heading)) or tidy(heading)


def unit_in(heading: str) -> str | None:
    """大米（袋） → 袋; 元 is a unit too."""
    notes = [note for note in in_brackets(heading) if note and len(note) <= 3]
    return notes[0] if notes else None


def is_money(heading: str) -> bool:
    """Whether the column holds money, not pieces: 助学金（元）, 慰问金."""
    unit, name = unit_in(heading), squash(goods_name(heading))
    return unit in ("元", "圆", "￥", "¥") or (unit is None and name.endswith(tuple(words("money_endings"))))
