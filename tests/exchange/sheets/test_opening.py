"""Files as they arrive: wrongly named, damaged, protected, or made to harm."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from xiezuo.exchange.sheets import UnreadableWorkbook, read_workbook
from xiezuo.exchange.sheets.opening import open_workbook

from .helpers import read, values, xlsx

ROWS = [["日期", "活动名称", "参加人数"], ["2023.1.5", "读书会", 12], ["2023.1.9", "讲座", 30]]


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableWorkbook) as refusal:
        read_workbook(data, "表.xlsx")
    return refusal.value.code


def repacked(data: bytes, part: str, change: object) -> bytes:
    """The workbook with one part replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        for name in [*names, *([] if part in names else [part])]:
            content = old.read(name) if name in names else b""
            new.writestr(name, change(content) if name == part else content)  # type: ignore[operator]
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_the_format_is_found_by_content_whatever_the_file_is_called(tmp_path: Path) -> None:
    path = tmp_path / "活动.csv"
    path.write_bytes(xlsx({"甲": ROWS}))
    reading = read_workbook(path, path.name)
    assert (reading.format, reading.kind, len(reading.sheets[0].records)) == ("xlsx", "activity_ledger", 2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5"])
def test_a_text_table_is_read_in_any_encoding(encoding: str) -> None:
    text = '日期,活動名稱,人數\r\n2023.1.5,讀書會,12\r\n2023.1.9,"講座,二",30\r\n'
    reading = read_workbook(text.encode(encoding), "a.csv")
    assert reading.format == "csv"
    assert [v["name"] for v in values(reading.sheets[0], "activity")] == ["讀書會", "講座,二"]


@pytest.mark.parametrize("sign", [",", "\t", ";", "|"])
def test_the_separator_of_a_text_table_is_found(sign: str) -> None:
    text = "\n".join(
        sign.join(row) for row in (["日期", "活动", "人数"], ["2023.1.5", "甲", "3"], ["2023.1.6", "乙", "4"])
    )
    assert [v["heads_total"] for v in values(read_workbook(text.encode(), "a.txt").sheets[0], "activity")] == [3, 4]


def test_a_web_page_saved_as_xls_is_read_as_the_table_it_is() -> None:
    page = (
        "<html><table><tr><td colspan=3>2023年活动</td></tr><tr><th>日期</th><th>活动</th><th>人数</th></tr>"
        "<tr><td>1.5</td><td>读书会</td><td>12</td></tr></table></html>"
    )
    reading = read_workbook(page.encode("gb18030"), "导出.xls")
    assert values(reading.sheets[0], "activity") == [{"name": "读书会", "heads_total": 12, "date": "2023-01-05"}]


def test_bytes_that_are_no_workbook_are_refused_by_name() -> None:
    assert refused(b"") == "not_a_workbook"
    assert refused(b"%PDF-1.7 rest") == "not_a_workbook"
    assert refused(bytes(range(256)) * 40) == "not_a_workbook"
    assert refused(b'{"id": "beds", "parts": [1, 2]}\n') == "not_a_workbook"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("readme.txt", "x")
    assert refused(stream.getvalue()) == "not_a_workbook"


@pytest.mark.parametrize("share", [0.3, 0.5, 0.9])
def test_half_a_file_is_called_truncated(share: float) -> None:
    data = xlsx({"甲": ROWS * 200})
    assert refused(data[: int(len(data) * share)]) == "truncated"


def test_a_sheet_that_breaks_off_is_called_truncated() -> None:
    assert refused(repacked(xlsx({"甲": ROWS}), SHEET, lambda xml: xml[: len(xml) // 2])) == "truncated"


def test_a_workbook_with_a_password_is_called_so() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    assert refused(ole + "EncryptionInfo".encode("utf-16-le") + "EncryptedPackage".encode("utf-16-le")) == "password"
    assert refused(ole + "WordDocument".encode("utf-16-le")) == "not_a_workbook"


@pytest.mark.slow
def test_a_zip_bomb_is_refused_before_it_unpacks() -> None:
    bomb = repacked(xlsx({"甲": ROWS}), "xl/media/image.bin", lambda _: b"\0" * (600 * 1024**2))
    tracemalloc.start()
    assert refused(bomb) == "zip_bomb"
    assert tracemalloc.get_traced_memory()[1] < 20 * 1024**2
    tracemalloc.stop()


def test_entities_in_xml_are_refused_not_expanded() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    changed = repacked(xlsx({"甲": ROWS}), SHEET, lambda xml: xml.replace(b"<worksheet", laughs + b"<worksheet", 1))
    assert refused(changed) == "unsafe_xml"


@pytest.mark.slow
def test_two_million_empty_formatted_rows_cost_time_but_no_memory_and_no_records() -> None:
    empty = b"".join(b'<row r="%d" s="1" customFormat="1" ht="15"/>' % n for n in range(4, 2_000_004))
    data = repacked(xlsx({"甲": ROWS}), SHEET, lambda xml: xml.replace(b"</sheetData>", empty + b"</sheetData>"))
    started = time.process_time()
    reading = read_workbook(data, "a.xlsx")
    assert [r.row for r in reading.sheets[0].records] == [2, 3]
    assert time.process_time() - started < 20


def test_a_cell_in_the_last_corner_of_the_sheet_does_not_fill_the_memory() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    for r, row in enumerate(ROWS):
        sheet.write_row(r, 0, row)
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    tracemalloc.start()
    reading = read_workbook(stream.getvalue(), "a.xlsx")
    assert tracemalloc.get_traced_memory()[1] < 400 * 1024**2
    tracemalloc.stop()
    assert [r.row for r in reading.sheets[0].records] == [2, 3]


def test_long_texts_and_rare_characters_are_kept_whole() -> None:
    long = "长" * 30_000
    sheet = read([["日期", "活动名称", "参加人数", "备注"], ["2023.1.5", "𠮷野家读书会😀", 3, long]])
    assert values(sheet, "activity")[0]["name"] == "𠮷野家读书会😀"
    assert values(sheet, "activity")[0]["note"] == long


def test_formulas_are_never_evaluated_their_stored_result_counts() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["日期", "活动名称", "参加人数"])
    sheet.write_row(1, 0, ["2023.1.5", "读书会"])
    sheet.write_formula(1, 2, "=WEBSERVICE(\"http://example.org\")+'[1]other'!A1", None, 7)
    book.close()
    assert values(read_workbook(stream.getvalue(), "a.xlsx").sheets[0], "activity")[0]["heads_total"] == 7


def test_hidden_sheets_and_columns_are_seen() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    for name in ("甲", "乙", "丙"):
        sheet = book.add_worksheet(name)
        for r, row in enumerate(ROWS):
            sheet.write_row(r, 0, row)
    book.get_worksheet_by_name("乙").hide()
    book.get_worksheet_by_name("丙").very_hidden()
    book.close()
    states = [sheet.state for sheet in read_workbook(stream.getvalue(), "a.xlsx").sheets]
    assert states == ["visible", "hidden", "very_hidden"]
    sheet = read(ROWS, hidden=("C:C",))
    assert sheet.hidden_columns == ["C"]
    assert ("C1", "hidden_data") in {(p.cell, p.kind) for p in sheet.problems}


def test_notes_pinned_to_cells_are_read() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "x")
    sheet.write_comment("B3", "下雨")
    book.close()
    assert {at: text.strip() for at, text in open_workbook(stream.getvalue()).sheets[0].grid.comments.items()} == {
        (3, 2): "下雨"
    }


def test_a_text_table_with_a_damaged_character_is_read_and_the_name_is_noticed() -> None:
    lines = ["姓名,性别,电话", *(f"王{c},女,1540000{i:04d}" for i, c in enumerate("芳梅静洋晨云" * 6))]
    data = "\r\n".join(lines).encode("gb18030").replace("王梅".encode("gb18030"), b"\xcd\xf5\xff", 1)
    sheet = read_workbook(data, "名单.csv").sheets[0]
    assert len(sheet.records) == 36
    assert [(p.cell, p.kind) for p in sheet.problems] == [("A3", "illegible_char")]


def test_other_formats_are_named_so_that_people_can_save_them_again() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert refused(stream.getvalue()) == "other_format"
