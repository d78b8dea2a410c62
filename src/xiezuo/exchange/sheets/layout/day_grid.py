"""Headings that are not words but days or people: 姓名 | 9.4 | 9.11 | 合计, or 日期 | 王芳 | 李强 | 合计."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from ..cells import Value
from ..grid import Grid
from ..text import half, squash, tidy
from ..values.dates import Day, parse_date
from ..values.hours import looks_like_hours
from ..values.names import has_surname, is_nickname
from .headings import bare, concepts_of, is_heading
from .totals import total_kind

ROWS = 4  # of headings at most
BARE_NUMBERS = 4  # so many rising numbers in a row are days of a month
FEWEST = 2  # cells of a row of headings; a title stands alone
DAYS = 2  # so many days, where they are written as days
PEOPLE = 2
SAMPLE = 12  # rows below the headings that must bear the guess out
MOSTLY = 0.7
HALF = 0.5
FITS = 0.59
LONGEST = 12  # of a name or a heading
DAY = re.compile(r"(?:(\d{4})[年./-])?(?:(\d{1,2})[月./-])?(\d{1,2})[日号號]?")
MONTH = re.compile(r"(?:\d{4}年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?")  # a heading, or what a row is about
MARKED = re.compile(r"[月日号號./-]")
WEEKDAY = re.compile(r"[（(]?(?:星期|礼拜|周|週)?[一二三四五六日天][）)]?")
LEADING = re.compile(r"((?:\d{1,2}月)?\d{1,2}[日号號]|\d{1,2}[./]\d{1,2})(?:日|号)?[\s:：,，、]*(\D.*)", re.DOTALL)


@dataclass(frozen=True)
class Across:
    """Columns whose headings are ``days`` or ``people``, and the row of these headings."""

    kind: str
    cols: tuple[int, ...]
    row: int
    last: int


def day_parts(text: str) -> tuple[Day | None, str]:
    """A day without its year or month where these are not written (month 0), and the words beside it."""
    tokens = [token for token in re.split(r"[\s\n]+", half(text)) if token]
    for i, token in enumerate(tokens):
        day = _day(token)
        if day is not None:
            return day, " ".join(tokens[:i] + tokens[i + 1 :])
    match = LEADING.fullmatch(tidy(half(text)))
    if match and (day := _day(match[1])):
        return day, tidy(match[2])
    return None, text


def _day(text: str) -> Day | None:
    written = parse_date(text)
    if written.start:
        return written.start
    match = DAY.fullmatch(squash(text))
    if match is None or match[2] or not 1 <= int(match[3]) <= 31:
        return None
    return Day(None, 0, int(match[3]))


def find_across(grid: Grid, cols: range, row: int, last: int) -> Across | None:
    """The grid whose headings begin in this row, if one does."""
    if sum(col in cols for col in grid.rows.get(row, ())) < FEWEST:
        return None
    return _days(grid, cols, row, last) or _people(grid, cols, row, last)


def _days(grid: Grid, cols: range, top: int, last: int) -> Across | None:
    rows = range(top, min(last, top + ROWS - 1) + 1)
    name = next((at for r in rows[:3] if (at := _name_col(grid, r, cols))), None)
    if name is None:
        return None
    for row in rows[:3]:
        run = _run_of_days(grid, row, range(name + 1, cols.stop))
        if run and _is_heading_row(grid, row, cols, run) and (row == top or _name_col(grid, top, cols)):
            return Across("days", run, row, _bottom(grid, cols, row, rows, run, name))
    return None


def _is_heading_row(grid: Grid, row: int, cols: range, run: tuple[int, ...]) -> bool:
    """Beside the days stand headings or nothing, hardly names and never figures: those make a row of data."""
    beside = [value for col, value in grid.rows[row].items() if col in cols and col not in run]
    texts = [value for value in beside if isinstance(value, str)]
    return len(texts) == len(beside) and sum(map(is_heading, texts)) >= MOSTLY * len(texts)


def _name_col(grid: Grid, row: int, cols: range) -> int | None:
    """The column of 姓名, or of 义工 where names stand under it."""
    return _heading_col(grid, row, cols, "person_name") or _heading_col(grid, row, cols, "volunteer_name")


def _heading_col(grid: Grid, row: int, cols: range, concept: str) -> int | None:
    """The first column whose cell in this row is such a heading; 姓名\\日期 is both."""
    for col in cols:
        value = grid.own(row, col)
        if not isinstance(value, str) or len(squash(value)) > LONGEST:
            continue
        fits = concepts_of(value)
        if fits.get(concept, 0.0) >= max(FITS, fits.get("activity_name", 0.0)):
            return col
    return None


def _run_of_days(grid: Grid, row: int, cols: range) -> tuple[int, ...]:
    """The longest run of filled cells that are days; empty where there are too few."""
    best: list[int] = []
    run: list[int] = []
    for col in cols:
        value = grid.own(row, col)
        if value is None:
            continue
        run = [*run, col] if _is_day(value) else []
        best = max(best, run, key=len)
    values = [grid.own(row, col) for col in best]
    months = (
        len({grid.anchor(row - 1, col) for col in best if _names_month(grid.value(row - 1, col))}) if row > 1 else 0
    )
    if len(best) >= BARE_NUMBERS and _rising(values, months):
        return tuple(best)
    return tuple(best) if len(best) >= DAYS and all(_is_marked(value) for value in values) else ()


def _is_day(value: Value) -> bool:
    if isinstance(value, dt.date):
        return True
    if isinstance(value, float):
        return parse_date(value).problem in (None, "date_ambiguous") or (value.is_integer() and 1 <= value <= 31)
    return isinstance(value, str) and day_parts(value)[0] is not None


def _is_marked(value: Value | None) -> bool:
    """Written as a day, not as a number that might be anything."""
    return isinstance(value, dt.date) or (isinstance(value, str) and bool(MARKED.search(value)))


def _names_month(value: Value | None) -> bool:
    return isinstance(value, str) and bool(MONTH.fullmatch(squash(value)))


def _rising(values: Iterable[Value | None], months: int) -> bool:
    """Days of one month stand in order and begin again where a month ends: once, or as often as months stand above."""
    numbers = [float(squash(str(v))) for v in values if re.fullmatch(r"\d+(?:\.\d+)?", squash(str(v)))]
    return sum(b <= a for a, b in pairwise(numbers)) <= max(1, months - 1)


def _bottom(grid: Grid, cols: range, row: int, rows: range, run: tuple[int, ...], label: int) -> int:
    """The last row of the headings: merged cells, then rows with words under the run and nobody in ``label``."""
    reach = [span[2] for span in grid.merges if span[0] in rows and span[0] <= row and span[1] in cols]
    bottom = max([row, *(r2 for r2 in reach if r2 <= rows[-1])])
    label_rows = [r for r in rows if r <= bottom + 1 and _name_col(grid, r, cols) == label]
    bottom = max([bottom, *label_rows])
    while bottom < rows[-1] and _continues(grid, cols, bottom + 1, run, label):
        bottom += 1
    return bottom


def _continues(grid: Grid, cols: range, row: int, run: tuple[int, ...], label: int) -> bool:
    own = {col: value for col, value in grid.rows.get(row, {}).items() if col in cols}
    if not own or label in own or (grid.anchor(row, label)[0] != row and grid.value(row, label) is None):
        return False
    under = [value for col, value in own.items() if col in run]
    words = sum(isinstance(value, str) and not looks_like_hours(value) for value in under)
    words = max(words, sum(isinstance(value, str) and bool(WEEKDAY.fullmatch(squash(value))) for value in under))
    return len(under) >= HALF * len(own) and words >= MOSTLY * max(1, len(under))


def _people(grid: Grid, cols: range, top: int, last: int) -> Across | None:
    date = _heading_col(grid, top, cols, "date")
    if date is None or _is_day(grid.own(top, date) or ""):
        return None
    for row in range(top, min(last, top + 2) + 1):
        found = [col for col in range(date + 1, cols.stop) if _may_be_name(grid.own(row, col))]
        names = [col for col in found if _is_name(str(grid.own(row, col)))]
        if len(found) < PEOPLE or len(names) < MOSTLY * len(found):
            continue
        bottom = max([row, *(s[2] for s in grid.merges if s[0] == top and s[1] == date and s[2] <= row + 2)])
        while bottom < last and bottom < row + 2 and _continues(grid, cols, bottom + 1, tuple(found), date):
            bottom += 1
        if _hours_by_day(grid, date, found, bottom, last):
            return Across("people", tuple(found), row, bottom)
    return None


def _may_be_name(value: Value | None) -> bool:
    if not isinstance(value, str) or not 0 < len(bare(value)) <= LONGEST:
        return False
    return not is_heading(value) and total_kind(value) is None


def _is_name(text: str) -> bool:
    plain = bare(text)
    return has_surname(plain) or is_nickname(plain)


def _is_total(grid: Grid, row: int, col: int) -> bool:
    value = grid.own(row, col)
    return isinstance(value, str) and total_kind(value) is not None


def _hours_by_day(grid: Grid, date: int, people: list[int], bottom: int, last: int) -> bool:
    """Whether days stand down one column and hours under the people."""
    rows = [row for row in grid.filled_rows() if bottom < row <= last and not _is_total(grid, row, date)][:SAMPLE]
    days = [value for row in rows if (value := grid.own(row, date)) is not None]
    cells = [value for row in rows for col in people if (value := grid.own(row, col)) is not None]
    dated = sum(_is_day(value) or parse_date(value).month is not None for value in days)
    fit = sum(looks_like_hours(value) for value in cells)
    return len(days) >= 1 and dated >= MOSTLY * len(days) and bool(cells) and fit >= MOSTLY * len(cells)
