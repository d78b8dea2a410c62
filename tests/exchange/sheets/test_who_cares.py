"""Registers of villages: who cares for the child in plain words or in brackets, and one guardian over several rows."""

from __future__ import annotations

import pytest

from xiezuo.exchange.sheets.layout.headings import path_concepts
from xiezuo.exchange.sheets.layout.roles import role_field
from xiezuo.exchange.sheets.values.names import is_nickname

from .helpers import problems, read, values

N = None


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (("谁在家带（监护人）", "姓名和电话"), "guardian"),
        (("跟谁过", "身份证"), "guardian_id_number"),
        (("孩子谁带", "是娃的啥人"), "guardian_relation"),
        (("平日里跟着的人（监护人）",), "guardian"),
        (("电话（家长）",), "guardian_phone"),
        (("备注（家长）",), None),
        (("谁带队",), None),
    ],
)
def test_a_heading_says_in_plain_words_or_in_brackets_whose_guardian_it_asks_for(
    path: tuple[str, ...], field: str | None
) -> None:
    assert role_field(path) == field


def test_a_village_register_in_local_speech_is_read_with_its_families() -> None:
    rows = [
        ["户号", "住哪儿", "娃的姓名", "性别", "出生年月日", "娃的身份证", "谁在家带（监护人）", N, N, N],
        [N, N, N, N, N, N, "姓名和电话", "是娃的啥人", "性别", "身份证"],
        [1, "东村3组", "卫小文", "男", "2012-09-03", N, "许大海 13900000001", "爷爷", "女", "11010519491231002X"],
        [N, N, "二妞", "女", "2014-01-02", N, N, N, N, N],
        [2, "东村5组", "秦小宇", "男", "2013-08-08", N, "顾启明 13900000002", "父亲", "男", N],
    ]
    merges = ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2", "F1:F2", "G1:J1", "A3:A4", "B3:B4", "G3:G4", "H3:H4")
    sheet = read(rows, merges=merges)
    assert sheet.kind == "client_register"
    people = [(one.row, one.role, one.values) for one in sheet.records if one.type == "person"]
    assert people == [
        (3, "child", {"name": "卫小文", "sex": "男", "birth_date": "2012-09-03"}),
        (4, "child", {"nickname": "二妞", "sex": "女", "birth_date": "2014-01-02"}),
        (
            3,
            "guardian",
            {
                "name": "许大海",
                "phone": "13900000001",
                "relation": "爷爷",
                "sex": "女",
                "id_number": "11010519491231002X",
            },
        ),
        (5, "child", {"name": "秦小宇", "sex": "男", "birth_date": "2013-08-08"}),
        (5, "guardian", {"name": "顾启明", "phone": "13900000002", "relation": "父亲", "sex": "男"}),
    ]


def test_the_number_of_a_guardian_that_says_another_sex_is_shown() -> None:
    rows = [
        ["儿童姓名", "性别", "监护人姓名", "监护人性别", "监护人身份证号"],
        ["卫小文", "男", "许大海", "男", "11010519491231002X"],
    ]
    assert problems(read(rows, name="儿童登记")) == {("E2", "id_sex_mismatch")}


def test_one_guardian_over_the_rows_of_several_children_makes_families() -> None:
    rows = [["序", "孩子名字", "性别", "生日", "学校", "班级", "监护人", "是孩子的", "手机", "家庭地址"]]
    for i, family in enumerate(("王", "李", "赵")):
        rows.append([i + 1, f"{family}小一", "男", "2014-03-01", "一小", "二（1）班", f"{family}大", "父亲", N, "东街"])  # type: ignore[list-item]
        rows.append([N, f"{family}小二", "女", "2016-05-01", "一小", "一（3）班", N, N, N, N])  # type: ignore[list-item]
    merges = tuple(f"{col}{row}:{col}{row + 1}" for row in (2, 4, 6) for col in "AGHJ")
    sheet = read(rows, merges=merges, name="学生名单")
    assert sheet.kind == "client_register"
    assert [one["class_name"] for one in values(sheet, "person") if "class_name" in one][:2] == [
        "二（1）班",
        "一（3）班",
    ]
    assert values(sheet, "household") == [{"seq": i, "address": "东街"} for i in (1, 2, 3)]


@pytest.mark.parametrize(
    ("name", "called"), [("二妞", True), ("三伢", True), ("幺妹", True), ("二班", False), ("五月", False)]
)
def test_a_pet_name_with_the_place_among_brothers_and_sisters_is_no_full_name(name: str, called: bool) -> None:
    assert is_nickname(name) is called


@pytest.mark.parametrize("path", [("家访人", "甲"), ("家访人甲",), ("家访人①",), ("探访人", "1"), ("走访社工一",)])
def test_the_first_of_two_visitors_is_told_by_any_sign_that_counts(path: tuple[str, ...]) -> None:
    fits = path_concepts(path)
    assert max(fits, key=lambda concept: fits[concept]) == "visitor_1"
