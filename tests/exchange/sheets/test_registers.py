"""Registers of families in many designs: whoever kept them, the people and their households are found."""

from __future__ import annotations

from typing import Any

from xiezuo.exchange.sheets import SheetReading

from .helpers import problems, read, values


def people(sheet: SheetReading) -> list[tuple[str | None, str | None, dict[str, Any]]]:
    """Role, cell and values of every person."""
    return [(r.role, r.cell, r.values) for r in sheet.records if r.type == "person"]


def households(sheet: SheetReading) -> list[tuple[list[int] | None, dict[str, Any]]]:
    """Rows and values of every household."""
    return [(r.rows, r.values) for r in sheet.records if r.type == "household"]


def test_members_below_each_other_are_a_family_with_its_head() -> None:
    head = ["户号", "姓名", "与户主关系", "性别", "联系电话", "户籍所在地", "居住地址"]
    rows = [
        head,
        ["001", "王大", "户主", "男", "15412345678", "河南", "甲村1号"],
        [None, "李二", "之妻", "女", "16412345678"],
        [None, "王一", "长子", "男"],
        ["002", "赵大", "户主", "男", None, "安徽", "乙村"],
        [None, "赵三", "儿子", "男"],
    ]
    sheet = read(rows)
    assert sheet.kind == "client_register"
    assert [(role, cell, told["name"], told["relation"]) for role, cell, told in people(sheet)] == [
        ("guardian", "B2", "王大", "户主"),
        ("guardian", "B3", "李二", "之妻"),
        ("child", "B4", "王一", "长子"),
        ("guardian", "B5", "赵大", "户主"),
        ("child", "B6", "赵三", "儿子"),
    ]
    assert households(sheet) == [
        ([2, 4], {"household_no": "001", "hukou": "河南", "address": "甲村1号"}),
        ([5, 6], {"household_no": "002", "hukou": "安徽", "address": "乙村"}),
    ]
    assert sheet.cells["reported"] == 0


def test_ticks_merged_over_the_members_are_the_family_s_and_ticks_of_a_row_the_member_s() -> None:
    head = ["户主", "现住址", "家庭成员姓名", "关系", "年龄", "低保", "残疾"]
    rows = [
        head,
        ["王大", "甲村", "王大", "本人", 45, "√", None],
        [None, None, "李二", "配偶", 43, None, "√"],
        ["赵大", "乙村", "赵大", "本人", 50, "×", None],
        [None, None, "赵五", "女儿", 8, None, None],
    ]
    sheet = read(rows, merges=("A2:A3", "B2:B3", "F2:F3", "A4:A5", "B4:B5", "F4:F5"))
    assert [told for _, told in households(sheet)] == [
        {"head": "王大", "address": "甲村", "tags": ["低保"]},
        {"head": "赵大", "address": "乙村"},
    ]
    assert [told.get("tags") for _, _, told in people(sheet)] == [None, ["残疾"], None, None]


def test_families_numbered_person_by_person_begin_with_each_head() -> None:
    rows = [
        ["序号", "姓名", "与户主关系", "性别"],
        [1, "王大", "户主", "男"],
        [2, "王一", "女儿", "女"],
        [3, "赵大", "户主", "男"],
        [4, "赵三", "儿子", "男"],
    ]
    sheet = read([["家庭成员登记表"], *rows])
    assert [rows for rows, _ in households(sheet)] == [[3, 4], [5, 6]]


def test_the_code_of_a_family_in_brackets_stands_before_its_line() -> None:
    rows = [
        ["序", "家庭成员", "与孩子的关系", "性别", "学校/幼儿园"],
        ["【JH-01】户主：秦文　　住址：文昌街77号704　　户籍：广西　　来穗时间：08年"],
        [1, "秦文", "父亲", "男"],
        [2, "秦兰", None, "女", "第十七中学"],
        ["【JH-02】户主：白朗　　住址：青云路1号"],
        [1, "白朗", "父亲", "男"],
    ]
    sheet = read(rows, merges=("A2:E2", "A5:E5"))
    assert [r.values for r in sheet.records if r.type == "household"] == [
        {"household_no": "JH-01", "head": "秦文", "address": "文昌街77号704", "hukou": "广西", "arrived_year": 2008},
        {"household_no": "JH-02", "head": "白朗", "address": "青云路1号"},
    ]
    assert ("child", "B4", {"name": "秦兰", "sex": "女", "school": "第十七中学"}) in people(sheet)


def test_children_in_columns_of_their_own_are_each_a_child() -> None:
    head = [
        "序号",
        "家长姓名",
        "联系电话",
        "孩子1姓名",
        "孩子1性别",
        "孩子1出生日期",
        "孩子2姓名",
        "孩子2性别",
        "孩子2出生日期",
    ]
    rows = [
        head,
        [1, "王大", "15412345678", "王一", "男", "2015-03-04", "王双", "女", "2017.8.9"],
        [2, "钱四", "17912345678", "赵三", "男", "2016.3.5"],
    ]
    sheet = read(rows)
    assert people(sheet) == [
        ("child", "D2", {"name": "王一", "sex": "男", "birth_date": "2015-03-04"}),
        ("child", "G2", {"name": "王双", "sex": "女", "birth_date": "2017-08-09"}),
        ("guardian", "B2", {"name": "王大", "phone": "15412345678"}),
        ("child", "D3", {"name": "赵三", "sex": "男", "birth_date": "2016-03-05"}),
        ("guardian", "B3", {"name": "钱四", "phone": "17912345678"}),
    ]
    assert sheet.cells["reported"] == 0


def test_headings_of_two_rows_number_the_children_of_a_family() -> None:
    rows = [
        ["家庭编号", "父亲", None, "母亲", None, "孩子一", None, "孩子二", None, "现居住地"],
        [None, "姓名", "电话", "姓名", "电话", "姓名", "年龄", "姓名", "年龄", None],
        ["F1", "王大", "15412345678", "李二", "16412345678", "王一", 8, "王双", 5, "甲村"],
        ["F2", None, None, "钱四", "17912345678", "赵三", "7岁", None, None, "乙村"],
    ]
    sheet = read(rows, merges=("A1:A2", "B1:C1", "D1:E1", "F1:G1", "H1:I1", "J1:J2"))
    assert people(sheet) == [
        ("child", "F3", {"name": "王一", "age": 8}),
        ("child", "H3", {"name": "王双", "age": 5}),
        ("guardian", "B3", {"name": "王大", "phone": "15412345678", "relation": "父亲"}),
        ("guardian", "D3", {"name": "李二", "phone": "16412345678", "relation": "母亲"}),
        ("child", "F4", {"name": "赵三", "age": 7}),
        ("guardian", "D4", {"name": "钱四", "phone": "17912345678", "relation": "母亲"}),
    ]
    assert [told for _, told in households(sheet)] == [
        {"household_no": "F1", "address": "甲村"},
        {"household_no": "F2", "address": "乙村"},
    ]


def test_whoever_looks_after_a_child_stands_beside_its_parents() -> None:
    rows = [
        ["户序", "孩子姓名", "父亲", None, "母亲", None, "实际照料人", None, None, "家庭住址"],
        [None, None, "姓名", "电话", "姓名", "电话", "姓名", "与孩子关系", "联系电话", None],
        [1, "杨馨", "杨罗", "15412345678", "顾诺", None, "崔菲", "外婆", "17912345678", "石村5组"],
    ]
    sheet = read(rows, merges=("A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:I1", "J1:J2"))
    assert people(sheet) == [
        ("child", "B3", {"name": "杨馨"}),
        ("guardian", "C3", {"name": "杨罗", "phone": "15412345678", "relation": "父亲"}),
        ("guardian", "E3", {"name": "顾诺", "relation": "母亲"}),
        ("guardian", "G3", {"name": "崔菲", "phone": "17912345678", "relation": "外婆"}),
    ]


def test_name_and_telephone_of_a_parent_asked_for_in_one_cell_are_told_apart() -> None:
    head = ["序号", "学生姓名", "父亲姓名及联系方式", "母亲姓名及联系方式", "是否留守", "是否单亲"]
    sheet = read(
        [head, [1, "王一", "王大 15412345678", "李二16412345678", "否", "否"], [2, "赵三", "/", "钱四", "是", "是"]]
    )
    assert people(sheet) == [
        ("child", "B2", {"name": "王一"}),
        ("guardian", "C2", {"name": "王大", "phone": "15412345678", "relation": "父亲"}),
        ("guardian", "D2", {"name": "李二", "phone": "16412345678", "relation": "母亲"}),
        ("child", "B3", {"name": "赵三", "tags": ["留守", "单亲"]}),
        ("guardian", "D3", {"name": "钱四", "relation": "母亲"}),
    ]


def test_two_mothers_in_one_cell_are_two_people() -> None:
    rows = [["孩子姓名", "父亲", "母亲"], ["秦涵", "秦楷 15412345678", "刘珊（生母） 方彩云（继母）"]]
    sheet = read(rows)
    assert [told["name"] for role, _, told in people(sheet) if role == "guardian"] == ["秦楷", "刘珊", "方彩云"]
    assert ("C2", "multiple_people_in_cell") in problems(sheet)


def test_ages_asked_for_beside_the_names_are_the_children_s() -> None:
    rows = [
        ["家长姓名", "家长电话", "孩子姓名（年龄）", "家庭住址"],
        ["王大", "15412345678", "王一（8岁）、王双（五岁）", "甲村"],
        ["钱四", "17912345678", "赵三（9岁）", "乙村"],
    ]
    sheet = read([["流动儿童家庭登记表"], *rows])
    assert [(told["name"], told["age"]) for told in values(sheet, "person") if "age" in told] == [
        ("王一", 8),
        ("王双", 5),
        ("赵三", 9),
    ]


def test_a_total_below_the_rents_is_added_up() -> None:
    rows = [
        ["户号", "户主", "家庭成员姓名", "与户主关系", "房租（元）"],
        ["1", "王大", "王大", "户主", 1000],
        [None, None, "王一", "女儿", None],
        ["2", "赵大", "赵大", "户主", "500元"],
        [None, None, "赵三", "儿子", None],
        ["合计", None, None, None, 1000],
    ]
    sheet = read(rows)
    assert [(p.cell, p.params["expected"]) for p in sheet.problems if p.kind == "total_mismatch"] == [("E6", 1500)]
