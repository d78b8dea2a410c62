"""Writing a ledger as a workbook: merged headings, totals as formulas with their results, who signs, and the codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from xiezuo.exchange.ledgers.layout import Column, Part
from xiezuo.exchange.ledgers.rows import Row
from xiezuo.service.indicators import IN_FEN, IN_MINUTES, INDICATORS, Shows

HIDDEN = "·"
MINUTES_AN_HOUR = 60
FEN_OF_A_YUAN = 100
FONT = {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter"}


@dataclass(frozen=True)
class Placed:
    """A row of a sheet with the line it stands on, from 1."""

    at: int
    row: Row


@dataclass(frozen=True)
class SheetOut:
    """One sheet, its words filled in. `codes` by line."""

    part: Part
    name: str
    title: str
    subtitle: str
    note: str
    rows: list[Placed]
    codes: dict[int, str]


def place(part: Part, rows: Sequence[Row]) -> list[Placed]:
    """Title, perhaps a line below it, the headings, and then every row on its line."""
    first = 1 + bool(part.subtitle) + part.head_rows + 1
    return [Placed(first + n, row) for n, row in enumerate(rows)]


def workbook(sheets: Sequence[SheetOut]) -> bytes:
    """The file. Its last sheet says for every row with numbers by which code it is found again."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    for sheet in sheets:
        _Sheet(book, sheet).write()
    _write_codes(book, sheets)
    book.close()
    return target.getvalue()


def _write_codes(book: Any, sheets: Sequence[SheetOut]) -> None:
    page = book.add_worksheet(_("Codes"))
    page.set_column(0, 0, 14)
    page.set_column(1, 1, 8)
    page.set_column(2, 2, 36)
    page.set_column(3, 3, 14)
    page.write(
        0, 0, _("Type a code into the search box of the house: the records behind the numbers of that row open.")
    )
    page.write_row(2, 0, [_("Sheet"), _("Line"), _("What"), _("Code")], book.add_format({"bold": True, "bottom": 1}))
    lines = [(sheet, placed) for sheet in sheets for placed in sheet.rows]
    for n, (sheet, placed) in enumerate(lines, start=3):
        row = placed.row
        told = ("date", "site", "name") if sheet.part.of_records else sheet.part.each
        what = " ".join(str(row.facts[name]) for name in told if row.facts.get(name))
        page.write_row(n, 0, [sheet.name, placed.at, f"{what} {row.label}".strip(), sheet.codes[placed.at]])


class _Sheet:
    """One sheet while it is being written."""

    def __init__(self, book: Any, out: SheetOut) -> None:
        self.book, self.out, self.part = book, out, out.part
        self.page = book.add_worksheet(out.name[:31])
        self.formats: dict[tuple[str, bool], Any] = {}
        self.last = len(self.part.columns) - 1
        self.lines: dict[str, list[int]] = {
            kind: [placed.at for placed in out.rows if placed.row.kind == kind] for kind in ("data", "subtotal")
        }

    def format(self, number: str, strong: bool = False) -> Any:
        if (number, strong) not in self.formats:
            told = FONT | {"bold": strong, "num_format": number or "General"}
            self.formats[number, strong] = self.book.add_format(told)
        return self.formats[number, strong]

    def write(self) -> None:
        self._page()
        self._title()
        self._headings()
        for placed in self.out.rows:
            for number, column in enumerate(self.part.columns):
                self._cell(placed, number, column)
        self._below(max((placed.at for placed in self.out.rows), default=self._first - 1))

    @property
    def _first(self) -> int:
        """The first line below the headings, from 1."""
        return 1 + bool(self.out.subtitle) + self.part.head_rows + 1

    def _page(self) -> None:
        if self.part.landscape:
            self.page.set_landscape()
        self.page.set_paper(9)  # A4
        self.page.fit_to_pages(1, 0)
        self.page.repeat_rows(0, self._first - 2)
        self.page.freeze_panes(self._first - 1, 0)
        self.page.set_footer("&C&P / &N")
        for number, column in enumerate(self.part.columns):
            self.page.set_column(number, number, column.width)

    def _title(self) -> None:
        title = self.book.add_format({"font_name": "宋体", "font_size": 16, "bold": True, "align": "center"})
        self.page.merge_range(0, 0, 0, self.last, self.out.title, title)
        if self.out.subtitle:
            self.page.merge_range(1, 0, 1, self.last, self.out.subtitle, self.book.add_format({"font_name": "宋体"}))

    def _headings(self) -> None:
        """Equal headings side by side are one cell; a heading without more below it reaches down to the rows."""
        above, deep = 1 + bool(self.out.subtitle), self.part.head_rows
        style = self.book.add_format(FONT | {"bold": True, "align": "center", "text_wrap": True, "bg_color": "#EFEFEF"})
        for level in range(deep):
            inside = [(c.head[: level + 1], n, c.head) for n, c in enumerate(self.part.columns) if len(c.head) > level]
            for _head, run in groupby(inside, itemgetter(0)):
                cells = list(run)
                first, last, head = cells[0][1], cells[-1][1], cells[0][2]
                end = deep - 1 if len(head) == level + 1 else level
                self._merged(above + level, first, above + end, last, head[level], style)

    def _merged(self, top: int, left: int, bottom: int, right: int, words: str, style: Any) -> None:
        if (top, left) == (bottom, right):
            self.page.write(top, left, words, style)
        else:
            self.page.merge_range(top, left, bottom, right, words, style)

    def _cell(self, placed: Placed, number: int, column: Column) -> None:
        row, at = placed.row, placed.at - 1
        strong = row.kind != "data"
        style = self.format(column.format, strong)
        if column.count:
            self._number(placed, number, column, style)
        elif strong and column.letter == self._label_column(row):
            self.page.write(at, number, row.label, style)
        elif isinstance(value := row.facts.get(column.field), date):
            self.page.write_datetime(at, number, value, style)
        elif value is None or value == "" or (strong and column.letter != self.part.columns[0].letter):
            self.page.write_blank(at, number, None, style)
        else:
            self.page.write(at, number, value, style)

    def _label_column(self, row: Row) -> str:
        totals = self.part.subtotals if row.kind == "subtotal" else self.part.grand_total
        return totals.column if totals else ""

    def _number(self, placed: Placed, number: int, column: Column, style: Any) -> None:
        row, at = placed.row, placed.at - 1
        value = row.numbers[column.letter]
        if column.letter in row.hidden:
            self.page.write_string(at, number, HIDDEN, style)
        elif value is None:
            self.page.write_blank(at, number, None, style)
        elif formula := self._formula(placed, column, value):
            self.page.write_formula(at, number, formula, style, shown(column, value))
        else:
            self.page.write_number(at, number, shown(column, value), style)

    def _formula(self, placed: Placed, column: Column, value: int) -> str:
        """A sum the reader can follow, where the total is one; people counted once are not added up."""
        if not self.part.formulas or placed.row.kind == "data":
            return ""
        lines = self._summed(placed)
        numbers = {p.at: p.row.numbers[column.letter] or 0 for p in self.out.rows if column.letter not in p.row.hidden}
        if counts_once(column) or not lines or sum(numbers.get(line, 0) for line in lines) != value:
            return ""
        if len(lines) == lines[-1] - lines[0] + 1:
            return f"=SUM({column.letter}{lines[0]}:{column.letter}{lines[-1]})"
        return "=" + "+".join(f"{column.letter}{line}" for line in lines)

    def _summed(self, placed: Placed) -> list[int]:
        if placed.row.kind == "total":
            return self.lines["subtotal"] or self.lines["data"]
        before = max((line for line in self.lines["subtotal"] if line < placed.at), default=0)
        return [line for line in self.lines["data"] if before < line < placed.at]

    def _below(self, last: int) -> None:
        words = self.book.add_format({"font_name": "宋体", "font_size": 9, "text_wrap": True, "valign": "top"})
        if self.out.note:
            self.page.merge_range(last, 0, last, self.last, self.out.note, words)
            self.page.set_row(last, 28)
        step = max((self.last + 1) // max(len(self.part.signature), 1), 1)
        for number, name in enumerate(self.part.signature):
            self.page.write(last + 2, number * step, f"{name}：", self.book.add_format({"font_name": "宋体"}))


def counts_once(column: Column) -> bool:
    """Whether the column counts someone once however often they come, so that rows are not added up."""
    indicator = INDICATORS.get(column.count.what) if column.count else None
    return bool(indicator and indicator.shows is not Shows.RECORDS)


def shown(column: Column, value: int) -> float:
    """The number as the sheet has it: hours for minutes, yuan for fen."""
    what = column.count.what if column.count else ""
    return value / MINUTES_AN_HOUR if what in IN_MINUTES else value / FEN_OF_A_YUAN if what in IN_FEN else value
