"""The same ledger for Word: landscape pages, headings repeated on each, sums as plain numbers."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from itertools import groupby
from typing import Any

from xiezuo.exchange.ledgers.layout import Column
from xiezuo.exchange.ledgers.writing import HIDDEN, Placed, SheetOut, shown
from xiezuo.forms.papers.libraries import must_be_there
from xiezuo.service.indicators import IN_FEN, IN_MINUTES

BODY, TITLE = "宋体", "黑体"
LONG_MM, SHORT_MM, EDGE_MM = 297.0, 210.0, 15.0


def as_word(sheets: Sequence[SheetOut]) -> bytes:
    """Every sheet on pages of its own. Raises RuleBroken where the libraries are missing."""
    must_be_there()
    from docx import Document

    document = Document()
    _page(document.sections[0])
    _fonts(document.styles["Normal"], 9)
    for number, sheet in enumerate(sheets):
        if number:
            document.add_page_break()
        _sheet(document, sheet)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _page(section: Any) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(LONG_MM), Mm(SHORT_MM)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(EDGE_MM)


def _fonts(thing: Any, size: float, name: str = BODY) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    thing.font.size, thing.font.name = Pt(size), name
    thing.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _line(document: Any, text: str, size: float, *, name: str = BODY, centred: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    if not text:
        return
    line = document.add_paragraph()
    line.paragraph_format.space_after = Pt(3)
    if centred:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _fonts(line.add_run(text), size, name)


def _sheet(document: Any, out: SheetOut) -> None:
    _line(document, out.title, 16, name=TITLE, centred=True)
    _line(document, out.subtitle, 9)
    columns, deep = out.part.columns, out.part.head_rows
    table = document.add_table(rows=deep + len(out.rows), cols=len(columns))
    table.style, table.autofit = document.styles["Table Grid"], False
    cells = table._cells
    _heads(cells, columns, deep)
    for n, placed in enumerate(out.rows, start=deep):
        for at, column in enumerate(columns):
            _fill(cells[n * len(columns) + at], _told(placed, column, first=at == 0), strong=placed.row.kind != "data")
    _measure(table, columns, deep)
    _line(document, out.note, 8)
    _line(document, "　　　　　　　　".join(f"{name}：" for name in out.part.signature), 9)


def _heads(cells: Any, columns: Sequence[Column], deep: int) -> None:
    """Equal headings side by side are one cell; a heading without more below it reaches down to the rows."""
    wide = len(columns)
    for level in range(deep):
        inside = [
            (column.head[: level + 1], n, column.head) for n, column in enumerate(columns) if len(column.head) > level
        ]
        for _head, run in groupby(inside, lambda one: one[0]):
            found = list(run)
            first, last, head = found[0][1], found[-1][1], found[0][2]
            end = deep - 1 if len(head) == level + 1 else level
            cell = cells[level * wide + first].merge(cells[end * wide + last])
            _fill(cell, head[level], strong=True, centred=True)


def _told(placed: Placed, column: Column, *, first: bool) -> str:
    row = placed.row
    if column.count:
        number = row.numbers[column.letter]
        if column.letter in row.hidden:
            return HIDDEN
        if number is None:
            return ""
        places = 1 if column.count.what in IN_MINUTES else 2 if column.count.what in IN_FEN else 0
        return f"{shown(column, number):.{places}f}"
    if row.kind != "data":
        return row.label if first else ""
    value = row.facts.get(column.field)
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def _fill(cell: Any, text: str, *, strong: bool = False, centred: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    line = cell.paragraphs[0]
    line.text = ""
    run = line.add_run(text)
    run.bold = strong
    _fonts(run, 9)
    if centred:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _measure(table: Any, columns: Sequence[Column], deep: int) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    share = (LONG_MM - 2 * EDGE_MM) / sum(column.width for column in columns)
    for at, column in enumerate(columns):
        table.columns[at].width = Mm(column.width * share)
    for row in table.rows[:deep]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
