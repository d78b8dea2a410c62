"""Nothing is dropped in silence: every filled cell is imported, classified or reported."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiezuo.exchange.sheets import WorkbookReading, read_workbook

from .counting import cells_in_csv, cells_in_xlsx
from .helpers import xlsx
from .other_ledgers import make_ledger, styles

HEADINGS = [
    "日期",
    "活动名称",
    "人数",
    "人次",
    "姓名",
    "性别",
    "电话",
    "身份证号",
    "父亲",
    "备注",
    "合计",
    "序号",
    "小时",
]
CELLS = st.one_of(
    st.none(),
    st.sampled_from([*HEADINGS, "合计", "小计", "男", "女", "√", "约30", "2*3", "1.5", "6月底", "王芳", "/", " "]),
    st.integers(-5, 50_000).map(float),
    st.floats(0, 13, allow_nan=False).map(lambda x: round(x, 2)),
    st.dates().filter(lambda d: 1901 < d.year < 2200),
    st.text(alphabet="甲乙丙丁1.２/、（)\n 月日#", max_size=6).filter(lambda text: not text.startswith("#")),
)
TABLES = st.lists(st.lists(CELLS, max_size=9), max_size=14)


def even(reading: WorkbookReading, totals: list[int]) -> None:
    for sheet, total in zip(reading.sheets, totals, strict=True):
        counts = sheet.cells
        assert counts["total"] == total
        assert counts["imported"] + counts["classified"] + counts["reported"] == total
        filled = {(row, col) for row, col, _ in sheet.grid.filled()}
        assert len(filled) == total
        assert {sheet.grid.region(row, col) for row, col in filled} <= {
            "header", "total", "data", "side", "title", "note", "ignored"
        }  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(TABLES)
def test_the_cells_of_any_workbook_come_out_even(rows: list[list[Any]]) -> None:
    data = xlsx({"表": rows})
    even(read_workbook(data, "任意.xlsx"), cells_in_xlsx(data))


@settings(max_examples=150, deadline=None)
@given(st.permutations(HEADINGS), TABLES)
def test_the_cells_of_any_table_under_known_headings_come_out_even(headings: list[str], rows: list[list[Any]]) -> None:
    data = xlsx({"表": [["2023年统计"], headings[:8], *rows]})
    even(read_workbook(data, "任意.xlsx"), cells_in_xlsx(data))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(st.text(alphabet='甲乙,"\n1２./√男', max_size=5), min_size=1, max_size=6),
        min_size=1,
        max_size=9,
    )
)
def test_the_fields_of_any_text_table_come_out_even(rows: list[list[str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows([["姓名", "性别", "电话"], *rows])
    reading = read_workbook(stream.getvalue().encode(), "任意.csv")
    even(reading, [cells_in_csv(stream.getvalue())])


@pytest.mark.parametrize("seed", range(6))
def test_the_cells_of_a_ledger_come_out_even(seed: int) -> None:
    data = make_ledger(styles(seed), 20, seed).data
    even(read_workbook(data, "台账.xlsx"), cells_in_xlsx(data))
