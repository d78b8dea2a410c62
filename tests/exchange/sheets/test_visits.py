"""Home visits, kept as lists and as forms."""

from __future__ import annotations

from .helpers import problems, read, values

N = None


def test_home_visits_on_forms_below_each_other_are_visits_of_their_own() -> None:
    rows = [
        ["探访记录"],
        ["探访时间：2023.4.5", "探访人：李静、志愿者王芳"],
        ["探访对象：张三家", "地址：甲村"],
        ["探访情况：孩子在家写作业。"],
        ["是否需要跟进：☑是 □否", "下次探访时间：5月10日"],
        ["探访记录"],
        ["探访时间：2023年2月30日", "探访人：李静"],
        ["探访对象：", "地址：乙村"],
        ["探访情况：没人在家。"],
        ["是否需要跟进：□是 ☑否", "下次探访时间："],
    ]
    sheet = read(rows)
    assert (sheet.kind, sheet.role) == ("visit_list", "form")
    assert [(r.row, r.cell, r.values) for r in sheet.records] == [
        (
            3,
            "A3",
            {
                "date": "2023-04-05",
                "name": "张三",
                "address": "甲村",
                "visitors": ["李静", "王芳"],
                "narrative": "孩子在家写作业。",
                "follow_up": True,
                "next_visit": "2023-05-10",
            },
        ),
        (7, "A7", {"address": "乙村", "visitors": ["李静"], "narrative": "没人在家。", "follow_up": False}),
    ]
    assert problems(sheet) == {("A7", "date_impossible"), ("A8", "missing_required")}


def test_visits_in_a_list_share_the_family_of_a_merged_cell() -> None:
    head = ["孩子", "受访人", "家访时间", "家访人1", "家访人2", "记录", "下次约访", "需跟进"]
    rows = [
        ["2023暑期家访"],
        head,
        ["孔乐", "刘雅", "7月13日", "温立夏", "尤佳", "送手册。", "12月1日", "√"],
        [N, N, "12月24日", "温立夏", N, "了解费用。\n准备申请。", "1月3日", N],
    ]
    sheet = read(rows, merges=("A3:A4", "B3:B4"))
    assert [(r.row, r.cell, r.values) for r in sheet.records] == [
        (
            3,
            "C3",
            {
                "date": "2023-07-13",
                "name": "刘雅",
                "child": "孔乐",
                "visitor_1": "温立夏",
                "visitor_2": "尤佳",
                "narrative": "送手册。",
                "follow_up": True,
                "next_visit": "2023-12-01",
            },
        ),
        (
            4,
            "C4",
            {
                "date": "2023-12-24",
                "name": "刘雅",
                "child": "孔乐",
                "visitor_1": "温立夏",
                "narrative": "了解费用。\n准备申请。",
                "follow_up": False,
                "next_visit": "2024-01-03",
            },
        ),
    ]


def test_a_visit_without_anybody_visited_is_reported() -> None:
    head = ["编号", "探访日期", "探访对象", "探访人", "家庭情况及探访过程"]
    rows = [head, ["T1", "2022.4.5", "李姐", "孙  丽 王芳", "甲"], ["T2", "2022.4.6", N, "孙丽和小王", "乙"]]
    sheet = read(rows)
    assert [(r.values.get("nickname"), r.values["visitors"]) for r in sheet.records] == [
        ("李姐", ["孙丽", "王芳"]),
        (None, ["孙丽", "小王"]),
    ]
    assert problems(sheet) == {("C3", "missing_required")}


def test_a_text_that_goes_on_in_the_next_row_belongs_to_the_visit_above() -> None:
    head = ["探访日期", "探访对象", "探访人", "探访情况"]
    rows = [head, ["2022.4.5", "王一", "孙丽", "上半段。"], [N, N, N, "下半段。"], ["2022.4.6", "李二", "孙丽", "好。"]]
    assert [r.values["narrative"] for r in read(rows).records] == ["上半段。\n下半段。", "好。"]


def test_a_visitor_may_find_name_and_telephone_in_one_cell() -> None:
    head = ["日期", "家访对象及电话", "家访人", "家访内容", "是否需要跟进"]
    rows = [["2023年家访记录"], head, ["5月6日", "李二家15412345679", "李静/王红", "孩子好", "需要，下周电话"]]
    assert values(read(rows), "visit") == [
        {
            "date": "2023-05-06",
            "name": "李二",
            "phone": "15412345679",
            "visitors": ["李静", "王红"],
            "narrative": "孩子好",
            "follow_up": True,
        }
    ]
