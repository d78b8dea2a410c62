"""What people say of a sheet is followed; the rest is understood as before."""

from __future__ import annotations

from typing import Any

import pytest

from tests.exchange.sheets.helpers import values, xlsx
from xiezuo.exchange.sheets import KnownLayout, Layouts, SheetLayout, SheetReading, TableLayout, read_workbook
from xiezuo.exchange.sheets.choices import fields_of, kinds_of_tables

ODD = [["甲", "乙", "丙"], ["亲子阅读", "3月4日", 12], ["讲堂", "3月11日", 30]]
PLAIN = [["活动名称", "日期", "人数"], ["亲子阅读", "3月4日", 12], ["讲堂", "3月11日", 30]]
ODD_SAID = TableLayout("activity_ledger", (1, 1), {"A": "name", "B": "date", "C": "heads_total"}, 2023)


def read(rows: list[list[Any]], *said: TableLayout, known: tuple[KnownLayout, ...] = (), **sheet: Any) -> SheetReading:
    layouts = Layouts({0: SheetLayout(tables=dict(enumerate(said)), **sheet)} if said or sheet else {}, known)
    return read_workbook(xlsx({"Sheet1": rows}), "表.xlsx", layouts).sheets[0]


def test_headings_nobody_could_guess_are_read_as_the_clerk_says() -> None:
    assert values(read(ODD), "activity") == []
    sheet = read(ODD, ODD_SAID)
    assert values(sheet, "activity") == [
        {"name": "亲子阅读", "heads_total": 12, "date": "2023-03-04"},
        {"name": "讲堂", "heads_total": 30, "date": "2023-03-11"},
    ]
    assert (sheet.role, sheet.kind, sheet.year, sheet.header_rows) == ("data", "activity_ledger", 2023, (1, 1))
    assert sheet.cells == {"imported": 6, "classified": 3, "reported": 0, "total": 9}


def test_a_kind_alone_finds_the_likely_headings_and_shows_its_columns() -> None:
    sheet = read([["一张表"], *ODD], TableLayout("activity_ledger"))
    assert sheet.tables[0].header_rows == (2, 2)
    assert sheet.tables[0].headings == {"A": ["甲"], "B": ["乙"], "C": ["丙"]}


def test_a_column_said_to_be_something_else_is_not_guessed_back() -> None:
    sheet = read(PLAIN, TableLayout(columns={"A": "place", "C": ""}))
    assert sheet.tables[0].columns == {"A": "place", "B": "date"}
    assert sheet.tables[0].said == ["A", "C"]


def test_a_field_said_for_one_column_leaves_the_column_it_was_guessed_for() -> None:
    rows = [["活动名称", "日期", "人数", "说明"], ["亲子阅读", "3月4日", 12, "甲"], ["讲堂", "3月11日", 30, "乙"]]
    sheet = read(rows, TableLayout("activity_ledger", columns={"D": "name"}))
    assert sheet.tables[0].columns == {"B": "date", "C": "heads_total", "D": "name"}


def test_the_year_that_was_said_holds_for_dates_without_one() -> None:
    sheet = read(PLAIN, TableLayout("activity_ledger", year=2019))
    assert [v["date"] for v in values(sheet, "activity")] == ["2019-03-04", "2019-03-11"]


def test_headings_moved_down_leave_the_rows_above_out_of_the_data() -> None:
    rows = [["活动名称", "日期", "人数"], ["（填写）", "（几月几日）", "（人）"], *PLAIN[1:]]
    sheet = read(rows, TableLayout("activity_ledger", (2, 2), {"A": "name", "B": "date", "C": "heads_total"}, 2023))
    assert [record.row for record in sheet.records] == [3, 4]


def test_a_sheet_that_is_not_to_be_imported_gives_nothing_and_every_cell_is_accounted_for() -> None:
    sheet = read(PLAIN, left_out=True)
    assert (sheet.role, sheet.records, sheet.problems) == ("left_out", [], [])
    assert sheet.cells == {"imported": 0, "classified": 9, "reported": 0, "total": 9}


def test_each_of_two_tables_below_each_other_is_corrected_by_itself() -> None:
    second = [["物资名称", "入库", "出库", "结存"], ["大米", 10, 4, 6], ["书包", 20, 5, 15]]
    rows = [*PLAIN, ["", "", ""], *second]
    found = read(rows)
    assert [table.kind for table in found.tables] == ["activity_ledger", "stock"]
    layouts = Layouts({0: SheetLayout(tables={1: TableLayout(columns={"D": ""})})})
    sheet = read_workbook(xlsx({"Sheet1": rows}), "表.xlsx", layouts).sheets[0]
    assert [table.columns for table in sheet.tables] == [
        {"A": "name", "B": "date", "C": "heads_total"},
        {"A": "item", "B": "qty_in", "C": "qty_out"},
    ]
    assert values(sheet, "stock") == [
        {"item": "大米", "qty_in": 10, "qty_out": 4},
        {"item": "书包", "qty_in": 20, "qty_out": 5},
    ]


KNOWN = KnownLayout("k1", "activity_ledger", (("甲", "name"), ("乙", "date"), ("丙", "heads_total")))


def test_the_next_file_of_that_shape_is_understood_whatever_the_order_of_its_columns() -> None:
    rows = [["2024年统计"], ["丙", "甲", "乙"], [7, "读书会", "5月1日"], [9, "电影", "5月8日"]]
    sheet = read(rows, known=(KNOWN,))
    assert sheet.tables[0].known == "k1"
    assert values(sheet, "activity") == [
        {"name": "读书会", "heads_total": 7, "date": "2024-05-01"},
        {"name": "电影", "heads_total": 9, "date": "2024-05-08"},
    ]


def test_a_remembered_layout_goes_before_what_headings_seem_to_say() -> None:
    known = KnownLayout("k2", "activity_ledger", (("活动名称", "place"), ("日期", None), ("人数", "")))
    sheet = read(PLAIN, known=(known,))
    assert sheet.tables[0].columns == {"A": "place", "B": "date"}


@pytest.mark.parametrize(
    "headings", [["甲", "乙", "丙", "丁"], ["甲", "乙"], ["甲", "甲", "乙"]], ids=["one more", "one less", "one twice"]
)
def test_other_headings_are_another_shape(headings: list[str]) -> None:
    row: list[Any] = ["读书会", "5月1日", 7, "x"]
    sheet = read([headings, row[: len(headings)]], known=(KNOWN,))
    assert all(not table.known for table in sheet.tables)


def test_a_layout_set_aside_for_a_sheet_is_not_followed_there() -> None:
    assert values(read(ODD, known=(KNOWN,), anew=True), "activity") == []


def test_what_is_said_of_this_file_goes_before_what_was_said_of_another() -> None:
    sheet = read(ODD, TableLayout("activity_ledger", (1, 1), {"A": "place", "B": "date"}), known=(KNOWN,))
    assert sheet.tables[0].columns == {"A": "place", "B": "date"}
    assert (sheet.tables[0].known, sheet.tables[0].fixed) == ("", True)


def test_a_sheet_kept_from_before_is_imported_once_someone_says_what_it_is() -> None:
    book = xlsx({"2023年": PLAIN, "旧表": PLAIN})
    assert [s.role for s in read_workbook(book, "表.xlsx").sheets] == ["data", "old"]
    layouts = Layouts({1: SheetLayout(tables={0: TableLayout("activity_ledger")})})
    assert [s.role for s in read_workbook(book, "表.xlsx", layouts).sheets] == ["data", "data"]


def test_a_column_of_ticks_becomes_a_tag_by_its_heading() -> None:
    rows = [["姓名", "学校", "备用"], ["王小明", "一小", "√"], ["李小红", "二小", ""]]
    sheet = read(rows, TableLayout("client_list", columns={"C": "tag"}))
    assert [v.get("tags") for v in values(sheet, "person")] == [["备用"], None]


def test_every_kind_offers_its_fields_and_figures_are_among_those_of_activities() -> None:
    assert all(fields_of(kind) for kind in kinds_of_tables())
    assert {"name", "date", "heads_child_f", "vol_total_h"} <= set(fields_of("activity_ledger"))
    assert fields_of("unknown") == []
