"""Lists of clients and volunteers in many designs, and what people write into their cells."""

from __future__ import annotations

import pytest

from xiezuo.exchange.sheets import read_workbook

from .helpers import problems, read, values


def test_lines_between_the_rows_say_which_class_the_children_are_in() -> None:
    rows = [
        ["四点半课堂学生名单"],
        ["序号", "姓名", "性别", "家长", "联系电话"],
        ["一年级（1）班"],
        [1, "王一", "男", "王大", "15412345678"],
        ["【启明星班】"],
        [1, "赵三", "女", "赵大", "15412345670"],
    ]
    sheet = read(rows, merges=("A1:E1", "A3:E3", "A5:E5"))
    assert [(v["name"], v["class_name"]) for v in values(sheet, "person")] == [
        ("王一", "一年级（1）班"),
        ("赵三", "启明星班"),
    ]
    assert [row["row"] for row in sheet.ignored_rows] == [3, 5]
    assert sheet.cells["reported"] == 0


def test_a_line_of_wide_cells_over_the_columns_is_no_child() -> None:
    rows = [
        ["姓名", "性别", "出生日期", "学校", "家长", "家长电话"],
        ["班级：小海豚班", None, "带班：阿可　助教2名", None, "教室：202"],
        ["王一", "男", "2015-03-04", "一小", "王大", "15412345678"],
        ["赵三", "女", "2016-03-04", "二小", "赵大", "15412345670"],
    ]
    sheet = read(rows, merges=("A2:B2", "C2:D2", "E2:F2"))
    assert [(v["name"], v["class_name"]) for v in values(sheet, "person")] == [
        ("王一", "小海豚班"),
        ("赵三", "小海豚班"),
    ]


def test_an_old_person_s_contact_is_no_second_name_and_the_rooms_are_the_address() -> None:
    head = [
        "序号",
        "姓名",
        "性别",
        "楼栋",
        "单元",
        "房号",
        "本人电话",
        "紧急联系人",
        "与老人关系",
        "紧急联系电话",
        "低保",
        "已签协议",
    ]
    row = [1, "陈婆婆", "女", 3, 2, 502, "15412345678", "李四", "女儿", "16412345678", "√", "√"]
    sheet = read(
        [["独居长者花名册"], head, row, [2, "黄伯", "男", "5栋", None, "101", None, "张三", "儿子", None, None, "√"]]
    )
    assert values(sheet, "person") == [
        {
            "nickname": "陈婆婆",
            "sex": "女",
            "phone": "15412345678",
            "tags": ["低保"],
            "address": "3栋2单元502",
            "guardian": "李四",
            "relation": "女儿",
        },
        {"nickname": "黄伯", "sex": "男", "address": "5栋101", "guardian": "张三", "relation": "儿子"},
    ]


def test_the_kind_of_a_disability_is_no_mark_but_the_ticks_beside_it_are() -> None:
    head = ["姓名", "性别", "残疾类别", "残疾证号", "监护人", "监护人电话", "家庭住址", "是否低保"]
    sheet = read([["残疾人名单"], head, ["王大", "男", "肢体", "X42", "王花", "16412345678", "甲村", "是"]])
    assert values(sheet, "person") == [
        {"name": "王大", "sex": "男", "phone": "16412345678", "address": "甲村", "tags": ["低保"], "guardian": "王花"}
    ]


def test_ticks_under_a_heading_for_categories_are_no_goods_in_a_ledger_of_people() -> None:
    rows = [
        ["重点人群台账"],
        ["姓名", "性别", "年龄", "住址", "人员类别", None, None],
        [None, None, None, None, "低保", "失独", "高龄"],
        ["王大", "男", 70, "甲村", "√", None, "√"],
        ["李二", "女", 60, "乙村", None, "√", None],
    ]
    sheet = read(rows, merges=("A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:G2"))
    assert [v.get("tags") for v in values(sheet, "person")] == [["低保", "高龄"], ["失独"]]


def test_guardian_and_telephone_in_one_cell_of_a_list_of_clients_are_told_apart() -> None:
    head = ["学生姓名", "性别", "年级", "家长姓名及电话"]
    sheet = read([["学员名单"], head, ["王一", "男", "三年级", "王大 15412345678"], ["赵三", "女", "一年级", "钱四"]])
    assert [(v["guardian"], v.get("phone")) for v in values(sheet, "person")] == [
        ("王大", "15412345678"),
        ("钱四", None),
    ]


@pytest.mark.parametrize(
    ("written", "found", "kinds"),
    [
        ("☑男□女", {"sex": "男"}, set()),
        ("□男 ☑女", {"sex": "女"}, set()),
        ("♀", {"sex": "女"}, set()),
        ("□男□女", {}, {"value_unreadable"}),
    ],
)
def test_a_sex_is_understood_however_it_is_marked(written: str, found: dict[str, str], kinds: set[str]) -> None:
    sheet = read([["姓名", "性别", "学校"], ["甲一", written, "一小"], ["乙二", "男", "一小"], ["丙三", "女", "二小"]])
    told = values(sheet, "person")[0]
    assert {key: told[key] for key in told if key == "sex"} == found
    assert {kind for cell, kind in problems(sheet) if cell == "B2"} == kinds


@pytest.mark.parametrize(
    ("written", "found", "kinds"),
    [
        ("2015.3", {"birth_month": "2015-03"}, {"date_partial"}),
        ("15年3月", {"birth_month": "2015-03"}, {"date_partial"}),
        ("八岁", {"age": 8}, {"date_partial"}),
        ("42 岁", {"age": 42}, {"date_partial"}),
        ("农历八月十五", {}, {"date_lunar"}),
        ("二〇一五年三月四日", {"birth_date": "2015-03-04"}, set()),
        ("81.4.8", {"birth_date": "1981-04-08"}, set()),
        (20150304, {"birth_date": "2015-03-04"}, set()),
        (42067, {"birth_date": "2015-03-04"}, set()),
    ],
)
def test_a_birth_is_kept_as_exactly_as_it_is_written(
    written: str | int, found: dict[str, str | int], kinds: set[str]
) -> None:
    sheet = read([["姓名", "出生日期", "学校"], ["甲一", written, "一小"], ["乙二", "2014-05-06", "二小"]])
    told = values(sheet, "person")[0]
    assert {key: told[key] for key in told if key.startswith("birth") or key == "age"} == found
    assert {kind for cell, kind in problems(sheet) if cell == "B2"} == kinds


@pytest.mark.parametrize(
    ("written", "found", "kinds"),
    [
        ("110105 19491231 002x", "11010519491231002X", set()),
        ("身份证：11010519491231002X", "11010519491231002X", set()),
        ("11010519491231002X（已过期）", "11010519491231002X", set()),
        ("110105********002X", "110105********002X", {"id_checksum"}),
        ("4.1E+17", None, {"id_precision_lost"}),
        ("办理中", None, set()),
    ],
)
def test_an_identity_number_is_cleaned_or_kept_as_written(written: str, found: str | None, kinds: set[str]) -> None:
    sheet = read([["姓名", "身份证号", "学校"], ["甲一", written, "一小"], ["乙二", None, "二小"]])
    assert values(sheet, "person")[0].get("id_number") == found
    assert {kind for cell, kind in problems(sheet) if cell == "B2"} == kinds


def test_two_volunteers_in_a_row_are_two_people_with_what_each_has() -> None:
    head = ["平台编号", "姓名", "性别", "手机号", "所属团队", "技能特长", "服务时长(小时)"]
    rows = [
        ["V1", "李雷、韩梅", "男/女", "15412345679、15412345670", "助老队", "理发", "约30小时"],
        ["V2", "王芳", "女", None, "亲子队", None, 2],
    ]
    sheet = read([["义工团队名册"], head, *rows])
    assert values(sheet, "volunteer")[:2] == [
        {
            "name": "李雷",
            "volunteer_no": "V1",
            "sex": "男",
            "phone": "15412345679",
            "group": "助老队",
            "interest": "理发",
            "hours": 30,
        },
        {
            "name": "韩梅",
            "volunteer_no": "V1",
            "sex": "女",
            "phone": "15412345670",
            "group": "助老队",
            "interest": "理发",
            "hours": 30,
        },
    ]
    assert problems(sheet) == {("B3", "multiple_people_in_cell"), ("G3", "number_approximate")}


def test_a_list_in_traditional_characters_is_read_and_kept_as_written() -> None:
    head = [
        "隊別",
        "隊員編號",
        "姓名",
        "性別",
        "聯絡電話",
        "職業",
        "專長／興趣",
        "入隊日期",
        "如何加入本隊",
        "累計服務時數",
    ]
    rows = [["探訪隊", "R1", "廖華", "男", "15412345678", "文員", "廣場舞", "2021年10月18日", "學校組織", 12]]
    rows.append([None, "R2", "陳師傅", "男", "15412345679", None, None, "2023.5.6", None, "2小時30分"])
    sheet = read([["仁愛志願服務隊隊員名冊"], head, *rows], merges=("A1:J1", "A3:A4"))
    assert values(sheet, "volunteer") == [
        {
            "name": "廖華",
            "volunteer_no": "R1",
            "sex": "男",
            "phone": "15412345678",
            "group": "探訪隊",
            "work": "文員",
            "interest": "廣場舞",
            "source": "學校組織",
            "registered_on": "2021-10-18",
            "hours": 12,
        },
        {
            "nickname": "陳師傅",
            "volunteer_no": "R2",
            "sex": "男",
            "phone": "15412345679",
            "group": "探訪隊",
            "registered_on": "2023-05-06",
            "hours": 2.5,
        },
    ]


def test_volunteers_below_the_name_of_their_team_belong_to_it() -> None:
    rows = [
        ["姓名", "性别", "手机", "特长"],
        ["助老队"],
        ["王芳", "女", "15412345678", "理发"],
        ["亲子队"],
        ["李雷", "男", None, "摄影"],
    ]
    sheet = read([["志愿者名单"], *rows], merges=("A1:D1", "A3:D3", "A5:D5"))
    assert [(v["name"], v["group"]) for v in values(sheet, "volunteer")] == [("王芳", "助老队"), ("李雷", "亲子队")]


def test_a_list_in_english_is_read() -> None:
    head = [
        "No.",
        "Full Name",
        "Gender",
        "Mobile",
        "Team",
        "Skills",
        "Total hours",
        "Registered on",
        "How did you hear about us",
    ]
    sheet = read(
        [
            ["Volunteer list 2024"],
            head,
            [1, "Wang Fang", "F", "+86 154 1234 5679", "Reading", "Piano", "8h", "2022-03-04", "Friend"],
        ]
    )
    assert values(sheet, "volunteer") == [
        {
            "name": "Wang Fang",
            "sex": "女",
            "phone": "15412345679",
            "group": "Reading",
            "interest": "Piano",
            "source": "Friend",
            "registered_on": "2022-03-04",
            "hours": 8,
        }
    ]


def test_what_programs_put_around_numbers_in_text_tables_is_taken_off() -> None:
    lines = ["名单导出;;", "姓名;性别;身份证号;备注", '王芳;女;"=""11010519491231002X""";"一行；\n二行"', ""]
    sheet = read_workbook("\r\n".join(lines).encode("utf-8-sig"), "名单.csv").sheets[0]
    assert values(sheet, "person") == [
        {"name": "王芳", "sex": "女", "id_number": "11010519491231002X", "note": "一行；\n二行"}
    ]
