"""Files made to harm, or harmed: refused with a reason, or read without asking much of the machine."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

import xiezuo
from xiezuo.exchange.sheets import UnreadableWorkbook, read_workbook

from .helpers import values, xlsx
from .old_books import stream, xls

ROWS = [["日期", "活动名称", "参加人数"], ["2023.1.5", "读书会", 12], ["2023.1.9", "讲座", 30]]
READ = [
    {"date": "2023-01-05", "name": "读书会", "heads_total": 12},
    {"date": "2023-01-09", "name": "讲座", "heads_total": 30},
]
MEGABYTE = 1024**2
MOST_MEMORY = 300
# Peak memory of a process that opens a file, read by a process of its own so that other tests do not count.
MEASURE = r"""
import re, sys
from xiezuo.exchange.sheets import UnreadableWorkbook, read_workbook
try:
    print(len(read_workbook(sys.stdin.buffer.read(), "表").sheets[0].records), end=" ")
except UnreadableWorkbook as error:
    print(error.code, end=" ")
print(int(re.search(r"VmHWM:\s*(\d+)", open("/proc/self/status").read())[1]) // 1024)
"""


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableWorkbook) as refusal:
        read_workbook(data, "表")
    return refusal.value.code


def activities(data: bytes) -> list[dict[str, object]]:
    return values(read_workbook(data, "表").sheets[0], "activity")


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part changed or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in [*old.namelist(), *([] if part in old.namelist() else [part])]:
            content = old.read(name) if name in old.namelist() else b""
            new.writestr(name, change(content) if name == part else content)
    return out.getvalue()


def measured(data: bytes) -> tuple[str, int]:
    """Records or the reason of refusal, and megabytes at the peak."""
    if not Path("/proc/self/status").exists():
        pytest.skip("only Linux tells a process its peak of memory")
    command = [sys.executable, "-c", MEASURE]
    env = {**os.environ, "PYTHONPATH": str(Path(xiezuo.__file__).parents[1])}
    run = subprocess.run(command, input=data, capture_output=True, check=True, timeout=300, env=env)
    told, memory = run.stdout.decode().split()
    return told, int(memory)


def test_an_old_book_is_read_whether_long_or_short() -> None:
    assert activities(xls(stream(ROWS))) == READ
    assert activities(xls(stream(ROWS), small=True)) == READ


@pytest.mark.parametrize("small", [True, False])
def test_an_old_book_that_declares_four_thousand_million_rows_is_read_all_the_same(small: bool) -> None:
    assert activities(xls(stream(ROWS, declared_rows=0xFFFFFFFF), small=small)) == READ


@pytest.mark.parametrize("small", [True, False])
def test_an_old_book_with_a_cell_in_its_last_corner_is_refused_before_it_fills_the_memory(small: bool) -> None:
    data = xls(stream(ROWS, far=(65_535, 255)), small=small)
    assert refused(data) == "too_large"
    assert measured(data)[1] < MOST_MEMORY


def test_an_old_book_that_promises_more_texts_than_it_holds_is_refused() -> None:
    assert refused(xls(stream(ROWS, strings=0x7FFFFFFF))) == "truncated"
    assert refused(xls(stream(ROWS, strings=0x7FFFFFFF), small=True)) == "truncated"


def test_an_old_book_whose_parts_go_in_circles_or_beyond_the_file_is_refused() -> None:
    assert refused(xls(stream(ROWS), circular=True)) == "truncated"
    assert refused(xls(stream(ROWS), declared=0xFFFFFFF0)) == "truncated"


@pytest.mark.parametrize("share", [0.1, 0.3, 0.6])
def test_half_an_old_book_is_refused_or_read_as_far_as_it_goes(share: float) -> None:
    data = xls(stream(ROWS * 60))
    cut = data[: int(len(data) * share)]
    try:
        assert len(activities(cut)) < 120
    except UnreadableWorkbook as error:
        assert error.code in ("truncated", "not_a_workbook")


def test_every_single_byte_of_an_old_book_may_be_damaged_without_harm() -> None:
    data = bytearray(xls(stream(ROWS), small=True))
    for at in range(0, len(data), 7):
        kept, data[at] = data[at], data[at] ^ 0xFF
        try:
            read_workbook(bytes(data), "表")
        except UnreadableWorkbook as error:
            assert error.code in ("truncated", "not_a_workbook", "password", "too_large")
        data[at] = kept


def test_rare_characters_and_long_texts_live_in_every_format() -> None:
    rare = "𠮷野家读书会😀"
    assert activities(xls(stream([ROWS[0], ["2023.1.5", rare, 3]])))[0]["name"] == rare
    long = "长" * 30_000
    text = f"日期,活动名称,参加人数,备注\r\n2023.1.5,{rare},3,{long}\r\n2023.1.6,乙,4,\r\n"
    sheet = read_workbook(text.encode("gb18030"), "表.csv").sheets[0]
    assert (values(sheet, "activity")[0]["name"], values(sheet, "activity")[0]["note"]) == (rare, long)


def test_half_a_text_table_is_read_as_far_as_it_goes() -> None:
    text = "日期,活动名称,参加人数\r\n" + '2023.1.5,"读书会,第一次",3\r\n' * 50
    sheet = read_workbook(text.encode()[:700], "表.csv").sheets[0]
    assert 10 < len(sheet.records) < 50


def test_a_quote_that_never_ends_does_not_swallow_the_machine() -> None:
    text = (
        "日期,活动名称,参加人数\r\n2023.1.5,读书会,3\r\n" + '2023.1.6,"没有结束,3\r\n' + "2023.1.7,讲座,3\r\n" * 20_000
    )
    told, memory = measured(text.encode())
    assert (told, memory < MOST_MEMORY) == ("20002", True)


@pytest.mark.slow
def test_two_million_empty_rows_cost_little_in_every_format() -> None:
    empty = b"".join(
        b'<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/></row>' % (n, n) for n in range(4, 1_000_004)
    )
    sheet = "xl/worksheets/sheet1.xml"
    book = changed(xlsx({"甲": ROWS}), sheet, lambda xml: xml.replace(b"</sheetData>", empty + b"</sheetData>"))
    text = "日期,活动名称,参加人数\r\n2023.1.5,读书会,12\r\n2023.1.9,讲座,30\r\n" + ",,\r\n" * 2_000_000
    for data in (book, text.encode()):
        told, memory = measured(data)
        assert told == "2"
        assert memory < MOST_MEMORY


def test_more_commas_than_any_table_has_are_refused() -> None:
    assert refused(b"a,b,c\r\n" + b"," * 9_000_000) == "too_large"
    assert refused(b"a,b,c\r\n" * 700_000) == "too_large"


def test_macros_pivots_and_linked_books_are_left_alone() -> None:
    data = changed(xlsx({"甲": ROWS}), "xl/vbaProject.bin", lambda _: b"\xd0\xcf\x11\xe0 anything")
    data = changed(data, "xl/pivotTables/pivotTable1.xml", lambda _: b"<pivotTableDefinition/>")
    data = changed(data, "xl/pivotCache/pivotCacheDefinition1.xml", lambda _: b"<broken")
    data = changed(data, "xl/externalLinks/externalLink1.xml", lambda _: b"<externalLink/>")
    links = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" '
        b'Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )
    data = changed(data, "xl/externalLinks/_rels/externalLink1.xml.rels", lambda _: links)
    assert activities(data) == READ


def test_formulas_with_errors_and_links_give_their_stored_result() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("2023")
    sheet.write_row(0, 0, ["日期", "活动名称", "成人", "儿童", "合计"])
    sheet.write_row(1, 0, ["1.5", "甲", 2, 3])
    sheet.write_formula(1, 4, "='[别处.xlsx]表'!A1+1", None, 5)
    sheet.write_row(2, 0, ["1.6", "乙", 1])
    sheet.write_formula(2, 3, "=#REF!+1", None, "#REF!")
    sheet.write(2, 4, 1)
    sheet.write(3, 0, "合计")
    for col, result in ((2, 3), (3, "#REF!"), (4, 6)):
        sheet.write_formula(3, col, f"=SUM({chr(65 + col)}2:{chr(65 + col)}3)", None, result)
    book.close()
    read = read_workbook(out.getvalue(), "表.xlsx").sheets[0]
    assert [v["heads_total"] for v in values(read, "activity")] == [5, 1]
    assert {(p.cell, p.kind) for p in read.problems} == {("D3", "formula_error"), ("D4", "formula_error")}


def test_a_zip_of_many_small_bombs_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(60):
            archive.writestr(f"xl/media/{n}.bin", b"\0" * (10 * MEGABYTE))
    assert refused(out.getvalue()) == "zip_bomb"


def test_two_million_texts_and_merges_over_everything_do_not_fill_the_memory() -> None:
    texts = b"".join(b"<si><t>%d</t></si>" % n for n in range(2_000_000))
    shared = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>' % texts
    told, memory = measured(changed(xlsx({"甲": ROWS}), "xl/sharedStrings.xml", lambda _: shared))
    assert (told, memory < MOST_MEMORY) == ("too_large", True)
    spans = b"".join(b'<mergeCell ref="E%d:XFD%d"/>' % (n, n) for n in range(1, 200_001))
    merges = b"</sheetData><mergeCells>%s</mergeCells>" % spans
    sheet = "xl/worksheets/sheet1.xml"
    told, memory = measured(changed(xlsx({"甲": ROWS}), sheet, lambda xml: xml.replace(b"</sheetData>", merges)))
    assert (told, memory < MOST_MEMORY) == ("2", True)
