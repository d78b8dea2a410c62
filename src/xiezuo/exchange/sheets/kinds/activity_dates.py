"""The dates of an activity table: day, month, weekday and year, spread over columns or missing."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

from ..cells import Value
from ..context import TableContext
from ..grid import shown
from ..text import squash
from ..values.chinese import chinese_number
from ..values.dates import Day, Written, parse_date, resolved, resolved_end
from ..values.ticks import parse_year
from ..vocabulary import words
from ..years import month_in, year_in

SECTION_LENGTH = 16
DAY_OF_MONTH = re.compile(r"(\d{1,2})[日号號]")
WEEKDAY = re.compile(r"(?:星期|礼拜|周|週)?([一二三四五六日天1-7])")
DATE_PARTS = ("date", "year", "month", "day")  # columns of which a day is put together
WEEKDAYS = {name: i for i, name in enumerate("一二三四五六日")} | {"天": 6}


def read_month(value: Value | None) -> int | None:
    """1, 1月, 一月, 2023年1月 or a date → 1."""
    if isinstance(value, dt.date):
        return value.month
    text = squash(shown(value)).removesuffix("份").removesuffix("月")
    text = text.rpartition("年")[2] or text
    number = float(text) if text.isdigit() else chinese_number(text) if text else None
    return int(number) if number is not None and 1 <= number <= 12 else None


class DateReader:
    """Reads the date of each row in the light of the rows around it."""

    def __init__(self, ctx: TableContext) -> None:
        self.ctx = ctx
        rows = ctx.table.data
        self.month = month_in([ctx.sheet, *ctx.table.titles])
        self.written = {row: self._written(row) for row in rows}
        own = {row: parse_year(ctx.value(row, "year")) for row in rows}
        sections = _section_years(ctx)
        self.period = {row: own[row] or sections.get(row) or ctx.year for row in rows}
        known = {row: own[row] or sections.get(row) or self.written[row].year for row in rows}
        self.around = _filled(rows, known)

    def _written(self, row: int) -> Written:
        """The date cell, or the day column with the month of its column or of the title, or the start of a service with its day."""
        ctx = self.ctx
        value = ctx.value(row, "date")
        if ctx.columns.col("date") is None and ctx.columns.col("day") is None:
            value = ctx.value(row, "start") or ctx.value(row, "span")
        month = read_month(ctx.value(row, "month")) or self.month
        if isinstance(value, float) and value.is_integer() and 1 <= value <= 31 and month and self._days_only():
            return Written(Day(None, month, int(value)))
        if isinstance(value, str) and month and (bare := DAY_OF_MONTH.fullmatch(squash(value))):
            return parse_date(f"{month}月{bare[1]}日")
        if value is not None or ctx.columns.col("day") is None:
            return parse_date(value)
        day = squash(shown(ctx.value(row, "day"))).rstrip("日号")
        if not day.isdigit() or month is None:
            return parse_date(ctx.value(row, "day"))
        return parse_date(f"{month}月{day}日")

    def _days_only(self) -> bool:
        """Whether the date column as a whole holds days of the month, 1 to 31."""
        values = [self.ctx.value(row, "date") for row in self.ctx.table.data]
        values = [value for value in values if value is not None]
        days = [v for v in values if isinstance(v, float) and v.is_integer() and 1 <= v <= 31]
        return len(days) >= 0.8 * len(values) and any(v > 12 for v in days)

    def is_written(self, row: int) -> bool:
        """Whether anything stands in the date cell."""
        text = squash(shown(self.ctx.value(row, "date") or self.ctx.value(row, "day")))
        return bool(text) and text not in words("blank")

    def day(self, row: int) -> str | None:
        """The day of a row, ISO, without any remark: for rows that are neither activity nor visit."""
        start = self.written[row].start
        day = resolved(start, self.period[row] or self.around[row]) if start else None
        return day.isoformat() if day else None

    def read(self, row: int, values: dict[str, Any], is_activity: bool) -> dict[str, str]:
        """date and date_end, ISO, where they are certain; problems are noted."""
        found: dict[str, str] = {}
        if is_activity:
            found = self._activity_date(row)
            self._compare(row, values, found)
        reported = self._other_date(row, "recorded_on")
        return found | ({"recorded_on": reported} if reported else {})

    def _activity_date(self, row: int) -> dict[str, str]:
        ctx, written = self.ctx, self.written[row]
        col = ctx.columns.col("date") or ctx.columns.col("day")
        if col is None:
            return {}
        at = (row, col)
        year = self.period[row] or self.around[row]
        if written.problem:
            candidates = [d.isoformat() for d in (resolved(c, year) for c in written.candidates) if d]
            params = {"candidates": candidates} if written.candidates else {"written": shown(ctx.grid.value(*at))}
            ctx.problem(at, written.problem, **params)
        if written.start is None:
            if written.problem:
                ctx.not_read(*at)
            elif not self.is_written(row):
                ctx.problem(at, "date_missing")
            return {}
        if written.year and self.period[row] and written.year != self.period[row]:
            ctx.problem(at, "date_outside_period", **self._either_year(written, self.period[row]))
            ctx.not_read(*at)
            return {}
        return self._resolved(at, written, year)

    def _either_year(self, written: Written, year: int | None) -> dict[str, Any]:
        """The year written and that of the sheet, and the day in each of them, as far as the calendar has it."""
        assert written.start is not None
        own, there = written.start, replace(written.start, year=year)
        days = [day.isoformat() for day in (resolved(own, own.year), resolved(there, year)) if day]
        return {"found": written.year, "expected": year} | ({"candidates": days} if len(days) == 2 else {})

    def _resolved(self, at: tuple[int, int], written: Written, year: int | None) -> dict[str, str]:
        assert written.start is not None
        start = resolved(written.start, year)
        if start is None:
            self.ctx.problem(at, "date_impossible" if year or written.year else "date_vague")
            self.ctx.not_read(*at)
            return {}
        end = resolved_end(written.end, start) if written.end else None
        if end is None and self.ctx.columns.col("date_end"):
            later = parse_date(self.ctx.value(at[0], "date_end")).start
            end = resolved_end(later, start) if later else None
        return {"date": start.isoformat()} | ({"date_end": end.isoformat()} if end and end != start else {})

    def _other_date(self, row: int, name: str) -> str | None:
        col = self.ctx.columns.col(name)
        if col is None:
            return None
        written = parse_date(self.ctx.grid.value(row, col))
        day = resolved(written.start, self.period[row] or self.around[row]) if written.start else None
        if day is None and written.problem:
            self.ctx.not_read(row, col)
        return day.isoformat() if day else None

    def _compare(self, row: int, values: dict[str, Any], found: dict[str, str]) -> None:
        """The month and weekday columns against the date."""
        if "date" not in found:
            return
        day = dt.date.fromisoformat(found["date"])
        month_col = self.ctx.columns.col("month")
        if month_col and values.get("month") not in (None, day.month):
            found_month = {"found": values["month"], "expected": day.month}
            self.ctx.problem_of_row((row, month_col), "month_date_mismatch", **found_month)
        self.check_weekday(row, found["date"])

    def check_weekday(self, row: int, iso: str | None) -> None:
        """The weekday column against the date."""
        col = self.ctx.columns.col("weekday")
        if col is None or iso is None:
            return
        text = squash(shown(self.ctx.grid.value(row, col)))
        first = WEEKDAY.match(text)  # of a course over several days, that of its first
        said = first[1] if first else text[-1:]
        written = int(said) - 1 if said.isdigit() and 1 <= int(said) <= 7 else WEEKDAYS.get(said)
        right = dt.date.fromisoformat(iso).weekday()
        if written is not None and written != right:
            self.ctx.problem((row, col), "weekday_mismatch", found=text, expected="一二三四五六日"[right])


def _section_years(ctx: TableContext) -> dict[int, int]:
    """Lines such as 2023年 between the rows: the year of the rows below them."""
    years: dict[int, int] = {}
    year: int | None = None
    for row, kind in sorted(ctx.table.rows.kinds.items()):
        if kind == "note":
            texts = [value for value in ctx.grid.rows[row].values() if isinstance(value, str)]
            year = year_in([text for text in texts if len(text) <= SECTION_LENGTH]) or year
        elif year is not None:
            years[row] = year
    return years


def _filled(rows: list[int], known: dict[int, int | None]) -> dict[int, int | None]:
    """For each row its own year, else that of the nearest row above, else of the nearest below."""
    filled: dict[int, int | None] = {}
    last: int | None = None
    for row in rows:
        last = known[row] or last
        filled[row] = last
    last = None
    for row in reversed(rows):
        last = known[row] or last
        filled[row] = filled[row] or last
    return filled
