"""Headings nobody has listed, put together from known parts, and columns that only their cells explain."""

from __future__ import annotations

import pytest

from xiezuo.exchange.sheets import read_workbook
from xiezuo.exchange.sheets.layout.headings import concepts_of
from xiezuo.exchange.sheets.layout.measures import measure_field
from xiezuo.exchange.sheets.layout.roles import role_field
from xiezuo.exchange.sheets.layout.totals import states_sum
from xiezuo.exchange.sheets.values.dates import Day, parse_date
from xiezuo.exchange.sheets.values.guardians import parse_guardian
from xiezuo.exchange.sheets.values.numbers import parse_number

from .helpers import problems, read, values, xlsx


@pytest.mark.parametrize(
    ("heading", "concept"),
    [
        ("与病童关系", "relation"),
        ("与住户的关系", "relation"),
        ("哪年来苏", "arrived"),
        ("约定下次", "next_visit"),
        ("实际住址", "address"),
        ("本人手机号", "phone"),
    ],
)
def test_a_heading_with_a_word_before_or_inside_it_asks_for_the_same(heading: str, concept: str) -> None:
    assert concepts_of(heading)[concept] >= 0.7


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (("女性患者（名）",), "heads_adult_f"),
        (("病童", "人数"), "heads_child_total"),
        (("居民人次",), "att_adult"),
        (("累计人次",), "att_total"),
        (("学生志工（位）",), "vol_student_n"),
        (("学生义工", "工时（小时）"), "vol_student_h"),
        (("居民志愿者", "人数"), "vol_public_n"),
    ],
)
def test_figures_are_understood_by_who_is_counted_what_is_counted_and_its_unit(
    path: tuple[str, ...], field: str
) -> None:
    assert measure_field(path) == field


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (("父母情况", "母亲", "身份证号"), "mother_id_number"),
        (("家庭成员资料", "父亲", "姓名"), "father_name"),
        (("平时照料人", "姓名"), "carer_name"),
        (("目前照护人", "与学生关系"), "carer_relation"),
        (("家庭情况", "家庭类型"), None),
    ],
)
def test_a_heading_over_the_parents_only_gathers_them(path: tuple[str, ...], field: str | None) -> None:
    assert role_field(path) == field


def test_parents_under_three_rows_of_headings_are_people_of_their_own() -> None:
    rows = [
        ["户号", "儿童情况", None, "父母情况", None, None, None],
        [None, "姓名", "性别", "父亲", None, "母亲", None],
        [None, None, None, "姓名", "手机号", "姓名", "手机号"],
        [1, "王小明", "男", "王强", "13900000001", "李梅", "13900000002"],
        [2, "赵小芳", "女", "赵刚", "13900000003", None, None],
    ]
    merges = ("A1:A3", "B1:C1", "D1:G1", "B2:B3", "C2:C3", "D2:E2", "F2:G2")
    sheet = read(rows, merges=merges, name="家庭登记")
    assert [(r.role, r.values) for r in sheet.records if r.type == "person"] == [
        ("child", {"name": "王小明", "sex": "男"}),
        ("guardian", {"relation": "父亲", "name": "王强", "phone": "13900000001"}),
        ("guardian", {"relation": "母亲", "name": "李梅", "phone": "13900000002"}),
        ("child", {"name": "赵小芳", "sex": "女"}),
        ("guardian", {"relation": "父亲", "name": "赵刚", "phone": "13900000003"}),
    ]


def test_visits_below_a_name_that_spans_them_are_visits_and_a_tick_is_no_plan() -> None:
    rows = [
        ["长者", "电话", "日期", "探访社工", "当日情况", "后续跟进"],
        ["王秀英", "13900000001", "2024-01-08", "李静", "精神好，刚晒了被子。", "是"],
        [None, None, "2024-02-08", "李静", "说膝盖疼。", "否"],
        ["赵德福", "13900000002", "2024-01-09", "周敏", "不在家，电话联系上了。", "是"],
        ["共探访3人次"],
    ]
    merges = ("A2:A3", "B2:B3")
    book = read_workbook(xlsx({"上半年": rows}, merges), "独居老人探访登记.xlsx")
    sheet = book.sheets[0]
    assert book.kind == "visit_list"
    assert [(v["name"], v["date"], v["narrative"], v["follow_up"]) for v in values(sheet, "visit")] == [
        ("王秀英", "2024-01-08", "精神好，刚晒了被子。", True),
        ("王秀英", "2024-02-08", "说膝盖疼。", False),
        ("赵德福", "2024-01-09", "不在家，电话联系上了。", True),
    ]
    assert sheet.cells == {"imported": 16, "classified": 7, "reported": 0, "total": 23}


@pytest.mark.parametrize(
    ("text", "states"),
    [("本季度共走访21户次", True), ("全年合计服务1280人次", True), ("王共3", False)],
)
def test_a_line_in_words_that_says_how_many_is_a_sum(text: str, states: bool) -> None:
    assert states_sum(text) == states


def test_a_day_beside_its_month_is_a_date_and_of_two_weekdays_the_first_is_compared() -> None:
    rows = [
        ["2023年活动登记"],
        ["月份", "日期", "星期", "活动名称", "参加人数", "累计人次"],
        ["3月", "4日", "周六", "趣味运动会", 12, 14],
        ["3月", "11号", "周一", "读书会", 8, 8],
        ["4月", "4月15-16日", "周六、周日", "露营", 10, 20],
    ]
    sheet = read(rows)
    assert [(v["date"], v.get("date_end"), v["att_total"]) for v in values(sheet, "activity")] == [
        ("2023-03-04", None, 14),
        ("2023-03-11", None, 8),
        ("2023-04-15", "2023-04-16", 20),
    ]
    assert problems(sheet) == {("C4", "weekday_mismatch")}


def test_a_day_and_the_next_one_are_a_period() -> None:
    assert parse_date("2024-03-30/31").end == Day(2024, 3, 31)
    assert parse_date("5.20、21日").end == Day(None, 5, 21)
    assert parse_date("2024/3/30").end is None
    assert parse_date("5.20、25").end is None


def test_a_number_in_brackets_behind_a_name_is_the_number_of_that_person() -> None:
    assert parse_guardian("王强（13900000001）").values == {"name": "王强", "phone": "13900000001"}
    assert parse_guardian("李梅（电话：139-0000-0002）").values == {"name": "李梅", "phone": "13900000002"}
    assert parse_guardian("赵刚（继父）").values == {"name": "赵刚", "relation": "父亲"}


def test_money_in_tens_of_thousands_is_a_figure() -> None:
    assert parse_number("1.5万", "money", text_is_normal=True).value == 15000
    assert parse_number("约3万元", "money", text_is_normal=True) == (30000, "number_approximate", False)


def test_an_income_with_its_period_is_a_figure_unless_the_heading_asks_for_another_period() -> None:
    rows = [
        ["户号", "户主", "儿童姓名", "性别", "父亲", "家庭月收入"],
        [1, "王强", "王小明", "男", "王强", "6000元/月"],
        [2, "赵刚", "赵小芳", "女", "赵刚", "8万元/年"],
    ]
    sheet = read(rows, name="家庭登记")
    assert [v["income"] for v in values(sheet, "household")] == [6000, "8万元/年"]


def test_codes_typed_straight_beside_a_table_are_its_code_list() -> None:
    lines = ["读书", "运动", "读书", "手工", "运动", "读书", "绘画", "手工"]
    rows = [["日期", "活动名称", "服务领域", "参加人数", "服务领域（选项）"]]
    codes = ["读书", "运动", "手工"]
    for i, line in enumerate(lines):
        code = codes[i] if i < len(codes) else None
        rows.append([f"2024-03-{i + 1:02}", f"活动{i}", line, 10, code])
    sheet = read(rows, name="活动统计")
    assert sheet.side_ranges == [{"range": "E1:E4", "what": "服务领域（选项）"}]
    assert ("C8", "code_unknown") in problems(sheet)
    assert [v["service_line"] for v in values(sheet, "activity")] == lines


def test_a_family_table_in_a_form_ends_where_the_next_label_stands() -> None:
    rows = [
        ["个案接案登记表"],
        ["案号", "A-1", "接案日期", "2024-03-02", "接案社工", "李静"],
        ["案主姓名", "王小明", "性别", "男", "民族", "汉族"],
        ["家庭住址", "东街1号", None, None, "联系电话", "13900000001"],
        ["家庭成员"],
        ["姓名", "与病童关系", "年龄", "职业", "联系电话"],
        ["王强", "父亲", 35, "司机", "13900000001"],
        [],
        ["问题描述", "住院三周，没有人陪。"],
        ["服务需求", "陪护"],
        ["需求评估", "家里人手不够。"],
        ["是否接案", "是"],
    ]
    sheet = read(rows, name="个案1")
    assert values(sheet, "family_member") == [
        {"name": "王强", "relation": "父亲", "age": 35, "occupation": "司机", "phone": "13900000001"}
    ]
    case = values(sheet, "case")[0]
    assert (case["needs"], case["assessment"], case["problem"]) == (["陪护"], "家里人手不够。", "住院三周，没有人陪。")


def test_sexes_in_codes_between_written_ones_are_read() -> None:
    rows = [["姓名", "性别", "学校", "监护人"]]
    rows += [[f"王小{c}", s, "东街小学", "王强"] for c, s in zip("明芳文军", ["男", "女", "2", "男"], strict=True)]
    sheet = read(rows, name="儿童名单")
    assert [v["sex"] for v in values(sheet, "person")] == ["男", "女", "女", "男"]


def test_columns_are_known_by_their_cells_where_the_heading_means_nothing() -> None:
    rows = [["姓名", "甲", "乙", "丙", "丁", "戊", "己"]]
    given = ["2010-01-05", "2012-03-06", "2014-05-07", "2016-07-08", "2018-09-09"]
    grades = ["一年级", "三（2）班", "初一", "大班", "五年级"]
    for i, (birth, grade) in enumerate(zip(given, grades, strict=True)):
        person = [f"王小{'明芳文军伟'[i]}", "男", birth, "东街小学", grade, f"东街{i + 1}号", f"1390000000{i}"]
        rows.append(person)
    sheet = read(rows, name="学生名单")
    assert values(sheet, "person")[1] == {
        "name": "王小芳",
        "sex": "男",
        "birth_date": "2012-03-06",
        "school": "东街小学",
        "grade": "三（2）班",
        "address": "东街2号",
        "phone": "13900000001",
    }
    assert sheet.cells["reported"] == 0
    assert sheet.tables[0].doubted == ["B", "C", "D", "E", "F", "G"]


def test_a_volunteer_list_is_known_by_its_team_and_the_worker_of_a_register_is_its_recorder() -> None:
    rows = [
        ["姓名", "性别", "学院", "意向服务方向"],
        ["王小明", "男", "文学院", "阅读"],
        ["李芳", "女", "法学院", "绘画"],
    ]
    sheet = read([["晨光志愿服务队报名汇总"], *rows])
    assert sheet.kind == "volunteer_list"
    assert values(sheet, "volunteer")[0] == {"name": "王小明", "sex": "男", "work": "文学院", "interest": "阅读"}
    rows = [["户号", "孩子姓名", "爸爸", "妈妈", "建档社工"], [1, "王小明", "王强", "李梅", "周敏"]]
    sheet = read(rows, name="家庭档案")
    assert values(sheet, "household") == [{"household_no": "1", "recorder": "周敏"}]
