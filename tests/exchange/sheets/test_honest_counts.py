"""A cell counts as imported only where what it says stands in a record."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from string import ascii_uppercase
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from xiezuo.exchange.sheets import SheetReading, read_workbook
from xiezuo.exchange.sheets.cells import cell_name
from xiezuo.exchange.sheets.grid import shown
from xiezuo.exchange.sheets.text import squash

from .helpers import read, values, xlsx
from .other_ledgers import make_ledger, styles
from .test_counting import HEADINGS, TABLES

SAMPLES = Path(__file__).resolve().parents[3].parent / "shared" / "samples" / "ledgers"
AS_WRITTEN = ("name", "phone", "address", "school", "note")  # values that are the words of the cell, or a part of them


def _words(value: Any) -> str:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else [value]
    return " ".join(squash(str(part)) for part in parts)


def honest(sheet: SheetReading) -> None:
    """Looks from outside: at the cells as they are, and at what the records say."""
    named = {cell for record in sheet.records for cell in (*record.cells.values(), record.cell)}
    told = {_words(value) for record in sheet.records for value in record.values.values()}
    everything = "\n".join(told)
    traced = [
        (row, col)
        for row, col, value in sheet.grid.filled()
        if cell_name(row, col) in named or squash(shown(value)) in everything or _is_in_a_field(sheet, row, col)
    ]
    assert sheet.cells["imported"] <= len(traced)
    texts = {cell_name(row, col): squash(shown(value)) for row, col, value in sheet.grid.filled()}
    for record in sheet.records:
        for name in AS_WRITTEN:
            if name in record.values and record.cells.get(name) in texts and "\n" not in str(record.values[name]):
                said = {sign for sign in squash(str(record.values[name])) if sign.isalnum() and not sign.isascii()}
                assert not said or said & set(texts[record.cells[name]])


def _is_in_a_field(sheet: SheetReading, row: int, col: int) -> bool:
    """A tick says what stands over it, and the sex of a row whose its figures are: the record says so by a field."""
    field = sheet.columns.get(cell_name(1, col)[:-1], "")
    if field == "sex":
        figures = {cell for r in sheet.records for name, cell in r.cells.items() if name.endswith(("_f", "_m"))}
        return any(cell.lstrip(ascii_uppercase) == str(row) for cell in figures)
    return field == "tags" or field.startswith("tag_")


A_LINE_OF_NOBODY = [["日期"], [0.0, None, date(2000, 1, 1)]]


@settings(max_examples=100, deadline=None)
@given(st.permutations(HEADINGS), TABLES)
@example(["序号", "人数", "活动名称", "人次", "性别", "电话", "身份证号", "父亲"], A_LINE_OF_NOBODY)
def test_any_table_claims_only_what_its_records_say(headings: list[str], rows: list[list[Any]]) -> None:
    honest(read_workbook(xlsx({"表": [["2023年统计"], headings[:8], *rows]}), "任意.xlsx").sheets[0])


@pytest.mark.parametrize("seed", range(12))
def test_a_ledger_claims_only_what_its_records_say(seed: int) -> None:
    for sheet in read_workbook(make_ledger(styles(seed), 20, seed).data, "台账.xlsx").sheets:
        honest(sheet)


@pytest.mark.slow
@pytest.mark.parametrize("number", [f"{n:02}" for n in range(1, 13)])
def test_a_sample_claims_only_what_its_records_say(number: str) -> None:
    if not SAMPLES.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"the sample workbooks are missing: {SAMPLES.name}")
        pytest.skip("the sample workbooks are not beside this checkout")
    path = next(p for p in sorted(SAMPLES.iterdir()) if p.name.startswith(number) and "truth" not in p.name)
    for sheet in read_workbook(path, path.name).sheets:
        honest(sheet)


FAMILIES = [
    ["姓名", "与户主关系", "性别", "出生日期"],
    ["【A-01】户主：王强　住址：东街1号　电话：13800001111　低保：是", None, None, None],
    ["王小雨", "女儿", "女", "2015-03-02"],
    ["【A-02】户主：赵敏　住址：西街2号", None, None, None],
    ["赵一", "儿子", "男", "2016-07-09"],
]


def test_what_the_line_of_a_family_says_beyond_its_fields_is_kept_in_the_words_of_the_sheet() -> None:
    sheet = read(FAMILIES)
    first, second = values(sheet, "household")
    assert first == {
        "household_no": "A-01",
        "head": "王强",
        "address": "东街1号",
        "note": "电话：13800001111；低保：是",
    }
    assert second == {"household_no": "A-02", "head": "赵敏", "address": "西街2号"}
    assert (sheet.cells["imported"], sheet.cells["reported"]) == (10, 0)


def test_a_parent_of_whom_only_the_absence_is_told_is_reported_and_not_claimed() -> None:
    sheet = read(
        [
            ["序号", "儿童姓名", "性别", "出生日期", "父亲姓名及电话", "母亲姓名及电话", "家庭住址"],
            [1.0, "王一", "男", "2015-03-02", "王强 13800001111", "去世", "东街1号"],
            [2.0, "赵二", "女", "2016-07-09", "离异", "赵敏 13900002222", "西街2号"],
            [3.0, "孙三", "女", "2014-01-05", "孙大 13700003333", "无", "南街3号"],
        ]
    )
    assert sheet.kind == "client_register"
    assert sheet.cells["reported"] == 2
