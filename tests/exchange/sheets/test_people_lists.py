"""Registers of families, lists of clients and volunteers."""

from __future__ import annotations

import datetime as dt

from xiezuo.exchange.sheets import read_workbook

from .helpers import problems, read, values

VALID = "11010519491231002X"  # a woman, born on 31 December 1949


def test_a_family_over_merged_rows_is_one_household_with_its_children_and_parents() -> None:
    rows = [
        ["序号", "儿童信息", None, None, "父亲（姓名、电话）", "母亲（姓名、电话）", "现住址", "类型", None],
        [None, "姓名", "性别", "出生日期", None, None, None, "流动", "困境"],
        [1, "王一", "男", dt.date(2015, 3, 4), "王大 15412345678", "李二、16412345678", "甲村1号", "√", None],
        [None, "王双", "女", "2017年", None, None, None, "是", "●"],
        [2, "赵三", "男", "6岁", "失联", "钱四", "甲村2号", "否", "1"],
    ]
    sheet = read(rows, merges=("A1:A2", "B1:D1", "H1:I1", "A3:A4", "E3:E4", "F3:F4", "G3:G4"))
    assert sheet.kind == "client_register"
    assert [(r.role, r.household, r.values) for r in sheet.records if r.type == "person"] == [
        ("child", "户3", {"name": "王一", "sex": "男", "birth_date": "2015-03-04", "tags": ["流动"]}),
        ("child", "户3", {"name": "王双", "sex": "女", "birth_year": 2017, "tags": ["流动", "困境"]}),
        ("guardian", "户3", {"name": "王大", "phone": "15412345678", "relation": "父亲"}),
        ("guardian", "户3", {"name": "李二", "phone": "16412345678", "relation": "母亲"}),
        ("child", "户5", {"name": "赵三", "sex": "男", "age": 6, "tags": ["困境"]}),
        ("guardian", "户5", {"name": "钱四", "relation": "母亲"}),
    ]
    assert [(r.rows, r.values) for r in sheet.records if r.type == "household"] == [
        ([3, 4], {"seq": 1, "address": "甲村1号"}),
        ([5, 5], {"seq": 2, "address": "甲村2号"}),
    ]
    assert problems(sheet) == {("D4", "date_partial"), ("D5", "date_partial")}


def test_a_family_that_fills_its_own_cells_only_once_is_one_household_without_merged_cells() -> None:
    head = ["序号", "孩子姓名", "父亲姓名", "父亲电话", "母亲姓名", "母亲电话", "家庭住址"]
    rows = [
        head,
        [1, "王一", "王大", "15412345678", None, None, "甲"],
        [None, "王双"],
        [2, "赵三", None, None, "钱四", None, "乙"],
    ]
    sheet = read(rows)
    assert [r.rows for r in sheet.records if r.type == "household"] == [[2, 3], [4, 4]]
    assert [(r.cell, r.values) for r in sheet.records if r.role == "guardian"] == [
        ("C2", {"name": "王大", "phone": "15412345678", "relation": "父亲"}),
        ("E4", {"name": "钱四", "relation": "母亲"}),
    ]


def test_several_children_in_one_cell_share_what_can_be_shared() -> None:
    head = ["姓名", "性别", "出生日期", "年级", "身份证号", "父亲", "母亲", "备注"]
    rows = [
        head,
        [
            "王一、王双",
            "男/女",
            "2014.5.30/2016.9.1",
            "三年级、幼儿园",
            VALID,
            "王大 15412345678",
            None,
            "搬家，待核实",
        ],
    ]
    sheet = read(rows)
    children = [r.values for r in sheet.records if r.role == "child"]
    assert children == [
        {"name": "王一", "sex": "男", "birth_date": "2014-05-30", "grade": "三年级", "note": "搬家，待核实"},
        {"name": "王双", "sex": "女", "birth_date": "2016-09-01", "grade": "幼儿园", "note": "搬家，待核实"},
    ]
    assert ("A2", "multiple_people_in_cell") in problems(sheet)


def test_the_same_child_registered_again_in_other_characters_is_noticed() -> None:
    head = ["姓名", "性别", "出生日期", "父亲", "母亲", "现住址"]
    rows = [
        head,
        ["陈思远", "男", "2009.6.20", "陈文 15412345678", "董珍", "甲"],
        ["李四", "男", "2009.6.20", "李文 15412345679", "董珠", "乙"],
        ["陳思遠", "男", "2009-06-20", "陈文 15412345678", "董珍", "甲"],
    ]
    sheet = read(rows)
    found = [(p.cell, p.params["same_as_row"]) for p in sheet.problems if p.kind == "duplicate_person"]
    assert found == [("A4", 2)]


def test_brothers_with_names_that_sound_alike_are_two_children() -> None:
    head = ["序号", "姓名", "性别", "出生日期", "父亲", "母亲"]
    rows = [
        head,
        [1, "林可彤", "女", "2015年", "林健 15412345678", "何娜"],
        [None, "林可桐", "男", "2018-07-26"],
    ]
    sheet = read(rows, merges=("A2:A3", "E2:E3", "F2:F3"))
    assert "duplicate_person" not in {p.kind for p in sheet.problems}


def test_a_list_of_clients_names_the_guardian_and_keeps_one_telephone() -> None:
    head = ["编号", "学生姓名", "性别", "年龄", "就读学校", "家长姓名", "家长电话", "住址"]
    sheet = read([["学员名单"], head, ["A1", "吴磊", "男", 9, "一小", "吴 梅（新）", "154-0000-1111", "甲村"]])
    assert sheet.kind == "client_list"
    assert values(sheet, "person") == [
        {
            "client_no": "A1",
            "name": "吴磊",
            "sex": "男",
            "age": 9,
            "school": "一小",
            "guardian": "吴梅",
            "phone": "15400001111",
            "address": "甲村",
        }
    ]


def test_an_identity_number_is_compared_with_the_birth_date_and_the_sex_beside_it() -> None:
    head = ["姓名", "性别", "出生日期", "身份证号"]
    rows = [
        head,
        ["甲一", "男", "1949-12-31", VALID],
        ["乙二", "女", "1949-12-30", VALID],
        ["丙三", "女", "1949年", VALID],
    ]
    sheet = read(rows)
    assert problems(sheet) == {("D2", "id_sex_mismatch"), ("D3", "id_birth_mismatch"), ("C4", "date_partial")}


def test_sexes_written_as_one_and_two_are_understood() -> None:
    rows = [
        ["姓名", "性别", "出生日期"],
        *[[name, sex, "2010.1.2"] for name, sex in (("张一", 1), ("李二", 2), ("王三", 1))],
    ]
    assert [v["sex"] for v in values(read(rows), "person")] == ["男", "女", "男"]


def test_a_list_without_headings_is_told_by_its_cells() -> None:
    people = [
        [name, "女", f"1540000{i:04d}"] for i, name in enumerate(["王芳", "李梅", "张静", "刘洋", "陈晨", "赵云"])
    ]
    sheet = read(people)
    assert (sheet.header_rows, sheet.columns) == (None, {"A": "name", "B": "sex", "C": "phone"})
    assert [r.row for r in sheet.records] == [1, 2, 3, 4, 5, 6]


def test_a_list_of_volunteers_in_other_words_is_read() -> None:
    head = ["义工号", "姓名", "性别", "出生年份", "手机", "职业", "服务意愿", "入队时间", "累计小时", "星级"]
    sheet = read([["义工名册"], head, ["Y1", "陈明", "男", 1990, 15400001111, "教师", "陪读", "2019.5.1", "8小时", 3]])
    assert values(sheet, "volunteer") == [
        {
            "volunteer_no": "Y1",
            "name": "陈明",
            "sex": "男",
            "birth_year": 1990,
            "phone": "15400001111",
            "work": "教师",
            "interest": "陪读",
            "registered_on": "2019-05-01",
            "hours": 8,
            "star": 3,
        }
    ]


def test_a_text_table_keeps_its_texts_and_its_record_numbers() -> None:
    rows = [
        "姓名,性别,出生日期,电话,备注",
        '王芳,女,2010/1/2,15412345678.0,"一行\n二行"',
        "李雷,男,2011.3.4,无,",
        "",
    ]
    text = "\r\n".join(rows)
    sheet = read_workbook(text.encode("gb18030"), "名单.csv").sheets[0]
    assert [(r.row, r.values) for r in sheet.records] == [
        (
            2,
            {
                "name": "王芳",
                "sex": "女",
                "birth_date": "2010-01-02",
                "phone": "15412345678",
                "note": "一行\n二行",
            },
        ),
        (3, {"name": "李雷", "sex": "男", "birth_date": "2011-03-04"}),
    ]


def test_families_under_lines_of_their_own_are_households_with_their_members() -> None:
    head = ["姓名", "与户主关系", "性别", "年龄", "学校"]
    rows = [
        ["某某社区困境家庭登记表"],
        head,
        ["第1户  户主：王强  现住址：甲村1号  户籍地：河南"],
        ["王强", "户主", "男", 40],
        ["王一", "儿子", "男", 9, "一小"],
        ["户主：李梅，住址：乙村2号"],
        ["李梅", "本人", "女", 38],
        ["李双", "女儿", "女", 7, "二小"],
    ]
    sheet = read(rows, merges=("A1:E1", "A3:E3", "A6:E6"))
    assert sheet.kind == "client_register"
    assert [(r.row, r.cell, r.values) for r in sheet.records if r.type == "household"] == [
        (3, "A3", {"head": "王强", "address": "甲村1号", "hukou": "河南", "household_no": "1"}),
        (6, "A6", {"head": "李梅", "address": "乙村2号"}),
    ]
    assert [(r.cell, r.role, r.household, r.values["name"]) for r in sheet.records if r.type == "person"] == [
        ("A4", "guardian", "户3", "王强"),
        ("A5", "child", "户3", "王一"),
        ("A7", "guardian", "户6", "李梅"),
        ("A8", "child", "户6", "李双"),
    ]
    assert sheet.ignored_rows == []
    assert sheet.cells["reported"] == 0


def test_a_telephone_of_the_father_without_his_name_is_kept() -> None:
    head = ["序号", "孩子姓名", "父亲姓名", "父亲电话", "母亲姓名", "母亲电话"]
    sheet = read([head, [1, "王一", None, "15412345678", "李二", None]])
    assert [(r.cell, r.values) for r in sheet.records if r.role == "guardian"] == [
        ("C2", {"phone": "15412345678", "relation": "父亲"}),
        ("E2", {"name": "李二", "relation": "母亲"}),
    ]


def test_a_volunteer_registered_again_is_noticed_by_sound_and_telephone() -> None:
    head = ["编号", "姓名", "手机", "服务意向"]
    rows = [
        head,
        ["V1", "赵玉芳", "15412345678", "陪读"],
        ["V2", "钱一", "15412345679", "陪读"],
        ["V3", "趙玉芳", "154 1234 5678", "摄影"],
    ]
    sheet = read([["志愿者名单"], *rows])
    assert [(p.cell, p.severity, p.params["same_as_row"]) for p in sheet.problems] == [("B5", "info", 3)]
