"""What cells and figures say of their columns, and goods whose headings nobody has listed."""

from __future__ import annotations

from typing import Any

from xiezuo.exchange.sheets import read_workbook
from xiezuo.exchange.sheets.values.dates import Day, parse_date
from xiezuo.exchange.sheets.values.hours import parse_hours

from .helpers import Rows, problems, read, values, xlsx

NAMES = ["王秀英", "赵德福", "李桂兰", "周志强", "陈玉梅"]


def test_goods_nobody_has_listed_are_headings_over_figures_also_in_a_row_of_few_known_words() -> None:
    rows: Rows = [
        ["编号", "领取家庭", "羽绒服（件）", "暖水袋（个）", "护膝（双）", "棉鞋（双）", "取暖补贴（元）", "签领人"]
    ]
    rows += [[i + 1, name, 1, 2, 1, None, 500, name] for i, name in enumerate(NAMES)]
    book = read_workbook(xlsx({"东村": rows}), "物资签领表.xlsx")
    sheet = book.sheets[0]
    assert sheet.header_rows == (1, 1)
    assert [(v["item"], v.get("quantity"), v.get("unit"), v.get("amount")) for v in values(sheet, "aid")[:4]] == [
        ("羽绒服", 1, "件", None),
        ("暖水袋", 2, "个", None),
        ("护膝", 1, "双", None),
        ("取暖补贴", None, None, 500),
    ]
    assert len(sheet.records) == 20


def test_each_of_the_goods_may_have_its_own_quantity_and_signature() -> None:
    rows: Rows = [
        ["物资签领表"],
        ["户主", "人口", "棉被", None, "大米", None],
        [None, None, "数量", "签字", "数量", "签字"],
    ]
    rows += [[name, 3, 1, name, 2, name] for name in NAMES]
    sheet = read(rows, merges=("A2:A3", "B2:B3", "C2:D2", "E2:F2"))
    assert [(v["recipient"], v["item"], v["quantity"]) for v in values(sheet, "aid")[:3]] == [
        ("王秀英", "棉被", 1),
        ("王秀英", "大米", 2),
        ("赵德福", "棉被", 1),
    ]
    assert sheet.cells["reported"] == len(NAMES)  # how many live in the household has no place


def test_a_village_group_is_an_address_and_no_good() -> None:
    rows: Rows = [["物资领取表"], ["村组", "姓名", "棉被", "大米"]]
    rows += [[f"{number}组", name, 1, 2] for number, name in zip("一二三四五", NAMES, strict=True)]
    sheet = read(rows)
    assert {v["item"] for v in values(sheet, "aid")} == {"棉被", "大米"}
    assert values(sheet, "aid")[0]["address"] == "一组"


def test_what_came_and_what_went_is_told_by_what_is_left() -> None:
    rows: Rows = [
        ["备用金"],
        ["日期", "用途", "添", "支出", "底"],
        ["2024-12-01", "领款", 5000, None, 5000],
        ["2024-12-03", "买米", None, 1200, 3800],
        ["2024-12-05", "租车", None, 300, 3500],
        ["2024-12-06", "领款", 1000, None, 4500],
    ]
    sheet = read(rows)
    assert [(v.get("income"), v.get("expense"), v["balance"]) for v in values(sheet, "cash")] == [
        (5000, None, 5000),
        (None, 1200, 3800),
        (None, 300, 3500),
        (1000, None, 4500),
    ]
    rows = [["物资出入库"], ["品名", "单位", "上月结余", "本月购入", "本月发出", "月末结余"]]
    rows += [["棉被", "床", 10, 20, 15, 15], ["大米", "袋", 5, 50, 40, 14], ["油", "桶", 0, 30, 30, 0]]
    sheet = read(rows)
    assert values(sheet, "stock")[0] == {"item": "棉被", "unit": "床", "qty_in": 20, "qty_out": 15, "balance": 15}
    assert problems(sheet) == {("F4", "balance_mismatch")}


def test_hours_are_the_column_that_holds_what_lies_between_start_and_end() -> None:
    rows: Rows = [["日期", "姓名", "到岗", "离岗", "得", "确认人"]]
    times = [("9:00", "11:00", 2), ("14:00", "16:30", 2.5), ("9:00", "12:00", 3), ("8:30", "10:00", 1.5)]
    rows += [[f"2024-03-0{i + 1}", NAMES[i], *times[i], "李静"] for i in range(4)]
    sheet = read(rows, name="志愿服务")
    assert [v["hours"] for v in values(sheet, "service_hours")] == [2, 2.5, 3, 1.5]


def test_what_the_parent_is_to_the_child_is_no_name() -> None:
    rows: Rows = [
        ["家庭信息"],
        ["户号", "家长", None, None, "孩子", None],
        [None, "称呼", "姓名", "电话", "姓名", "性别"],
    ]
    rows += [[i + 1, "妈妈", name, f"1390000000{i}", f"王小{name[1]}", "男"] for i, name in enumerate(NAMES)]
    sheet = read(rows, merges=("A2:A3", "B2:D2", "E2:F2"))
    guardian = next(record for record in sheet.records if record.role == "guardian")
    assert guardian.values == {"name": "王秀英", "phone": "13900000000", "relation": "母亲"}


def test_a_grid_of_hours_may_call_its_people_volunteers() -> None:
    rows: Rows = [["值班工时（2023年12月）"], ["序", "义工", "手机", "2", "3", "9", "10", "工时"]]
    rows += [[i + 1, name, f"1390000000{i}", 2, None, 1.5, None, 3.5] for i, name in enumerate(NAMES)]
    sheet = read(rows)
    assert sheet.kind == "volunteer_crosstab"
    hours: list[dict[str, Any]] = values(sheet, "service_hours")
    assert [(v["date"], v["hours"]) for v in hours[:2]] == [("2023-12-02", 2), ("2023-12-09", 1.5)]


def test_a_group_of_grown_ups_beside_other_people_counts_them() -> None:
    rows: Rows = [["日期", "活动名称", "男童", "女童", "家长", "总人数"]]
    rows += [[f"2024-07-0{i + 1}", "读书会", 4, 5, 3, 12] for i in range(4)]
    sheet = read(rows, name="活动统计")
    assert values(sheet, "activity")[0] == {
        "date": "2024-07-01",
        "name": "读书会",
        "heads_child_m": 4,
        "heads_child_f": 5,
        "heads_adult_total": 3,
        "heads_total": 12,
    }
    assert problems(sheet) == set()


def test_of_those_enrolled_only_they_were_there_who_are_ticked_as_having_come() -> None:
    rows: Rows = [["插花活动报名表"], ["时间：2024年3月8日", None, "地点：二楼"], ["序号", "姓名", "电话", "是否到场"]]
    rows += [[i + 1, name, f"1390000000{i}", "√" if i % 2 else None] for i, name in enumerate(NAMES)]
    sheet = read(rows)
    assert [v["name"] for v in values(sheet, "attendance")] == ["赵德福", "周志强"]
    assert sheet.cells["reported"] == 2 * 3  # names and telephones of those who did not come are shown


def test_hours_and_a_half_and_days_with_spaces_are_read() -> None:
    assert [parse_hours(text).value for text in ("两个半小时", "2小时半", "一个半钟头")] == [2.5, 2.5, 1.5]
    assert parse_date("2023 12 2").start == parse_date("2023-12-02T00:00").start == Day(2023, 12, 2)


def test_clocks_to_the_second_agree_with_hours_of_two_decimals() -> None:
    rows: Rows = [["志愿者", "项目", "日期", "签到", "签退", "服务时长（小时）"]]
    rows += [[name, "图书整理", "2024-03-01", "09:00:12", "11:31:40", 2.52] for name in NAMES[:3]]
    rows += [[name, "图书整理", "2024-03-02", "09:00:12", "11:31:40", 2.2] for name in NAMES[3:]]
    sheet = read(rows, name="志愿服务时长")
    assert problems(sheet) == {("F5", "hours_interval_mismatch"), ("F6", "hours_interval_mismatch")}


def test_a_heading_that_no_field_of_the_list_asks_for_gives_way_to_its_cells() -> None:
    rows: Rows = [["学生名单"], ["姓名", "性别", "学校", "家长", "角色", "电话"]]
    rows += [[f"王小{name[1]}", "男", "东街小学", name, "奶奶", f"1390000000{i}"] for i, name in enumerate(NAMES)]
    sheet = read(rows)
    assert [v["relation"] for v in values(sheet, "person")] == ["奶奶"] * len(NAMES)
