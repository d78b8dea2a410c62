"""Forms that are filled in: intake of cases and records of home visits."""

from __future__ import annotations

import pytest

from xiezuo.exchange.sheets.values.options import Options, parse_options, parse_yes_no

from .helpers import problems, read, values

N = None
VALID = "11010519491231002X"  # a woman, born on 31 December 1949


def test_an_intake_form_gives_the_case_and_its_family() -> None:
    rows = [
        ["社工站接案登记表"],
        ["档案号", "YJ-01", "接案日期", "2024.2.16", "接案社工", "郎月"],
        ["姓    名", "区贤", "性别", "☑男 □女", "出生日期", "1974年3月"],
        ["现居住地", "东门巷34号", N, "户籍所在地", "本街道", N],
        ["经济来源\n及月收入", "打工"],
        ["家庭成员", "姓名", "关系", "年龄", "职业/就读", "电话"],
        [N, "尹强志", "女儿", 8, "学生", N],
        [N, "彭静", "爸爸", "60岁", "打零工", "179804980344"],
        ["服务需要\n（可多选）", "□经济援助 ☑就业协助 □就医协助 ☑法律援助"],
        ["是否危机\n个案", "□是 ☑否", N, "风险等级", "□高 □中 ☑低", N],
        ["接案决定", "☑开案 □转介"],
        ["社工签名", "郎月", N, "督导签名", N, N],
        ["注：本表一式两份。"],
    ]
    sheet = read(rows, merges=("A1:F1", "A6:A8", "B4:C4", "E4:F4", "A13:F13"))
    assert (sheet.kind, sheet.role) == ("case_forms", "form")
    assert [(r.row, r.cell, r.values) for r in sheet.records if r.type == "case"] == [
        (
            1,
            "B3",
            {
                "case_no": "YJ-01",
                "intake_date": "2024-02-16",
                "worker": "郎月",
                "name": "区贤",
                "sex": "男",
                "birth_month": "1974-03",
                "address": "东门巷34号",
                "hukou": "本街道",
                "economic": "打工",
                "needs": ["就业协助", "法律援助"],
                "crisis": False,
                "risk": "低",
                "decision": "开案",
            },
        )
    ]
    assert [(r.cell, r.part_of, r.values) for r in sheet.records if r.type == "family_member"] == [
        ("B7", "B3", {"name": "尹强志", "relation": "女儿", "age": 8, "occupation": "学生"}),
        (
            "B8",
            "B3",
            {"name": "彭静", "relation": "父亲", "age": 60, "occupation": "打零工", "phone": "179804980344"},
        ),
    ]
    assert problems(sheet) == {("F3", "date_partial"), ("F8", "phone_length")}
    assert sheet.cells["reported"] == 0


def test_labels_may_stand_above_their_values_and_unknown_ones_keep_theirs() -> None:
    rows = [
        ["个案接案表"],
        ["案主姓名", "性别", "年龄", "民族", "血型"],
        ["王小红", "女", "35", "回", "B"],
        ["身份证号码", "户籍地", "住址", "职业", "爱犬"],
        [VALID, "河南", "甲村1号", "保洁", "旺财"],
        ["问题概述"],
        ["丈夫生病，孩子没人接送。"],
        ["督导意见：同意"],
        ["接案社工：李静", "接案日期：2023年5月6日"],
    ]
    sheet = read(rows, merges=("A1:E1", "A6:E6", "A7:E7", "A8:E8"))
    assert values(sheet, "case") == [
        {
            "intake_date": "2023-05-06",
            "worker": "李静",
            "name": "王小红",
            "sex": "女",
            "age": 35,
            "id_number": VALID,
            "ethnic": "回族",
            "address": "甲村1号",
            "hukou": "河南",
            "occupation": "保洁",
            "problem": "丈夫生病，孩子没人接送。",
            "supervisor_opinion": "同意",
        }
    ]
    assert (sheet.cells["reported"], problems(sheet)) == (2, set())


def test_an_answer_that_looks_like_a_label_is_an_answer() -> None:
    rows = [
        ["个案登记表"],
        ["姓名", "王一", "性别", "男"],
        ["来源", "学校", "职业", "学生"],
        ["联系人", N, "电话", "15412345678"],
        ["主要问题", "厌学"],
        ["需求", "心理支持、课后照顾"],
        ["服务计划", "家访"],
    ]
    assert values(read(rows), "case") == [
        {
            "name": "王一",
            "sex": "男",
            "phone": "15412345678",
            "source": "学校",
            "occupation": "学生",
            "problem": "厌学",
            "needs": ["心理支持", "课后照顾"],
            "plan": "家访",
        }
    ]


def test_a_form_nobody_has_filled_in_is_a_template() -> None:
    rows = [
        ["个案登记表"],
        ["姓名", N, "性别", "□男 □女", "出生日期", "年  月  日"],
        ["身份证号", N, N, "电话"],
        ["住址"],
        ["来源", "□自荐 □转介"],
        ["主要问题"],
        ["需求"],
        ["社工签名", N, "日期"],
    ]
    sheet = read(rows)
    assert (sheet.role, sheet.records, sheet.cells["reported"]) == ("template", [], 0)


def test_the_same_intake_may_be_kept_as_a_list() -> None:
    rows = [
        ["2023年个案台账"],
        [
            "序号",
            "个案编号",
            "案主姓名",
            "性别",
            "接案日期",
            "个案来源",
            "主要问题",
            "服务需求",
            "跟进社工",
            "是否接案",
        ],
        [1, "G01", "王一", "男", "3月4日", "学校转介", "厌学", "心理支持、课后照顾", "李静", "接案"],
        [2, "G02", "李姐", "女", "2023/4/5", "自己求助", "欠薪", "法律援助", "李静", "转介"],
    ]
    sheet = read(rows)
    assert (sheet.kind, sheet.role) == ("case_forms", "data")
    assert [(r.row, r.cell) for r in sheet.records] == [(3, "C3"), (4, "C4")]
    assert values(sheet, "case")[0] == {
        "case_no": "G01",
        "intake_date": "2023-03-04",
        "worker": "李静",
        "name": "王一",
        "sex": "男",
        "source": "学校转介",
        "problem": "厌学",
        "needs": ["心理支持", "课后照顾"],
        "decision": "接案",
    }


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


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("□男  ☑女", Options(["女"], ["男", "女"])),
        ("男□ 女☑", Options(["女"], ["男", "女"])),
        ("(√)是 ( )否", Options(["是"], ["是", "否"])),
        ("[ ] 高 [x] 中", Options(["中"], ["高", "中"])),
        ("经济救助√ 就医帮助 心理支持√", Options(["经济救助", "心理支持"], ["经济救助", "就医帮助", "心理支持"])),
        ("√ 男 女", Options(["男"], ["男", "女"])),
        ("□自荐 □转介", Options([], ["自荐", "转介"])),
        ("□√是 □否", Options(["是"], ["是", "否"])),
        ("自己求助", None),
        ("√", None),
    ],
)
def test_ticked_answers_are_told_from_offered_ones(text: str, options: Options | None) -> None:
    assert parse_options(text) == options


@pytest.mark.parametrize(
    ("text", "answer"),
    [("☑是 □否", True), ("不需要", False), ("需要", True), ("无危机", False), ("有", True), ("待定", None)],
)
def test_yes_and_no_are_read_in_many_words(text: str, answer: bool | None) -> None:
    assert parse_yes_no(text) == answer
