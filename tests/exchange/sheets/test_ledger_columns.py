"""Columns of activity ledgers: who is counted, who leads, which codes stand for what."""

from __future__ import annotations

import pytest

from .helpers import problems, read, values

HEAD = ["日期", "活动名称", "成人", "儿童", "合计"]


def test_groups_by_age_are_children_and_adults_and_add_up() -> None:
    head = ["日期", "活动名称", "6-17岁男", "6-17岁女", "18-59岁", "60岁以上", "总人数"]
    sheet = read([["2021年"], head, ["1.5", "甲", 2, 3, 4, 5, 14], ["1.6", "乙", 1, 1, 1, 1, 5]])
    assert values(sheet, "activity")[0] == {
        "date": "2021-01-05",
        "name": "甲",
        "heads_child_m": 2,
        "heads_child_f": 3,
        "heads_adult_total": 9,
        "heads_total": 14,
    }
    assert problems(sheet) == {("G4", "row_sum_mismatch")}


def test_people_counted_a_second_time_as_part_of_others_are_not_added() -> None:
    head = ["日期", "活动名称", "成人", "其中：老人", "儿童", "合计"]
    sheet = read([["2021年"], head, ["1.5", "甲", 4, 3, 2, 6], ["1.6", "乙", 5, 1, 1, 6]])
    assert [v["heads_adult_total"] for v in values(sheet, "activity")] == [4, 5]
    assert problems(sheet) == set()


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (["负责人"], ["recorder"]),
        (["负责社工"], ["recorder"]),
        (["负责社工", "统计人"], ["organiser", "recorder"]),
        (["带领社工", "登记人"], ["organiser", "recorder"]),
        (["主办单位", "负责人"], ["organiser", "recorder"]),
    ],
)
def test_who_leads_and_who_writes_it_down_are_told_apart(headings: list[str], fields: list[str]) -> None:
    people = ["赵敏", "何田"][: len(headings)]
    sheet = read(
        [["2021年"], ["日期", "活动名称", "人数", *headings], ["1.5", "甲", 4, *people], ["1.6", "乙", 5, *people]]
    )
    found = values(sheet, "activity")[0]
    assert {name: found[name] for name in fields} == dict(zip(fields, people, strict=True))


def test_codes_are_written_out_where_the_sheet_carries_their_list() -> None:
    rows = [
        ["2021年"],
        ["日期", "活动名称", "业务板块", "人数", None, "板块代码", "板块"],
        ["1.5", "甲", "01", 4, None, "01", "儿童服务"],
        ["1.6", "乙", "长者服务", 5, None, "02", "长者服务"],
        ["1.7", "丙", "09", 5, None, "03", "社区营造"],
        *[[f"1.{d}", "丁", "03", d] for d in range(8, 30)],
    ]
    sheet = read(rows)
    assert [v["service_line"] for v in values(sheet, "activity")[:4]] == ["儿童服务", "长者服务", "09", "社区营造"]
    assert problems(sheet) == {("C5", "code_unknown")}


def test_a_list_of_codes_without_a_name_is_that_of_the_column_it_fills() -> None:
    rows = [
        ["2021年"],
        ["日期", "活动名称", "类别", "形式", "人数", None, "代码表"],
        *[[f"3.{d}", "甲", ("健康", "文娱", "互助")[d % 3], "小组", 4] for d in range(11, 30)],
    ]
    for row, code in zip(rows[2:], ("健康", "文娱", "互助"), strict=False):
        row += [None, code]
    sheet = read(rows)
    assert {v["service_line"] for v in values(sheet, "activity")} == {"健康", "文娱", "互助"}
    assert {v["activity_type"] for v in values(sheet, "activity")} == {"小组"}


def test_two_tables_of_different_kinds_share_a_sheet_below_or_beside_each_other() -> None:
    activities = [["日期", "活动名称", "人数"], ["2021.1.5", "甲", 4], ["2021.1.6", "乙", 5], ["2021.1.7", "丙", 5]]
    people = [["志愿者", "电话", "服务意向"], ["何田", "15411112222", "授课"], ["赵敏", "15433334444", "探访"]]
    below = read([*activities, [], ["志愿者名单"], *people])
    assert (len(values(below, "activity")), len(values(below, "volunteer"))) == (3, 2)
    beside = read([[*left, None, *right] for left, right in zip(activities, [*people, [None] * 3], strict=True)])
    assert (len(values(beside, "activity")), len(values(beside, "volunteer"))) == (3, 2)


def test_a_total_may_be_called_by_the_year_or_the_page() -> None:
    rows = [
        ["2021年"],
        HEAD,
        ["全年累计", None, 5, 5, 10],
        ["1.5", "甲", 2, 2, 4],
        ["1.6", "乙", 3, 3, 6],
        ["第四季度小计", None, 5, 5, 10],
    ]
    sheet = read(rows)
    assert [record.row for record in sheet.records] == [4, 5]
    assert problems(sheet) == set()


def test_a_ledger_full_of_volunteers_hours_stays_a_ledger() -> None:
    rows = [
        ["义工服务站2024年活动情况"],
        ["日期", "活动名称", "参加人数", None, "义工", None, "负责同工", "备注"],
        [None, None, "长者", "儿童", "人数", "时数", None, None],
        *[[f"3月{d}日", "讲座", 20 + d, 3, 4, 8, "赵敏", None] for d in range(1, 6)],
    ]
    sheet = read(rows, merges=("C2:D2", "E2:F2"))
    assert sheet.kind == "activity_ledger"
    assert values(sheet, "activity")[0]["vol_total_h"] == 8


def test_a_sheet_of_codes_is_nothing_to_import() -> None:
    sheet = read([["活动类型代码表"], ["代码", "名称"], ["01", "讲座"], ["02", "小组"]])
    assert (sheet.kind, sheet.role, sheet.records) == ("code_list", "instructions", [])
    assert sheet.cells["reported"] == 0
