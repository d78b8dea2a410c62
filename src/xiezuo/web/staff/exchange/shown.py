"""A sheet as the preview shows it: its grid with regions, its columns, its problems, all in words."""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.exchange.kinds import TAKEN_IN
from xiezuo.exchange.models import ImportedSheet
from xiezuo.exchange.sheets.cells import column_letter, column_number
from xiezuo.web.staff.exchange.problems import PROBLEMS, SEVERITIES, Told, Words
from xiezuo.web.staff.exchange.sheet_words import (
    IGNORED,
    KINDS,
    RECORDS,
    REGIONS,
    ROLES,
    field_words,
)

EXAMPLES = 12
ROWS_SHOWN = 40
TINTED = ("header", "total", "data", "side", "title", "note")


@dataclass(frozen=True)
class Cell:
    address: str
    text: str
    region: str
    question: bool
    span: int = 1
    down: int = 1

    @property
    def css(self) -> str:
        figure = bool(re.fullmatch(r"[\d.,%-]+", self.text)) and self.region == "data"
        return " ".join(filter(None, [self.region, "question" if self.question else "", "n" if figure else ""]))


@dataclass(frozen=True)
class Row:
    number: int
    cells: list[Cell]
    data: bool


@dataclass(frozen=True)
class Grid:
    letters: list[str]
    rows: list[Row]
    all_rows: int
    regions: list[tuple[str, Words]]

    @property
    def asked(self) -> set[str]:
        """Addresses of the cells shown that raise a question."""
        return {cell.address for row in self.rows for cell in row.cells if cell.question}


@dataclass
class Question:
    """All problems of one kind in a sheet. `examples` are cell addresses; `inside` those the preview shows."""

    kind: str
    severity: str
    told: Told
    count: int = 0
    examples: list[str] = field(default_factory=list)
    details: list[str] = field(default_factory=list)

    @property
    def severity_words(self) -> Words:
        return SEVERITIES[self.severity]


@dataclass(frozen=True)
class Column:
    letters: str
    heading: str
    means: str


@dataclass(frozen=True)
class ShownSheet:
    sheet: ImportedSheet
    grid: Grid
    questions: list[Question]

    @property
    def understanding(self) -> dict[str, Any]:
        return dict(self.sheet.understanding)

    @property
    def asked_here(self) -> set[str]:
        return self.grid.asked

    @property
    def kind(self) -> Words:
        return KINDS.get(self.sheet.kind, KINDS["unknown"])

    @property
    def role(self) -> Words:
        return ROLES.get(self.sheet.role, self.sheet.role)

    @property
    def records(self) -> list[tuple[Words, int, bool]]:
        """What was found, how many, and whether there is a place for it yet."""
        found: dict[str, int] = self.understanding["records"]
        return [(RECORDS.get(kind, kind), n, kind in TAKEN_IN) for kind, n in found.items()]

    @property
    def columns(self) -> list[Column]:
        headings: dict[str, list[str]] = self.understanding["headings"]
        fields: dict[str, str] = self.understanding["columns"]
        letters = sorted({*headings, *fields}, key=column_number)
        return [
            Column(at, " › ".join(headings.get(at, [])), field_words(fields[at]) if at in fields else "")
            for at in letters
        ]

    @property
    def ignored(self) -> list[tuple[Words, int, list[int]]]:
        why: Counter[str] = Counter(row["why"] for row in self.understanding["ignored_rows"])
        rows = self.understanding["ignored_rows"]
        return [(IGNORED.get(w, w), n, [r["row"] for r in rows if r["why"] == w][:EXAMPLES]) for w, n in why.items()]


def _regions_of_rows(understanding: dict[str, Any]) -> dict[int, str]:
    header = understanding.get("header_rows") or (1, 0)
    rows = dict.fromkeys(range(header[0], header[1] + 1), "header")
    return rows | dict.fromkeys(understanding.get("total_rows", []), "total")


def grid_of(sheet: ImportedSheet) -> Grid:
    """The kept first rows as cells with spans; columns without anything in them are left out."""
    kept: dict[str, Any] = json.loads(str(sheet.preview)) if sheet.preview else {"rows": [], "n_rows": 0}
    rows: list[list[list[str]]] = kept["rows"][:ROWS_SHOWN]
    used = [i for i in range(max(map(len, rows), default=0)) if any(row[i][0] for row in rows if i < len(row))]
    asked = {p["cell"] for p in sheet.understanding["problems"] if p["severity"] != "info"}
    spans, covered = _spans(kept.get("merges", []), set(used), len(rows))
    whole_rows = _regions_of_rows(sheet.understanding)
    shown = []
    for number, row in enumerate(rows, 1):
        cells = []
        for i in used:
            if (number, i + 1) in covered:
                continue
            text, region = row[i]
            region = region if region in TINTED else whole_rows.get(number, "") if region == "empty" else ""
            address = f"{column_letter(i + 1)}{number}"
            cells.append(Cell(address, text, region, address in asked, *spans.get((number, i + 1), (1, 1))))
        shown.append(Row(number, cells, any(cell.region == "data" for cell in cells)))
    there = {cell.region for row in shown for cell in row.cells}
    key = [(region, REGIONS[region]) for region in TINTED if region in there]
    return Grid([column_letter(i + 1) for i in used], shown, kept["n_rows"], key)


def _spans(
    merges: list[list[int]], used: set[int], rows: int
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Columns and rows that each merged cell spans here, and the cells it covers."""
    spans, covered = {}, set()
    for r1, c1, r2, c2 in merges:
        r2 = min(r2, rows)
        columns = [c for c in range(c1, c2 + 1) if c - 1 in used]
        if r1 > rows or not columns or columns[0] != c1:
            continue
        spans[r1, c1] = (len(columns), r2 - r1 + 1)
        covered |= {(r, c) for r in range(r1, r2 + 1) for c in columns} - {(r1, c1)}
    return spans, covered


def _detail(problem: dict[str, Any]) -> str:
    """What one example says, beside its address."""
    said = problem["params"]
    if said.get("candidates"):
        return _("may be %(days)s") % {"days": " / ".join(said["candidates"])}
    if "found" in said and "expected" in said:
        return _("%(found)s written, %(expected)s expected") % said
    if said.get("written"):
        return _("“%(written)s” written") % said
    return _("as in row %(row)s") % {"row": said["same_as_row"]} if said.get("same_as_row") else ""


def questions_of(sheet: ImportedSheet) -> list[Question]:
    """Problems by kind: what is lost first, then what to look at, then what is only told; the most frequent first."""
    found: dict[tuple[str, str], Question] = {}
    for problem in sheet.understanding["problems"]:
        kind, severity = problem["kind"], problem["severity"]
        question = found.setdefault((kind, severity), Question(kind, severity, PROBLEMS[kind]))
        question.count += 1
        if len(question.examples) < EXAMPLES:
            question.examples.append(problem["cell"])
        if len(question.details) < 2 and (detail := _detail(problem)):
            question.details.append(f"{problem['cell']}: {detail}")
    order = list(SEVERITIES)
    return sorted(found.values(), key=lambda q: (order.index(q.severity), -q.count))


def shown_sheet(sheet: ImportedSheet) -> ShownSheet:
    return ShownSheet(sheet, grid_of(sheet), questions_of(sheet))
