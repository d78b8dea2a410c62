"""Sign-in sheets: facts of an activity and the people who came."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from xiezuo.exchange.sheets import Layouts, SheetLayout, TableLayout, read_workbook
from xiezuo.exchange.sheets.values.counted import counted_people, stated_people

from .helpers import problems, read, values, xlsx

N = None


def _names(sheet: Any) -> list[tuple[str | None, str | None, str | None]]:
    """Cell, name and activity of everybody who is named."""
    return [
        (r.cell, r.values.get("name") or r.values.get("nickname"), r.part_of)
        for r in sheet.records
        if r.type == "attendance"
    ]


def test_labels_beside_their_values_stand_above_two_blocks_of_names() -> None:
    rows = [
        ["剪纸班活动签到表"],
        ["时间", "2023年3月4日 14:00-16:00", N, "地点", "活动室", N],
        ["负责社工：", "田甜", N, "实到人数", "5人", N],
        ["序号", "姓名", "电话", "序号", "姓名", "电话"],
        [1, "王一（新）", "15412345678", 3, "小李", "〃"],
        [2, "赵三", 15412345679.0, N, "另有家长2人", N],
    ]
    sheet = read(rows, merges=("A1:F1",))
    assert (sheet.kind, sheet.role) == ("signin_sheets", "form")
    assert [(r.row, r.cell, r.values) for r in sheet.records if r.type == "activity"] == [
        (
            1,
            None,
            {"organiser": "田甜", "place": "活动室", "date": "2023-03-04", "name": "剪纸班", "stated_count": 5},
        )
    ]
    assert _names(sheet) == [("B5", "王一", "1"), ("B6", "赵三", "1"), ("E5", "小李", "1")]
    assert values(sheet, "counted") == [{"text": "另有家长2人", "count": 2}]
    assert problems(sheet) == {("F5", "ditto_mark"), ("E6", "counted_not_named")}
    assert sheet.cells == {"imported": 11, "classified": 13, "reported": 1, "total": 25}


def test_several_activities_one_below_the_other_each_have_their_own_people() -> None:
    rows = [
        ["3月小组签到"],
        ["活动名称：第一节    时间：2023.3.4    地点：活动室"],
        ["编号", "姓名", "签名"],
        [1, "王一", "王一"],
        [2, "李二", N],
        ["实到：3人"],
        [],
        ["活动名称：第二节    时间：2023.3.11    地点：活动室"],
        ["编号", "姓名", "签名"],
        [1, "王一", "√"],
    ]
    sheet = read(rows, merges=("A1:C1", "A2:C2", "A8:C8"))
    assert [(r.row, r.cell, r.values) for r in sheet.records if r.type == "activity"] == [
        (2, "A2", {"name": "第一节", "place": "活动室", "date": "2023-03-04", "stated_count": 3}),
        (8, "A8", {"name": "第二节", "place": "活动室", "date": "2023-03-11"}),
    ]
    assert _names(sheet) == [("B4", "王一", "A2"), ("B5", "李二", "A2"), ("B10", "王一", "A8")]
    assert problems(sheet) == {("A6", "total_mismatch")}
    assert sheet.cells["reported"] == 0


def test_two_activities_side_by_side_are_told_apart_by_their_facts() -> None:
    rows = [
        ["活动名称：手工课\n日期：2023年7月18日", N, N, "活动名称：科学课\n日期：2023年7月19日", N],
        ["姓名", "电话", N, "姓名", "电话"],
        ["王一", N, N, "赵三", N],
        ["李二", N, N, "赵三", N],
    ]
    sheet = read(rows)
    assert [(r.cell, r.values) for r in sheet.records if r.type == "activity"] == [
        ("A1", {"date": "2023-07-18", "name": "手工课"}),
        ("D1", {"date": "2023-07-19", "name": "科学课"}),
    ]
    assert _names(sheet) == [("A3", "王一", "A1"), ("A4", "李二", "A1"), ("D3", "赵三", "D1"), ("D4", "赵三", "D1")]
    assert problems(sheet) == {("D4", "duplicate_person")}


def test_the_facts_may_stand_below_the_names() -> None:
    rows = [
        ["簽  到  表"],
        ["No.", "参加者", "手机"],
        [1, "王一", N],
        [2, "李二", N],
        [],
        ["活动名称", "游园会"],
        ["活动日期", "2023.9.27"],
        ["参加人数", 3],
    ]
    sheet = read(rows)
    assert values(sheet, "activity") == [{"name": "游园会", "date": "2023-09-27", "stated_count": 3}]
    assert problems(sheet) == {("B8", "total_mismatch")}


def test_names_without_any_headings_are_people_all_the_same() -> None:
    rows = [
        ["活动名称：岗前培训"],
        ["时间：2023年10月15日", N, "地点：党群中心"],
        ["签到："],
        ["王一", "李小明", "赵三"],
        ["钱四", "孙五（新）", "李小明"],
        ["周六"],
        ["实到：7人"],
    ]
    sheet = read(rows)
    assert [cell for cell, _, _ in _names(sheet)] == ["A4", "B4", "C4", "A5", "B5", "C5", "A6"]
    assert values(sheet, "activity") == [
        {"name": "岗前培训", "place": "党群中心", "date": "2023-10-15", "stated_count": 7}
    ]
    assert problems(sheet) == {("C5", "duplicate_person")}


def test_an_english_sheet_is_read_with_its_total() -> None:
    rows = [
        ["Attendance Sheet"],
        ["Activity", "Reading club", N, "Date", dt.date(2023, 3, 4)],
        ["Venue", "Library", N, "Facilitator", "Li Wen"],
        ["No.", "Name", "Gender", "Phone", "Remarks"],
        [1, "Wang Yi", "M", "15412345678", "new"],
        ["Total", 2],
    ]
    sheet = read(rows)
    assert values(sheet, "activity") == [
        {"name": "Reading club", "place": "Library", "organiser": "Li Wen", "date": "2023-03-04", "stated_count": 2}
    ]
    assert values(sheet, "attendance") == [{"name": "Wang Yi", "sex": "男", "phone": "15412345678", "note": "new"}]
    assert problems(sheet) == {("B6", "total_mismatch")}


def test_an_empty_sheet_to_be_copied_is_a_template() -> None:
    rows = [
        ["________活动签到表"],
        ["活动名称：__________  时间：____年__月__日  地点：______"],
        ["序号", "姓名", "电话", "签名"],
        [1],
        [2],
    ]
    sheet = read(rows, merges=("A1:D1", "A2:D2"))
    assert (sheet.role, sheet.records, sheet.cells["classified"]) == ("template", [], 8)


def test_an_activity_without_its_date_is_reported_at_the_empty_cell() -> None:
    rows = [
        ["活动签到表"],
        ["活动名称", "义剪", "活动日期", N],
        ["活动地点", "广场", "负责人", "田甜"],
        ["序号", "姓名", "性别", "电话"],
        [1, "王一", "男", N],
    ]
    assert problems(read(rows)) == {("D2", "date_missing")}


def test_the_same_name_with_another_telephone_is_another_person() -> None:
    head = [["读书会签到表"], ["姓名", "电话", "备注"]]
    rows = [*head, ["王一", "15412345678", N], ["王一", "15412345679", N], ["王一", N, "代签"]]
    assert problems(read(rows)) == {("A5", "duplicate_person")}


def test_a_list_with_facts_of_the_office_above_it_stays_a_list() -> None:
    rows = [
        ["儿童花名册"],
        ["填表人", "李静", "填表日期", "2023.5.1"],
        ["单位", "社工站", "联系电话", "15412345678"],
        ["序号", "姓名", "性别", "出生日期"],
        [1, "王一", "男", "2015.3.4"],
    ]
    sheet = read(rows)
    assert (sheet.kind, sheet.role, len(sheet.records)) == ("client_list", "data", 1)


def test_a_list_that_someone_calls_a_sign_in_list_is_read_with_the_columns_they_named() -> None:
    rows = [["活动名称：游园会"], ["甲", "乙"], ["王一", "15412345678"], ["李二", N]]
    said = TableLayout("signin_sheets", (2, 2), {"A": "name", "B": "phone"}, 2023)
    layouts = Layouts({0: SheetLayout(tables={0: said})})
    sheet = read_workbook(xlsx({"Sheet1": rows}), "表.xlsx", layouts).sheets[0]
    assert values(sheet, "activity") == [{"name": "游园会"}]
    assert values(sheet, "attendance") == [{"name": "王一", "phone": "15412345678"}, {"name": "李二"}]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("等5人", 5),
        ("另有家长3人", 3),
        ("路过居民六人", 6),
        ("金文怡妈妈+2孩", 3),
        ("王芳带2个孩子", 3),
        ("王芳＋1", 2),
        ("2大1小", 3),
        ("一家三口", 3),
        ("母女二人", 2),
        ("王强夫妇", 2),
        ("家长3人，儿童5人", 8),
        ("尉迟一玥", None),
        ("丁一", None),
        ("王芳", None),
        ("实到：41人", None),
    ],
)
def test_people_who_are_counted_but_not_named(text: str, people: int | None) -> None:
    assert counted_people(text) == people


@pytest.mark.parametrize(
    ("text", "people"),
    [("共38人", 38), ("应到40人，实到38人", 38), ("成人10人、儿童28人", 38), ("若干", None)],
)
def test_the_number_of_people_that_a_line_states(text: str, people: int | None) -> None:
    assert stated_people(text) == people


def test_a_sheet_without_facts_is_named_after_its_tab() -> None:
    rows = [["姓名", "电话", "签到"], ["王一", "15412345678", "√"], ["李二", N, "√"]]
    sheet = read_workbook(xlsx({"5.6亲子阅读": rows}), "2023年签到.xlsx").sheets[0]
    assert (sheet.kind, sheet.role) == ("signin_sheets", "form")
    assert values(sheet, "activity") == [{"date": "2023-05-06", "name": "亲子阅读"}]
    assert values(sheet, "attendance") == [{"name": "王一", "phone": "15412345678"}, {"name": "李二"}]


@pytest.mark.parametrize("name", ["签到", "签到表", "Sheet1", "5月", "2023年5月6日", "第2期"])
def test_a_tab_that_names_no_activity_gives_no_name(name: str) -> None:
    assert "name" not in values(read([["姓名", "电话", "签到"], ["王一", N, "√"]], name=name), "activity")[0]


def test_a_second_list_under_the_same_facts_belongs_to_the_same_activity() -> None:
    rows = [
        ["中秋晚会签到"],
        ["活动时间", "19:00-21:00", "活动日期", "2023.9.20"],
        ["居民签到"],
        ["序号", "姓名", "电话", "备注"],
        [1, "1王一", N, N],
        ["志愿者签到"],
        ["序号", "姓名", "电话", "备注"],
        [1, "赵三 15412345678", N, N],
    ]
    sheet = read(rows, merges=("A1:D1", "A3:D3", "A6:D6"))
    assert values(sheet, "activity") == [{"date": "2023-09-20", "name": "中秋晚会"}]
    assert values(sheet, "attendance") == [{"name": "王一"}, {"name": "赵三", "phone": "15412345678"}]


def test_the_record_of_an_activity_names_people_in_one_cell() -> None:
    rows = [
        ["小组活动记录表"],
        ["活动名称", "心晴小组", "节次", "第2节"],
        ["活动日期", "2023.5.6", "活动地点", "教室"],
        ["参加组员", "王一、李二、赵三"],
        ["活动内容", "分享"],
        ["带领者", "李静", "记录人", "王红"],
    ]
    sheet = read(rows)
    assert values(sheet, "activity") == [
        {"name": "心晴小组", "place": "教室", "organiser": "李静", "recorder": "王红", "date": "2023-05-06"}
    ]
    assert _names(sheet) == [("B4", "王一", "1"), ("B4", "李二", "1"), ("B4", "赵三", "1")]


def test_the_plan_of_an_activity_is_no_activity() -> None:
    rows = [
        ["活动计划书"],
        ["活动名称", "心晴小组", "节次", "第2节"],
        ["活动日期", "2023.5.6", "活动地点", "教室"],
        ["活动目标", "分享"],
        ["负责人", "李静", "预算", 300],
    ]
    sheet = read(rows)
    assert (sheet.kind, sheet.records) == ("unknown", [])


def test_traditional_characters_are_read_as_well() -> None:
    rows = [
        ["長者健康講座簽到表"],
        ["活動日期：2023年5月6日", N, "活動地點：會堂", N, "負責社工：陳姑娘"],
        ["編號", "姓名", "性別", "聯絡電話", "備註"],
        [1, "陳大文", "男", "15412345678", N],
        [2, "李婆婆", "女", N, "義工"],
    ]
    sheet = read(rows)
    assert values(sheet, "activity") == [
        {"place": "會堂", "organiser": "陳姑娘", "date": "2023-05-06", "name": "長者健康講座"}
    ]
    assert values(sheet, "attendance") == [
        {"name": "陳大文", "sex": "男", "phone": "15412345678"},
        {"nickname": "李婆婆", "sex": "女", "note": "義工"},
    ]


def test_people_who_are_only_enrolled_have_not_come() -> None:
    rows = [
        ["夏令营报名表"],
        ["活动名称", "夏令营", "活动日期", "2023.7.6"],
        ["序号", "姓名", "性别", "学校"],
        [1, "王一", "男", "一小"],
    ]
    assert [r for r in read(rows).records if r.type == "attendance"] == []


def test_the_name_of_the_file_alone_makes_no_list_a_sign_in_list() -> None:
    rows = [["序号", "姓名", "性别", "学校"], [1, "王一", "男", "一小"], [2, "李二", "女", "二小"]]
    sheet = read_workbook(xlsx({"通讯录": rows}), "活动签到表.xlsx").sheets[0]
    assert [r.type for r in sheet.records] == ["person", "person"]
