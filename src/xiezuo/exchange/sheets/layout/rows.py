"""What each row below the headings is: data, blank, total, note, or the headings once more."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from ..cells import Value
from ..grid import Grid, Span
from ..text import squash, tidy
from ..vocabulary import table, words
from .header import Header
from .headings import is_exact_heading
from .totals import states_sum, total_kind

BANNER = 0.8  # of the headings that a line in wide cells must reach over
PAGE = re.compile(r"第\d+页(?:[,，/]?共\d+页)?|page\d+(?:of\d+)?|-\d+-")
LONGEST_GAP = 100  # empty rows that are still listed one by one
SECTION = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|.*(?:年|月|季度|学期)$)")


@dataclass
class Rows:
    """Row number → data, blank, subtotal, grand_total, note, footnote or header."""

    kinds: dict[int, str]

    def of(self, *kinds: str) -> list[int]:
        """The rows of these kinds, in order."""
        return [row for row, kind in sorted(self.kinds.items()) if kind in kinds]


def classify_rows(grid: Grid, header: Header, cols: range, last: int) -> Rows:
    """Every row between the headings and ``last``."""
    kinds: dict[int, str] = {}
    previous = header.last
    for row in grid.filled_rows():
        if not header.last < row <= last:
            continue
        if row - previous <= LONGEST_GAP:
            kinds |= dict.fromkeys(range(previous + 1, row), "blank")
        kinds[row] = _kind(grid, header, cols, row)
        previous = row
    data = [row for row, kind in kinds.items() if kind == "data"]
    end = data[-1] if data else header.last
    for row, kind in list(kinds.items()):
        if row > end and kind == "blank":
            del kinds[row]
        elif row > end and kind == "note":
            kinds[row] = "footnote"
    return Rows(kinds | dict.fromkeys(_remarks_below(grid, cols, kinds), "footnote"))


def _remarks_below(grid: Grid, cols: range, kinds: dict[int, str]) -> list[int]:
    """Rows at the end that hold one text, in whichever column, below an empty row and all that is listed.

    A short text may be a name; below the last sum nobody is listed any more.
    """
    found: list[int] = []
    totals = [row for row, kind in kinds.items() if kind in ("subtotal", "grand_total")]
    for row, kind in sorted(kinds.items(), reverse=True):
        own = [value for col, value in grid.rows.get(row, {}).items() if col in cols and not _is_space(value)]
        if kind == "blank" and found:
            return [row for row in found if kinds[row] == "data"]
        if kind not in ("data", "footnote", "note") or len(own) != 1 or not isinstance(own[0], str):
            return []
        if kind == "data" and not (row > max(totals, default=row) or _is_long(own[0])):
            return []
        found.append(row)
    return []


def _is_long(text: str) -> bool:
    return len(squash(text)) >= int(table("words")["note_minimum"])


def _kind(grid: Grid, header: Header, cols: range, row: int) -> str:
    own = {col: value for col, value in grid.rows.get(row, {}).items() if col in cols and not _is_space(value)}
    if not own:
        return "blank"
    if _repeats_header(grid, header, own):
        return "header"
    total = _total(own)
    if total:
        return total
    return "note" if _is_note(grid, header, cols, row, own) else "data"


def _is_space(value: Value) -> bool:
    return isinstance(value, str) and not value.strip()


def _repeats_header(grid: Grid, header: Header, own: dict[int, Value]) -> bool:
    """Headings printed again on each page."""
    if not all(isinstance(value, str) for value in own.values()):
        return False
    texts = [(col, tidy(str(value))) for col, value in own.items()]
    same = sum(text in header.paths.get(col, ()) for col, text in texts)
    return same >= 2 and same / len(texts) >= 0.7 and sum(is_exact_heading(t) for _, t in texts) >= 2


def _total(own: dict[int, Value]) -> str | None:
    """A row is a total where its first text says so, figures stand beside it, and hardly any other words."""
    cells = (own[col] for col in sorted(own))
    first = next((value for value in cells if isinstance(value, str) and not _numeric(value)), None)
    kind = total_kind(first) if isinstance(first, str) else None
    if kind is None or any(isinstance(value, dt.date) for value in own.values()):
        return None
    texts = [value for value in own.values() if isinstance(value, str) and not _numeric(value)]
    if len(texts) > 2:
        return None
    return kind if len(own) > len(texts) or len(own) <= 2 else None


def _numeric(text: str) -> bool:
    squashed = squash(text)
    return squashed in words("blank") or bool(re.fullmatch(r"[\d.,]+(?:人次|人|小时|h|元)?", squashed))


def _is_note(grid: Grid, header: Header, cols: range, row: int, own: dict[int, Value]) -> bool:
    """A single text over the width of the table or in its first column: a note, a section, a signature."""
    if _is_banner(grid, header, row, own):
        return True
    if len(own) > 3 or not all(isinstance(value, str) for value in own.values()):
        return False
    col, text = next(iter(own.items()))
    if starts_like_note(str(text)) and (len(own) == 1 or col == min(header.paths, default=col)):
        return True
    if len(own) > 1:
        return False
    if PAGE.fullmatch(squash(str(text))) or states_sum(str(text)):
        return True
    span = grid.span_from(row, col)
    if span is not None and span[3] - span[1] >= 2:
        return True
    first = col == min(header.paths, default=col)
    return first and (_is_long(str(text)) or bool(SECTION.match(tidy(str(text)))))


def _is_banner(grid: Grid, header: Header, row: int, own: dict[int, Value]) -> bool:
    """A line in wide cells over many columns that each have a heading of their own: 蒲公英班 | 带班：石头哥哥 | 教室：201."""
    spans = [span for col in own if (span := grid.span_from(row, col)) and span[3] > span[1]]
    over = sum(len({header.paths.get(col) for col in range(c1, c2 + 1)} - {None}) > 1 for _, c1, _, c2 in spans)
    return over == len(own) and all(isinstance(value, str) for value in own.values()) and _covers(spans, header)


def _covers(spans: list[Span], header: Header) -> bool:
    covered = {col for _, c1, _, c2 in spans for col in range(c1, c2 + 1)}
    return len(covered & set(header.paths)) >= BANNER * len(header.paths)


def starts_like_note(text: str) -> bool:
    """备注：…, 填表说明…: a printed or written remark, not a short answer that begins with the same word."""
    squashed = squash(text)
    starts = tuple(squash(word) for word in table("words")["note_starts"])
    return squashed.startswith(starts) and (":" in squashed or _is_long(text))
