"""Activity ledgers: what clerks do to them, and what is read all the same."""

from __future__ import annotations

import datetime as dt

import pytest

from xiezuo.exchange.sheets import read_workbook

from .helpers import problems, read, values, xlsx
from .other_ledgers import make_ledger, styles

HEAD = ["日期", "活动名称", "成人", "儿童", "合计"]


@pytest.mark.parametrize("seed", range(48))
def test_a_ledger_in_other_words_and_another_layout_is_read_whole(seed: int) -> None:
    made = make_ledger(styles(seed), 24, seed)
    sheet = read_workbook(made.data, "台账.xlsx").sheets[0]
    assert sheet.kind == "activity_ledger"
    assert sheet.header_rows == made.header
    assert {record.row: record.values for record in sheet.records} == made.rows
    assert [p.kind for p in sheet.problems if p.severity != "info"] == []
    assert not {row["row"] for row in sheet.ignored_rows} & set(made.rows)


def test_a_clerk_who_writes_the_total_above_the_data_still_gets_every_row() -> None:
    sheet = read([["2023年"], HEAD, ["总合计", None, 5, 6, 11], ["1.5", "甲", 2, 3, 5], ["1.6", "乙", 3, 3, 6]])
    assert [record.row for record in sheet.records] == [4, 5]
    assert sheet.total_rows == [3]
    assert problems(sheet) == set()


def test_a_total_that_leaves_rows_out_is_noticed() -> None:
    sheet = read([["2023年"], HEAD, ["1.5", "甲", 2, 3, 5], ["1.6", "乙", 3, 3, 6], ["合计", None, 5, 3, 11]])
    assert [(p.cell, p.kind, p.params) for p in sheet.problems] == [
        ("D5", "total_mismatch", {"found": 3, "expected": 6})
    ]


def test_subtotals_of_months_and_quarters_are_each_added_up_by_themselves() -> None:
    rows = [
        ["2023年"],
        ["日期", "活动名称", "参加人数"],
        ["1.5", "甲", 2],
        ["1月小计", None, 2],
        ["2.6", "乙", 3],
        ["2月小计", None, 3],
        ["3.6", "丙", 4],
        ["3月小计", None, 5],
        ["第一季度合计", None, 9],
        ["全年合计", None, 9],
    ]
    sheet = read(rows)
    assert problems(sheet) == {("C8", "total_mismatch")}
    assert [record.row for record in sheet.records] == [3, 5, 7]
    assert sheet.total_rows == [10]


def test_one_row_for_men_and_one_for_women_is_one_activity() -> None:
    head = ["序号", "日期", "活动名称", "性别", "成人", "儿童", "志愿者人数", "人次"]
    men, women = [1, "3.5", "剪纸", "男", 2, 3, 1, 20], [None, None, None, "女", 4, 5, None, None]
    for again in (women, [1, "3.5", "剪纸", "女", 4, 5, None, None]):
        sheet = read([["2022年"], head, men, again])
        assert values(sheet, "activity") == [
            {
                "seq": 1,
                "date": "2022-03-05",
                "name": "剪纸",
                "heads_adult_m": 2,
                "heads_adult_f": 4,
                "heads_child_m": 3,
                "heads_child_f": 5,
                "vol_total_n": 1,
                "att_total": 20,
            }
        ]
        assert sheet.records[0].rows == [3, 4]
        assert sheet.records[0].cells["heads_adult_f"] == "E4"
        assert problems(sheet) == set()


def test_two_half_years_beside_each_other_are_both_read() -> None:
    head = ["日期", "活动", "人数"]
    for gap in ([], [None]):
        rows = [[f"{m}.5", "走访", m, *gap, f"{m + 6}.7", "讲座", m * 2] for m in range(1, 7)]
        sheet = read([["2020年"], [*head, *gap, *head], *rows])
        assert len(sheet.records) == 12
        assert sheet.records[-1].values == {"date": "2020-12-07", "name": "讲座", "heads_total": 12}


def test_a_second_year_below_with_other_headings_takes_its_own_year() -> None:
    rows = [
        ["2019年"],
        ["日期", "活动", "人数"],
        ["1.5", "走访", 3],
        [],
        ["2020年"],
        ["时间", "主题", "参与人数", "备注"],
        ["2.5", "聚会", 4, "雨"],
    ]
    assert values(read(rows), "activity") == [
        {"date": "2019-01-05", "name": "走访", "heads_total": 3},
        {"date": "2020-02-05", "name": "聚会", "heads_total": 4, "note": "雨"},
    ]


def test_a_line_with_the_year_between_the_rows_gives_the_rows_below_their_year() -> None:
    rows = [["日期", "活动", "人数"], ["2021年"], ["1.5", "甲", 3], ["2022年"], ["1.6", "乙", 4]]
    assert [v["date"] for v in values(read(rows), "activity")] == ["2021-01-05", "2022-01-06"]


def test_headings_printed_again_on_each_page_are_not_data() -> None:
    head = ["日期", "活动名称", "参加人数"]
    sheet = read([["2021年"], head, ["1.5", "甲", 3], head, ["1.6", "乙", 4]])
    assert [record.row for record in sheet.records] == [3, 5]
    assert {"row": 4, "why": "header"} in sheet.ignored_rows


def test_month_and_day_in_columns_of_their_own_make_a_date() -> None:
    rows = [
        ["2021年"],
        ["月", "日", "活动内容", "参加人数"],
        [3, 4, "甲", 7],
        [None, 14, "乙", 8],
        [4, 1, "丙", 9],
    ]
    sheet = read(rows, merges=("A3:A4",))
    assert [v["date"] for v in values(sheet, "activity")] == ["2021-03-04", "2021-03-14", "2021-04-01"]


def test_lines_numbered_in_advance_are_not_activities() -> None:
    sheet = read([["序号", "日期", "活动", "人数"], [1, "2021.1.1", "甲", 3], [2, None, None, 0], [3]])
    assert [record.row for record in sheet.records] == [2]


def test_a_sum_is_not_judged_where_one_of_its_parts_is_not_understood() -> None:
    head = [["日期", "活动", "受益人数", None, None, None], [None, None, "成人", "儿童", "外宾", "合计"]]
    sheet = read([["2021年"], *head, ["1.5", "甲", 2, 3, 4, 9]])
    assert values(sheet, "activity")[0]["heads_total"] == 9
    assert problems(sheet) == set()
    assert sheet.cells["reported"] == 1


def test_a_column_headed_only_sum_is_told_by_the_figures() -> None:
    rows = [
        ["2021年"],
        [*HEAD, "人次"],
        ["1.5", "甲", 2, 3, 5, 9],
        ["1.6", "乙", 1, 3, 4, 4],
        ["1.7", "丙", 1, 1, 3, 4],
    ]
    sheet = read(rows)
    assert sheet.columns["E"] == "heads_total"
    assert problems(sheet) == {("E5", "row_sum_mismatch")}


def test_figures_that_contradict_each_other_are_noticed_not_corrected() -> None:
    head = [
        "月份",
        "星期",
        "日期",
        "活动",
        "成人数",
        "儿童数",
        "总人数",
        "总人次",
        "大学生志愿者人数",
        "大学生志愿者小时",
    ]
    sheet = read(
        [
            ["2023年"],
            head,
            [2, "一", "1.5", "甲", 4, 3, 8, 6, None, 5],
            ["1月", "周五", "1.6", "乙", 4, 3, 7, 7, 1, 5],
        ]
    )
    assert problems(sheet) == {
        ("A3", "month_date_mismatch"),
        ("B3", "weekday_mismatch"),
        ("G3", "row_sum_mismatch"),
        ("H3", "heads_gt_attendances"),
        ("J3", "hours_without_people"),
    }
    assert values(sheet, "activity")[0]["heads_total"] == 8


def test_a_date_of_another_year_than_its_row_is_not_taken() -> None:
    sheet = read(
        [
            ["年份", "日期", "活动", "人数"],
            [2022, "2023.1.5", "甲", 1],
            [2022, "1.6", "乙", 1],
            [None, "1.7", "丙", 1],
        ]
    )
    assert [v.get("date") for v in values(sheet, "activity")] == [None, "2022-01-06", "2022-01-07"]
    assert problems(sheet) == {("B2", "date_outside_period")}


def test_a_missing_date_names_the_empty_cell_and_hours_of_volunteers_need_none() -> None:
    head = ["月份", "日期", "活动", "人数", "志愿者人数", "志愿者小时"]
    sheet = read([head, [1, "2023.1.5", "甲", 3, 1, 2], [1, None, "乙", 4, 1, 2], [1, None, None, None, 5, 20]])
    assert [record.type for record in sheet.records] == ["activity", "activity", "volunteer_hours_row"]
    assert problems(sheet) == {("B3", "date_missing")}


def test_a_row_entered_twice_is_noticed() -> None:
    row = [1, "2023.1.5", "甲", 3]
    sheet = read([["序号", "日期", "活动", "人数"], row, row, [2, "2023.1.5", "甲", 3]])
    assert [(p.cell, p.params) for p in sheet.problems if p.kind == "duplicate_row"] == [("A3", {"same_as_row": 2})]


def test_a_service_line_is_checked_against_the_list_beside_the_table() -> None:
    rows = [
        ["日期", "活动", "服务领域", "人数", None, "服务领域"],
        ["2023.1.5", "甲", "社区照护", 3, None, "社区照护"],
        ["2023.1.6", "乙", "社区照料", 3, None, "权益保护"],
    ]
    sheet = read(rows)
    assert [(p.cell, p.params["nearest"]) for p in sheet.problems if p.kind == "code_unknown"] == [("C3", "社区照护")]
    assert sheet.side_ranges == [{"range": "F1:F3", "what": "服务领域"}]


def test_a_merged_cell_holds_for_every_row_it_spans() -> None:
    rows = [
        ["站点", "日期", "活动", "人数"],
        ["东区", dt.date(2023, 1, 5), "甲", 3],
        [None, dt.date(2023, 1, 6), "乙", 4],
    ]
    assert [v["centre"] for v in values(read(rows, merges=("A2:A3",)), "activity")] == ["东区", "东区"]


def test_the_preview_knows_what_each_cell_is() -> None:
    sheet = read(
        [
            ["2023年活动"],
            HEAD,
            ["合计", None, 2, 3, 5],
            ["1.5", "甲", 2, 3, 5],
            [],
            ["注：以上为实到人数，不含志愿者。"],
        ]
    )
    regions = [sheet.grid.region(row, 1) for row in range(1, 7)]
    assert regions == ["title", "header", "total", "data", "empty", "note"]
    assert (sheet.grid.text(4, 3), sheet.grid.n_rows, sheet.grid.n_cols) == ("2", 6, 5)


def test_a_sheet_kept_from_before_is_set_apart_where_there_is_a_current_one() -> None:
    rows = [["日期", "活动", "人数"], ["2023.1.5", "甲", 3]]
    reading = read_workbook(
        xlsx({"2023": rows, "2022旧": rows, "说明": [["填表说明"], ["每月五日前填好。"]], "空": []}), "a.xlsx"
    )
    assert [(s.role, len(s.records)) for s in reading.sheets] == [
        ("data", 1),
        ("old", 0),
        ("instructions", 0),
        ("empty", 0),
    ]


def test_a_last_row_of_nothing_but_sums_is_a_total_without_a_label() -> None:
    rows = [["日期", "活动", "人数"], ["2020/1/3", "甲", 3], ["2020/1/4", "乙", 4], [None, None, 7]]
    sheet = read(rows)
    assert [record.row for record in sheet.records] == [2, 3]
    assert (sheet.total_rows, sheet.data_rows) == ([4], (2, 3))


def test_of_two_columns_that_could_be_the_name_the_plainer_heading_wins() -> None:
    head = ["序号", "项目名称", "活动名称", "开始日期", "结束日期", "参与人数"]
    sheet = read([["2021年"], head, [1, "阳光计划", "夏令营", "7月1日", "7月5日", 20]])
    assert values(sheet, "activity")[0] == {
        "seq": 1,
        "name": "夏令营",
        "date": "2021-07-01",
        "date_end": "2021-07-05",
        "heads_total": 20,
    }


def test_records_of_talks_and_lists_of_contacts_are_no_activities_and_no_volunteers() -> None:
    talks = [
        ["日期", "服务对象", "服务内容", "时长"],
        ["2023.1.2", "王芳", "情绪支持", 1.5],
        ["2023.1.9", "李雷", "转介", 0.5],
    ]
    contacts = [["姓名", "联系方式", "单位", "职务"], ["王芳", "15400001111", "某局", "科长"]]
    for rows in (talks, contacts):
        sheet = read(rows)
        assert sheet.kind not in ("activity_ledger", "volunteer_list")
        assert sheet.records == []
