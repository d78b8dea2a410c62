"""Some rows of a sheet as it is: its cells with regions, merged ranges, the meaning of each column."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from xiezuo.exchange.actions.receiving import PART_ROWS
from xiezuo.exchange.models import ImportedSheet
from xiezuo.exchange.sheets.cells import cell_name, column_letter
from xiezuo.web.staff.exchange.sheet_words import REGIONS, Words, field_words

TINTED = ("header", "total", "data", "side", "title", "note")
Part = dict[str, Any]
Span = tuple[int, int]


@dataclass(frozen=True)
class Cell:
    address: str
    text: str
    region: str
    question: bool
    here: bool = False
    span: int = 1
    down: int = 1

    @property
    def css(self) -> str:
        figure = bool(re.fullmatch(r"[\d.,%-]+", self.text)) and self.region == "data"
        marks = ["question" if self.question else "", "here" if self.here else "", "n" if figure else ""]
        return " ".join(filter(None, [self.region, *marks]))


@dataclass(frozen=True)
class Row:
    """`again`: a row of headings shown once more above rows further down."""

    number: int
    cells: list[Cell]
    data: bool
    again: bool = False


@dataclass(frozen=True)
class Column:
    """`means` is empty for a column that was not understood; `at` is the field of the form that says what it is."""

    letters: str
    means: str
    known: bool
    at: str


@dataclass(frozen=True)
class Window:
    """Rows `first` to `last` of `all_rows`; `earlier` and `later` are rows of the windows beside it, 0 for none."""

    columns: list[Column]
    rows: list[Row]
    first: int
    last: int
    all_rows: int
    regions: list[tuple[str, Words]]

    @property
    def earlier(self) -> int:
        return max(1, self.first - PART_ROWS) if self.first > 1 else 0

    @property
    def later(self) -> int:
        return self.last + 1 if self.last < self.all_rows else 0

    @property
    def shown(self) -> set[int]:
        return {row.number for row in self.rows}


def part_of(row: int) -> int:
    """First row of the part in which a row stands."""
    return (max(1, row) - 1) // PART_ROWS * PART_ROWS + 1


def texts_of(sheet: ImportedSheet, cells: Iterable[str]) -> dict[str, str]:
    """What stands in these cells, as far as it is kept."""
    places = {cell: (int(re.sub("[A-Z]", "", cell)), re.sub(r"\d", "", cell)) for cell in cells}
    parts = _parts(sheet, {part_of(row) for row, _letters in places.values()})
    found = {}
    for cell, (row, letters) in places.items():
        kept = parts.get(part_of(row), {"rows": []})["rows"]
        at = row - part_of(row)
        col = next((i for i in range(len(kept[at])) if column_letter(i + 1) == letters), -1) if at < len(kept) else -1
        found[cell] = kept[at][col][0] if col >= 0 and kept[at][col] else ""
    return found


def _parts(sheet: ImportedSheet, first_rows: set[int]) -> dict[int, Part]:
    kept = sheet.parts.filter(first_row__in=first_rows)
    return {part.first_row: json.loads(str(part.cells)) for part in kept if part.cells}


def window(sheet: ImportedSheet, row: int = 1, cell: str = "") -> Window:
    """The part of a sheet in which `row` stands; `cell` is marked. Further down the headings stand above it again."""
    about = dict(sheet.understanding)
    all_rows = int(about["size"][0])
    first = part_of(min(max(row, 1), max(all_rows, 1)))
    parts = _parts(sheet, {1, first})
    heads = about.get("header_rows") or (1, 0)
    repeated = _numbered(parts.get(1), 1, range(heads[0], heads[1] + 1)) if first > heads[1] else []
    own = _numbered(parts.get(first), first, None)
    used = sorted({i for _n, cells in (*repeated, *own) for i, kept in enumerate(cells) if kept})
    asked = {p["cell"] for p in about["problems"] if p["severity"] != "info"}
    whole = dict.fromkeys(range(heads[0], heads[1] + 1), "header") | dict.fromkeys(about["total_rows"], "total")
    shown = [
        *_rows(repeated, parts.get(1), used, whole, asked, "", again=True),
        *_rows(own, parts.get(first), used, whole, asked, cell),
    ]
    there = {cell.region for row in shown for cell in row.cells}
    key = [(region, REGIONS[region]) for region in TINTED if region in there]
    last = min(all_rows, first + PART_ROWS - 1)
    return Window(_columns(about, used), shown, first, last, all_rows, key)


def _numbered(part: Part | None, first: int, only: range | None) -> list[tuple[int, list[Any]]]:
    rows = enumerate(part["rows"], first) if part else ()
    return [(number, cells) for number, cells in rows if only is None or number in only]


def _rows(
    numbered: list[tuple[int, list[Any]]],
    part: Part | None,
    used: list[int],
    whole: Mapping[int, str],
    asked: set[str],
    here: str,
    *,
    again: bool = False,
) -> list[Row]:
    numbers = [number for number, _cells in numbered]
    spans, covered = _spans(part["merges"] if part else [], set(used), numbers)
    rows = []
    for number, kept in numbered:
        cells = []
        for i in used:
            if (number, i + 1) in covered:
                continue
            text, region = kept[i] if i < len(kept) and kept[i] else ("", "empty")
            region = region if region in TINTED else whole.get(number, "") if region == "empty" else ""
            address = cell_name(number, i + 1)
            span, down = spans.get((number, i + 1), (1, 1))
            cells.append(Cell(address, text, region, address in asked, address == here, span, down))
        rows.append(Row(number, cells, any(cell.region == "data" for cell in cells), again))
    return rows


def _spans(
    merges: list[list[int]], used: set[int], numbers: list[int]
) -> tuple[dict[tuple[int, int], Span], set[tuple[int, int]]]:
    """Columns and rows that each merged cell spans here, and the cells it covers."""
    spans: dict[tuple[int, int], Span] = {}
    covered: set[tuple[int, int]] = set()
    first, last = (numbers[0], numbers[-1]) if numbers else (1, 0)
    for r1, c1, r2, c2 in merges:
        r2 = min(r2, last)
        columns = [c for c in range(c1, c2 + 1) if c - 1 in used]
        if not first <= r1 <= r2 or not columns or columns[0] != c1:
            continue
        spans[r1, c1] = (len(columns), r2 - r1 + 1)
        covered |= {(r, c) for r in range(r1, r2 + 1) for c in columns} - {(r1, c1)}
    return spans, covered


def _columns(about: Mapping[str, Any], used: list[int]) -> list[Column]:
    """What each column shown means, and where on the page that is said."""
    said: dict[str, tuple[str, bool, int]] = {}
    kinds = {-1: ""} | {number: table["kind"] for number, table in enumerate(about["tables"])}
    for number, table in enumerate(about["tables"]):
        for letters in {*table["headings"], *table["columns"]}:
            name = table["columns"].get(letters, "across" if letters in table["across"] else "")
            said.setdefault(letters, (name, bool(name) or letters in table["said"], number))
    columns = []
    for letters in (column_letter(i + 1) for i in used):
        name, known, number = said.get(letters, ("", True, -1))
        at = f"t{number}-{'kind' if name == 'across' else letters}" if number >= 0 else ""
        columns.append(Column(letters, field_words(name, kinds[number]) if name else "", known, at))
    return columns
