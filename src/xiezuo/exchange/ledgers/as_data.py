"""The same ledger for programs: every number with its indicator, unit and rule, and the code that leads to its rows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from xiezuo.exchange.ledgers.layout import Column
from xiezuo.exchange.ledgers.writing import Placed, SheetOut
from xiezuo.service.indicators import INDICATORS


def as_data(sheets: Sequence[SheetOut]) -> list[dict[str, Any]]:
    """Plain values. Numbers are in the indicator's own unit (minutes for hours, fen for yuan); None is one that is hidden or not known."""
    return [
        {
            "sheet": out.name,
            "title": out.title,
            "about": out.subtitle,
            "note": out.note,
            "columns": [_column(column) for column in out.part.columns],
            "rows": [_row(placed, out) for placed in out.rows],
        }
        for out in sheets
    ]


def _column(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {"letter": column.letter, "head": list(column.head)}
    indicator = INDICATORS.get(column.count.what) if column.count else None
    if indicator is not None and column.count is not None:
        narrowed = {name: value for name in ("age", "sex", "group") if (value := getattr(column.count, name))}
        told |= {"indicator": indicator.code, "unit": str(indicator.unit), "rule": str(indicator.rule), **narrowed}
    return told


def _row(placed: Placed, out: SheetOut) -> dict[str, Any]:
    row = placed.row
    facts = {name: value.isoformat() if isinstance(value, date) else value for name, value in row.facts.items()}
    numbers = {letter: None if letter in row.hidden else number for letter, number in row.numbers.items()}
    return {
        "kind": row.kind,
        "label": row.label,
        "facts": facts,
        "numbers": numbers,
        "hidden": sorted(row.hidden),
        "code": out.codes[placed.at],
    }
