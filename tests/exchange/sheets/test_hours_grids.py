"""Hours of volunteers as a grid: people down and days across, or days down and people across."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
import xlsxwriter

from xiezuo.exchange.sheets import read_workbook
from xiezuo.exchange.sheets.values.hours import parse_hours

from .helpers import problems, read, values

HEAD = ["姓名", "电话", "9.4", "9.11", "9.18", "合计"]


def hours(sheet: Any) -> list[tuple[Any, ...]]:
    """Cell, date, hours and whose they are, of every record of hours."""
    found = [record for record in sheet.records if record.type == "service_hours"]
    return [(r.cell, r.values.get("date"), r.values.get("hours"), r.part_of) for r in found]


def test_people_down_and_days_across_give_a_volunteer_each_and_their_hours() -> None:
    sheet = read(
        [["2023年秋季义工时数"], HEAD, ["林小舟", "15411112222", 2, None, "3h", 5], ["何田", None, "", 1, None, 1]]
    )
    assert sheet.kind == "volunteer_crosstab"
    assert values(sheet, "volunteer") == [{"name": "林小舟", "phone": "15411112222"}, {"name": "何田"}]
    assert hours(sheet) == [
        ("C3", "2023-09-04", 2, "A3"),
        ("E3", "2023-09-18", 3, "A3"),
        ("D4", "2023-09-11", 1, "A4"),
    ]
    assert [r.volunteer_row for r in sheet.records if r.type == "service_hours"] == [3, 3, 4]
    assert problems(sheet) == set()
    assert sheet.cells["reported"] == 0


def test_days_down_and_people_across_point_to_the_heading_of_the_person() -> None:
    rows = [
        ["志愿者值班表 2022年"],
        ["日期", "服务内容", "赵敏", "周一鸣", "阿梅", "小计"],
        ["5月3日", "绘本馆", 2, None, 1, 3],
        ["5月10日", "探访", None, "9:00-11:30", "√", 3],
        ["合计", None, 2, 2.5, 1, 6],
    ]
    sheet = read(rows)
    assert values(sheet, "volunteer") == [{"name": "赵敏"}, {"name": "周一鸣"}, {"nickname": "阿梅"}]
    assert hours(sheet) == [
        ("C3", "2022-05-03", 2, "C2"),
        ("E3", "2022-05-03", 1, "E2"),
        ("D4", "2022-05-10", 2.5, "D2"),
        ("E4", "2022-05-10", None, "E2"),
    ]
    assert [r.volunteer_cell for r in sheet.records if r.type == "service_hours"] == ["C2", "E2", "D2", "E2"]
    assert sheet.records[3].values["activity"] == "绘本馆"
    assert problems(sheet) == {("F4", "row_sum_mismatch"), ("E4", "hours_missing")}
    assert sheet.total_rows == [5]


def test_telephones_under_the_names_belong_to_the_people_above() -> None:
    rows = [
        ["2022年义工"],
        ["日期", "赵敏", "周一鸣"],
        [None, "15411112222", "15433334444"],
        ["5.3", 2, 1],
        ["5.4", 1, 1],
    ]
    assert values(read(rows), "volunteer") == [
        {"name": "赵敏", "phone": "15411112222"},
        {"name": "周一鸣", "phone": "15433334444"},
    ]


@pytest.mark.parametrize(
    "head",
    [
        [["姓名", "3月5日\n绘本馆", "3月12日\n探访", "合计"]],
        [["姓名", "3月5日", "3月12日", "合计"], [None, "绘本馆", "探访", None]],
        [["姓名", "绘本馆", "探访", "合计"], [None, "3月5日", "3月12日", None]],
        [[None, "3月5日", "3月12日", None], ["姓名", "绘本馆", "探访", "合计"]],
        [
            ["姓名", "3月", None, "合计"],
            [None, "5日", "12日", None],
            [None, "周日", "周日", None],
            [None, "绘本馆", "探访", None],
        ],
    ],
)
def test_what_was_done_may_stand_beside_above_or_below_the_day(head: list[list[Any]]) -> None:
    sheet = read([["2023年志愿者时数"], *head, ["林小舟", 2, 1, 3], ["何田", None, 3, 3]])
    found = [r.values for r in sheet.records if r.type == "service_hours"]
    assert found == [
        {"date": "2023-03-05", "activity": "绘本馆", "hours": 2},
        {"date": "2023-03-12", "activity": "探访", "hours": 1},
        {"date": "2023-03-12", "activity": "探访", "hours": 3},
    ]
    assert problems(sheet) == set()


def test_days_without_a_month_take_that_of_the_sheet_or_the_title() -> None:
    rows = [["志愿者姓名", 1, 8, 15, 22, 29, "合计"], ["林小舟", 2, None, 1, None, None, 3]]
    assert [h[1] for h in hours(read([["2023年时数"], *rows], name="十一月"))] == ["2023-11-01", "2023-11-15"]
    assert [h[1] for h in hours(read([["2023年4月义工时数"], *rows]))] == ["2023-04-01", "2023-04-15"]


def test_days_that_are_real_dates_or_run_into_the_next_year_are_understood() -> None:
    real = [["义工"], ["姓名", dt.date(2021, 5, 1), dt.date(2021, 5, 8)], ["林小舟", 2, 3]]
    assert [h[1] for h in hours(read(real))] == ["2021-05-01", "2021-05-08"]
    turning = [["2021年冬季义工"], ["姓名", "12.25", "12.31", "1.2"], ["林小舟", 1, 1, 1]]
    assert [h[1] for h in hours(read(turning))] == ["2021-12-25", "2021-12-31", "2022-01-02"]


def test_a_day_written_as_a_number_is_read_in_the_order_of_the_days() -> None:
    sheet = read([["2023年义工时数"], ["姓名", 9.3, 9.9, 9.1, 9.17], ["林小舟", 1, 1, 1, 1]])
    assert [h[1] for h in hours(sheet)] == ["2023-09-03", "2023-09-09", "2023-09-10", "2023-09-17"]


def test_sums_at_the_right_and_below_are_added_up_again() -> None:
    rows = [
        ["2023年义工"],
        HEAD,
        ["林小舟", None, 2, 1, None, 4],
        ["何田", None, 30, None, 2, 32],
        ["合计", None, 32, 2, 2, 36],
    ]
    sheet = read(rows)
    assert problems(sheet) == {("F3", "row_sum_mismatch"), ("D5", "total_mismatch"), ("C4", "hours_excessive")}
    assert [p.params for p in sheet.problems if p.kind == "row_sum_mismatch"] == [{"found": 4, "expected": 3}]


def test_the_same_volunteer_twice_is_noticed_unless_the_telephones_differ() -> None:
    def people(first: str, second: str) -> set[tuple[str, str]]:
        return problems(
            read([["2023年义工"], HEAD, ["林小舟", first, 1, None, None, 1], ["林小洲", second, 1, 1, None, 2]])
        )

    assert people("", "15411112222") == {("A4", "duplicate_person")}
    assert people("15433334444", "15411112222") == set()


def test_a_note_pinned_to_a_cell_is_the_comment_of_these_hours() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("3月")
    for r, row in enumerate([["2023年义工时数"], ["姓名", "5日", "12日"], ["林小舟", 2, "1（代签）"]]):
        sheet.write_row(r, 0, row)
    sheet.write_comment("B3", "下雨，提前结束")
    book.close()
    read_sheet = read_workbook(stream.getvalue(), "表.xlsx").sheets[0]
    assert [r.values.get("comment") for r in read_sheet.records if r.type == "service_hours"] == [
        "下雨，提前结束",
        "代签",
    ]


def test_a_roll_call_of_ticks_is_no_grid_of_hours() -> None:
    sheet = read(
        [["四点半课堂点名册"], ["姓名", "年级", "3.1", "3.2", "3.3", "3.4"], ["王朵朵", "三年级", "√", "√", None, "√"]]
    )
    assert sheet.kind != "volunteer_crosstab"
    assert not values(sheet, "service_hours")


@pytest.mark.parametrize(
    ("written", "value", "problem"),
    [
        (2.0, 2, None),
        ("2小时30分", 2.5, "number_as_text"),
        ("90分钟", 1.5, "number_as_text"),
        ("1+1", 2, "expression_in_cell"),
        ("9:00-11:30", 2.5, None),
        ("上午9点-11点半", 2.5, None),
        ("9:00-11:00、14:00-15:00", 3, None),
        ("9-12", 3, None),
        ("约3", 3, "number_approximate"),
        ("半天", None, "hours_unclear"),
        ("半天（3小时）", 3, None),
        ("一下午", None, "hours_unclear"),
        ("√", None, "hours_missing"),
        (True, None, "hours_missing"),
        (25.0, 25, "hours_excessive"),
        ("请假", None, None),
        ("/", None, None),
        ("看不清", None, "value_unreadable"),
    ],
)
def test_hours_as_people_write_them(written: Any, value: float | None, problem: str | None) -> None:
    read_as = parse_hours(written)
    assert (read_as.value, read_as.problem) == (value, problem)


def test_days_begin_again_under_each_month_that_stands_above_them() -> None:
    head = ["姓名", "3月", None, None, "4月", None, "5月", None, "合计时数"]
    days = [None, 2, 16, 30, 6, 20, 4, 18, None]
    rows = [["何田", 2, None, 1, None, 3, None, 2, 8], ["林小舟", None, 1, None, 2, None, 2, None, 5]]
    sheet = read([["2024年义工时数"], head, days, *rows], merges=("A2:A3", "B2:D2", "E2:F2", "G2:H2", "I2:I3"))
    assert [(cell, day) for cell, day, _, _ in hours(sheet)][:4] == [
        ("B4", "2024-03-02"),
        ("D4", "2024-03-30"),
        ("F4", "2024-04-20"),
        ("H4", "2024-05-18"),
    ]
    assert values(sheet, "volunteer") == [{"name": "何田", "hours": 8}, {"name": "林小舟", "hours": 5}]
    assert problems(sheet) == set()


def test_what_stands_over_the_names_is_the_group_of_each_person() -> None:
    head = ["日期", "社区组", None, "高校组", "小计"]
    names = [None, "赵敏", "周一鸣", "何田", None]
    rows = [["9月3日", 2, None, 1, 3], ["9月5日", None, 1, 2, 3]]
    sheet = read([["2024年9月志愿者考勤"], head, names, *rows], merges=("A2:A3", "B2:C2", "E2:E3"))
    assert values(sheet, "volunteer") == [
        {"name": "赵敏", "group": "社区组"},
        {"name": "周一鸣", "group": "社区组"},
        {"name": "何田", "group": "高校组"},
    ]


def test_one_heading_without_a_meaning_beside_the_days_does_not_hide_the_grid() -> None:
    head = ["序号", "姓名", "电话", "3/5", "3/12", "3/19", "表现", "时长"]
    sheet = read([["2024年志愿者出勤"], head, [1, "何田", "15411112222", 2, None, 1, "好", 3]])
    assert sheet.kind == "volunteer_crosstab"
    assert [(cell, day) for cell, day, _, _ in hours(sheet)] == [("D3", "2024-03-05"), ("F3", "2024-03-19")]
