"""The same paper for Word: a table whose heads are repeated, fonts named for Chinese, page numbers as fields."""

from copy import deepcopy
from io import BytesIO
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.forms.papers.content import Band, Line, Note, Pairs, PaperContent, Rows, Sign, Wide
from xiezuo.forms.papers.libraries import must_be_there
from xiezuo.forms.papers.values import day_room

BODY, TITLE, LATIN = "仿宋", "黑体", "Times New Roman"
LABEL_MM, WIDTH_MM = 25.0, 172.0
GRID = [LABEL_MM, WIDTH_MM / 2 - LABEL_MM] * 2
SHADE = "EDEDED"
LONG = 200  # characters of a row that may break over pages
ROOM_MM, HAND_MM = 8.0, 6.0


def as_word(paper: PaperContent) -> bytes:
    """One paper as .docx. Raises RuleBroken where the libraries are missing."""
    must_be_there()
    document = _document(paper)
    _above(document, paper)
    for together, lines in groupby(paper.lines, key=lambda line: not isinstance(line, Rows)):
        if together:
            _lines(document, list(lines), paper)
        else:
            for line in lines:
                _rows(document, line)  # type: ignore[arg-type]
    # Word wants a paragraph after the last table; a small one leaves no empty page.
    _seam(document)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _document(paper: PaperContent) -> Any:
    from docx import Document
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(19)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    style = document.styles["Normal"]
    style.font.size = Pt(10.5)
    style.paragraph_format.space_after = Pt(0)
    _fonts(style, BODY)
    head = section.header.paragraphs[0]
    _write(head, paper.organisation, 9)
    _line_below(head)
    foot = section.footer.paragraphs[0]
    stops = foot.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(WIDTH_MM / 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(Mm(WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT)
    _write(foot, f"{paper.about}\t", 8.5)
    before, _n, rest = _("Page {n} of {all}").partition("{n}")
    between, _all, after = rest.partition("{all}")
    for text, code in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        _write(foot, text, 8.5)
        if code:
            _field(foot, code)
    _write(foot, f"\t{paper.printed}", 8.5)
    document.core_properties.title = paper.title
    document.core_properties.author = ""
    document.core_properties.comments = ""
    return document


def _above(document: Any, paper: PaperContent) -> None:
    """Title in the middle; where it was filled in at the left, its number at the right."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
    from docx.shared import Mm, Pt

    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(10)
    _write(title, paper.title, 18, font=TITLE)
    above = document.add_paragraph()
    above.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT)
    above.paragraph_format.space_after = Pt(3)
    unit = pgettext("above a form on paper", "Filled in at: ")
    serial = pgettext("above a form on paper", "Serial number: ")
    _write(above, f"{unit}{paper.unit}\t{serial}{paper.serial or '_' * 16}", 10.5)


def _lines(document: Any, lines: list[Line], paper: PaperContent) -> None:
    """Lines that stand in one table of four columns: label and value, twice."""
    table = _table(document, GRID, rows=len(lines))
    cells = table._cells
    for at, line in enumerate(lines):
        row, four = table.rows[at], cells[at * 4 : at * 4 + 4]
        if isinstance(line, Band | Note):
            band = isinstance(line, Band)
            _fill(four[0].merge(four[3]), line.text, centred=band, bold=band, shaded=band)
            _measure(row, 0, keep=True)
        elif isinstance(line, Pairs) and len(line.cells) == 2:
            for place, cell in enumerate(line.cells):
                _fill(four[place * 2], cell.label, centred=True)
                _fill(four[place * 2 + 1], cell.value)
            _measure(row, ROOM_MM, keep=True)
        else:
            _across(row, four, line, paper)


def _across(row: Any, four: list[Any], line: Line, paper: PaperContent) -> None:
    """A label, and what belongs to it over the rest of the width."""
    rest = four[1].merge(four[3])
    if isinstance(line, Sign):
        _fill(four[0], line.label, centred=True)
        _sign(rest, line, paper)
        _measure(row, HAND_MM * line.lines, keep=True)
        return
    label, text, lines = _of_one(line)
    _fill(four[0], label, centred=True)
    _fill(rest, text)
    _measure(row, ROOM_MM * lines if not text else ROOM_MM, keep=len(text) < LONG)


def _of_one(line: Line) -> tuple[str, str, int]:
    if isinstance(line, Pairs):
        return line.cells[0].label, line.cells[0].value, 1
    assert isinstance(line, Wide)
    return line.label, line.text, line.lines


def _rows(document: Any, line: Rows) -> None:
    share, heads = WIDTH_MM / sum(line.widths), 2 if line.label else 1
    table = _table(document, [width * share for width in line.widths], rows=heads + 1)
    cells = table._cells
    if line.label:
        title = cells[0].merge(cells[len(line.heads) - 1])
        _fill(title, line.label, centred=True, bold=True, shaded=True)
    for cell, head in zip(cells[len(line.heads) * (heads - 1) :], line.heads, strict=False):
        _fill(cell, head, centred=True)
    for at, cell in enumerate(cells[len(line.heads) * heads :]):
        _fill(cell, "", centred=at == 0)
    *above, model = table.rows
    for row in above:
        _measure(row, ROOM_MM, keep=True, head=True)
    _measure(model, ROOM_MM, keep=False)
    _repeat(model._tr, line.rows)


def _repeat(model: Any, rows: tuple[tuple[str, ...], ...]) -> None:
    """A copy of the row for each of `rows`; drawing each anew takes ten times as long."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for values in rows:
        row = deepcopy(model)
        for run, value in zip(row.iter(qn("w:r")), values, strict=True):
            run.text = _drawable(value)
        if sum(map(len, values)) < LONG:
            row.trPr.append(OxmlElement("w:cantSplit"))
        model.addprevious(row)
    model.getparent().remove(model)


def _sign(cell: Any, line: Sign, paper: PaperContent) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    _fill(cell, "\n".join(filter(None, [line.text, line.ticks])))
    below = cell.add_paragraph()
    below.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    below.paragraph_format.space_before = Pt(10 if line.text else line.lines * 12)
    _write(below, pgettext("on a paper", "Signature: "), 10.5)
    if line.picture in paper.pictures:
        below.add_run().add_picture(BytesIO(paper.pictures[line.picture]), height=Mm(11))
    else:
        _write(below, line.name or "_" * 16, 10.5)
    _write(below, f"    {line.day or day_room()}", 10.5)


def _table(document: Any, widths: list[float], rows: int) -> Any:
    """A bordered table of fixed widths, joined to the one above by a seam one can hardly see."""
    from docx.oxml.ns import qn
    from docx.shared import Mm

    above = document.element.body[-2]
    if above.tag == qn("w:tbl"):
        # One line is enough where two tables meet.
        above.tblPr.find(qn("w:tblBorders")).find(qn("w:bottom")).set(qn("w:val"), "nil")
        _seam(document)
    table = document.add_table(rows=rows, cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for at, cell in enumerate(table._cells):
        cell.width = Mm(widths[at % len(widths)])
    _borders(table)
    return table


def _seam(document: Any) -> None:
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    seam = document.add_paragraph().paragraph_format
    seam.line_spacing_rule, seam.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(0.7)
    seam.space_before = seam.space_after = Pt(0)


def _borders(table: Any) -> None:
    """Thick at the sides, thin inside, and a little room between line and letters."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side, size in (("top", 6), ("left", 10), ("bottom", 6), ("right", 10), ("insideH", 6), ("insideV", 6)):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", "000000")):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    table._tbl.tblPr.append(borders)
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 40), ("left", 90), ("bottom", 40), ("right", 90)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def _measure(row: Any, height: float, *, keep: bool, head: bool = False) -> None:
    """The least height of a row (mm); `keep` it whole on one page; `head` is drawn again on each page."""
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    row.height = Mm(height)
    facts = row._tr.get_or_add_trPr()
    for name, holds in (("w:cantSplit", keep), ("w:tblHeader", head)):
        if holds:
            facts.append(OxmlElement(name))


def _fill(cell: Any, text: str, *, centred: bool = False, bold: bool = False, shaded: bool = False) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for at, part in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(paragraph, part, 10.5, font=TITLE if bold else BODY)
    if shaded:
        _shade(cell)


def _shade(cell: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _write(paragraph: Any, text: str, size: float, *, font: str = BODY) -> None:
    from docx.shared import Pt

    run = paragraph.add_run(_drawable(text))
    run.font.size, run.font.bold = Pt(size), font == TITLE or None
    _fonts(run, font)


def _drawable(text: str) -> str:
    """Without the signs that no XML may hold."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n")


def _fonts(thing: Any, chinese: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    thing.font.name = LATIN
    properties = thing.element.get_or_add_rPr()
    properties.rFonts.set(qn("w:eastAsia"), chinese)
    if properties.find(qn("w:lang")) is None:
        # Without it a document without Chinese fonts gets the punctuation of another script.
        language = OxmlElement("w:lang")
        language.set(qn("w:eastAsia"), "zh-CN")
        properties.append(language)


def _field(paragraph: Any, code: str) -> None:
    """A number that Word works out: PAGE, NUMPAGES."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", "1"), ("end", "")):
        run = paragraph.add_run(text if kind == "shown" else "")
        if kind == "shown":
            continue
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = code
        run._r.append(part)


def _line_below(paragraph: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)
