"""The day of one visit or activity that stands in a cell of its own."""

from __future__ import annotations

from ..cells import Value
from ..context import Cell, TableContext
from ..forms.pairs import Pair
from ..grid import shown
from ..values.dates import BLANK, Written, parse_date, resolved, resolved_end


def read_day(ctx: TableContext, at: Cell, value: Value | None, year: int | None) -> dict[str, str]:
    """date and date_end, ISO, where they are certain; what is uncertain becomes a problem.

    ``year``: of the sheet, or of the neighbours, for days written without one.
    """
    written = parse_date(value)
    if written.problem:
        candidates = [day.isoformat() for c in written.candidates if (day := resolved(c, year))]
        ctx.problem(at, written.problem, **({"candidates": candidates} if candidates else {"written": shown(value)}))
    if written.start is None:
        if written.problem:
            ctx.not_read(*at)
        return {}
    return _resolved(ctx, at, written, year)


def _resolved(ctx: TableContext, at: Cell, written: Written, year: int | None) -> dict[str, str]:
    assert written.start is not None
    if written.year and ctx.year and written.year != ctx.year:
        ctx.problem(at, "date_outside_period", found=written.year, expected=ctx.year)
        ctx.not_read(*at)
        return {}
    start = resolved(written.start, year)
    if start is None:
        ctx.problem(at, "date_impossible" if year else "date_vague")
        ctx.not_read(*at)
        return {}
    end = resolved_end(written.end, start) if written.end else None
    return {"date": start.isoformat()} | ({"date_end": end.isoformat()} if end and end != start else {})


def dated(pairs: list[Pair]) -> Pair | None:
    """Of several labels for the time (日期, 时间) the one beside which a day stands, else the first."""
    filled = [pair for pair in pairs if pair.is_filled]
    days = [pair for pair in filled if parse_date(pair.value) != BLANK]
    return next(iter([*days, *filled, *pairs]), None)


def day_after(value: Value | None, start: str | None, year: int | None) -> str | None:
    """A day to come, ISO: without a year of its own it follows ``start``."""
    written = parse_date(value)
    if written.start is None:
        return None
    known = int(start[:4]) if start else year
    day = resolved(written.start, known)
    if day is not None and start and written.year is None and day.isoformat() < start:
        day = resolved(written.start, (known or 0) + 1)
    return day.isoformat() if day else None
