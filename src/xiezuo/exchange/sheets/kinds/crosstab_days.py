"""The days that stand as headings over a grid of hours."""

from __future__ import annotations

import re
from typing import Any

from ..cells import Value
from ..context import TableContext
from ..layout.day_grid import day_parts
from ..text import squash
from ..values.dates import Day, parse_date, resolved
from ..values.ticks import parse_text
from ..vocabulary import longest_first
from ..years import month_in, year_in
from .activity_dates import read_month

NEW_YEAR = 6  # a month that lies so far before the one to its left is of the next year


def days_across(ctx: TableContext) -> dict[int, dict[str, Any]]:
    """Column → date (ISO, where it is certain) and activity, as its headings say."""
    across = ctx.table.header.across
    assert across
    month = month_in([ctx.sheet, *ctx.table.titles])
    year = ctx.year
    found: dict[int, dict[str, Any]] = {}
    before: Day | None = None
    for col in across.cols:
        day, written_month, activity = _told(ctx, col, before)
        month = written_month or month
        told: dict[str, Any] = {"activity": activity} if activity else {}
        if day is not None:
            day = Day(day.year, day.month or month or 0, day.day)
            if before and before.month and day.month and before.month - day.month >= NEW_YEAR and not day.year:
                year = year + 1 if year else None
            date = resolved(day, _written_year(ctx, col) or year) if day.month else None
            told |= {"date": date.isoformat()} if date else {}
            before = day
        found[col] = told
    return found


def _told(ctx: TableContext, col: int, before: Day | None) -> tuple[Day | None, int | None, str]:
    """Day, month in a heading of its own, and the words that are neither."""
    across = ctx.table.header.across
    assert across
    day, rest = _day(ctx.grid.value(across.row, col), before)
    month: int | None = None
    words = [rest]
    for part in ctx.table.header.paths.get(col, ()):
        if part == str(ctx.grid.value(across.row, col)) or day_parts(part)[0] is not None:
            continue
        own = read_month(part)
        month = own or month
        words += [] if own else [part]
    told = [text for word in words if (text := parse_text(word)) and not _is_weekday(text) and not _is_label(text)]
    return day, month, " ".join(told)


def _day(value: Value | None, before: Day | None) -> tuple[Day | None, str]:
    """The day of a heading; 9.1 is read as 10 September where it stands right of the 9th."""
    if isinstance(value, float):
        if value.is_integer() and 1 <= value <= 31:
            return Day(None, 0, int(value)), ""
        written = parse_date(value)
        later = [d for d in written.candidates if before and (d.month, d.day) > (before.month, before.day)]
        return written.start or next(iter(later or written.candidates), None), ""
    if isinstance(value, str):
        return day_parts(value)
    return parse_date(value).start, ""


def _is_weekday(text: str) -> bool:
    bare = squash(text).strip("()（）")
    for prefix in longest_first("weekday_prefixes"):
        bare = bare.removeprefix(prefix)
    return bool(re.fullmatch(r"[一二三四五六日天1-7]", bare))


def _is_label(text: str) -> bool:
    """日期, 服务时数（小时）: says what the grid holds, not what was done."""
    bare = squash(text)
    return year_in([text]) is not None or any(
        word in bare for word in ("日期", "时数", "时长", "小时", "時數", "date", "hours")
    )


def _written_year(ctx: TableContext, col: int) -> int | None:
    return year_in([part for part in ctx.table.header.paths.get(col, ()) if "年" in part])
