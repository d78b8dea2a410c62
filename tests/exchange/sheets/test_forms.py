"""Forms that are filled in: intake of cases, registration of volunteers."""

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


def test_answers_may_stand_in_a_cell_each() -> None:
    rows = [
        ["求助登记表"],
        ["求助人", "王一", "性别", "□男", "☑女"],
        ["出生日期", 1949, "年", 12, "月", 31, "日"],
        ["身份证号", *VALID],
        ["求助类型", "☑经济", "□就业", "☑医疗"],
        ["主要困难", "看病贵"],
        ["是否接案", "是"],
        ["受理社工", "李静", "受理日期", "2023.3.4"],
    ]
    assert values(read(rows), "case") == [
        {
            "intake_date": "2023-03-04",
            "worker": "李静",
            "name": "王一",
            "sex": "女",
            "birth_date": "1949-12-31",
            "id_number": VALID,
            "needs": ["经济", "医疗"],
            "problem": "看病贵",
            "decision": "是",
        }
    ]


def test_a_form_typed_as_lines_of_text_is_a_form() -> None:
    rows = [
        ["个案接案记录"],
        ["个案编号：A01    接案日期：2023年3月4日    接案社工：李静"],
        ["一、基本信息"],
        ["姓名：王一    性别：女    年龄：35岁"],
        ["二、主要问题"],
        ["丈夫失业，孩子辍学。"],
        ["三、初步计划："],
        ["1. 家访\n2. 申请救助"],
    ]
    sheet = read(rows)
    assert values(sheet, "case") == [
        {
            "case_no": "A01",
            "intake_date": "2023-03-04",
            "worker": "李静",
            "name": "王一",
            "sex": "女",
            "age": 35,
            "problem": "丈夫失业，孩子辍学。",
            "plan": "1. 家访\n2. 申请救助",
        }
    ]
    assert sheet.cells["reported"] == 0


def test_two_cases_below_each_other_are_two_cases() -> None:
    rows = [
        ["接案登记"],
        ["姓名：王一", "性别：女", "电话：15412345678"],
        ["求助问题：欠薪"],
        ["接案日期：2023.5.6", "社工：李静"],
        ["姓名：李二", "性别：男", "电话："],
        ["求助问题：入学"],
        ["接案日期：2023.5.7", "社工：李静"],
    ]
    assert [(r.row, r.cell, r.values["name"], r.values["problem"]) for r in read(rows).records] == [
        (1, "A2", "王一", "欠薪"),
        (5, "A5", "李二", "入学"),
    ]


def test_an_english_intake_form_is_read() -> None:
    rows = [
        ["Intake form"],
        ["Case No.", "C-12", "Date of intake", "2023-05-06", "Worker", "Li Wen"],
        ["Name", "Wang Yi", "Gender", "F", "Date of birth", "1990-01-02"],
        ["Presenting problem", "No school place"],
        ["Needs", "School admission; tutoring"],
        ["Risk level", "Low", "Crisis", "No"],
        ["Supervisor comments", "Agreed"],
    ]
    assert values(read(rows), "case") == [
        {
            "case_no": "C-12",
            "intake_date": "2023-05-06",
            "worker": "Li Wen",
            "name": "Wang Yi",
            "sex": "女",
            "birth_date": "1990-01-02",
            "problem": "No school place",
            "needs": ["School admission", "tutoring"],
            "crisis": False,
            "risk": "Low",
            "supervisor_opinion": "Agreed",
        }
    ]


def test_a_volunteer_may_register_on_a_form() -> None:
    rows = [
        ["志愿者登记表"],
        ["姓名", "王一", "性别", "女", "出生年月", "1949.12.31"],
        ["身份证号", VALID, "联系电话", "15412345678"],
        ["工作单位", "某公司", "特长", "摄影"],
        ["服务意向", "☑课业辅导 □探访 ☑陪诊"],
        ["紧急联系人", "李二", "紧急联系电话", "15412345679"],
        ["登记日期", "2023.5.7", "志愿者签名", "王一"],
    ]
    sheet = read(rows)
    assert (sheet.kind, sheet.role) == ("volunteer_list", "form")
    assert values(sheet, "volunteer") == [
        {
            "name": "王一",
            "sex": "女",
            "birth_date": "1949-12-31",
            "id_number": VALID,
            "phone": "15412345678",
            "work": "某公司",
            "interest": "课业辅导、陪诊",
            "registered_on": "2023-05-07",
        }
    ]
