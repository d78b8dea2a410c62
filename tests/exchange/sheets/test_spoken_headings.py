"""Headings in the words of the place: units and codes below them, families under a line, questions for names."""

from __future__ import annotations

from xiezuo.exchange.sheets.layout.headings import concepts_of, named_heading, path_concepts
from xiezuo.exchange.sheets.values.dates import Day, parse_date
from xiezuo.exchange.sheets.values.names import parse_name

from .helpers import problems, read, values


def test_parents_in_columns_are_read_below_the_line_that_names_their_family() -> None:
    rows = [
        ["在册家庭名册"],
        ["档案号", "娃娃姓名", "性别", "出生年月", "父亲", "父亲电话", "母亲", "母亲电话"],
        ["【A-01】户主：王强　户籍：河南商丘　住址：东街1号　16年来沪　建档：2023.5.9"],
        ["A-01-1", "王小明", "男", "2012.11.16", "王强", "13900000001", "李梅", "13900000002"],
        ["A-01-2", "王小芳", "女", "2015.3.2", "王强", "13900000001", None, None],
        ["【A-02】户主：赵敏　户籍：安徽六安　住址：西街2号　2019年来沪　建档：2024年1月4日"],
        ["A-02-1", "周天", "男", "2014.1.5", None, None, "赵敏", "13900000003"],
    ]
    sheet = read(rows)
    assert values(sheet, "household") == [
        {
            "head": "王强",
            "hukou": "河南商丘",
            "address": "东街1号",
            "arrived_year": 2016,
            "registered_on": "2023-05-09",
            "household_no": "A-01",
        },
        {
            "head": "赵敏",
            "hukou": "安徽六安",
            "address": "西街2号",
            "arrived_year": 2019,
            "registered_on": "2024-01-04",
            "household_no": "A-02",
        },
    ]
    guardians = [record for record in sheet.records if record.role == "guardian"]
    assert [(g.cell, g.household, g.values) for g in guardians] == [
        ("E4", "户3", {"relation": "父亲", "name": "王强", "phone": "13900000001"}),
        ("G4", "户3", {"relation": "母亲", "name": "李梅", "phone": "13900000002"}),
        ("G7", "户6", {"relation": "母亲", "name": "赵敏", "phone": "13900000003"}),
    ]
    assert sheet.cells["reported"] == 0


def test_units_in_a_row_below_the_goods_belong_to_them_and_ticks_for_signatures_name_nobody() -> None:
    rows = [
        ["2024年物资领取表"],
        ["序号", "领取日期", "领取人", "大米", "食用油", "经手人", "签名"],
        [None, None, None, "袋", "桶", None, None],
        [1, "2024-11-20", "王芳", 1, 2, "李静", "√"],
        [2, "2024-11-20", "赵敏", 2, None, "李静", "√"],
    ]
    merges = ("A2:A3", "B2:B3", "C2:C3", "F2:F3", "G2:G3")
    sheet = read(rows, merges=merges)
    assert sheet.kind == "aid_ledger"
    assert [(v["recipient"], v["item"], v["quantity"], v["unit"]) for v in values(sheet, "aid")] == [
        ("王芳", "大米", 1, "袋"),
        ("王芳", "食用油", 2, "桶"),
        ("赵敏", "大米", 2, "袋"),
    ]


def test_a_unit_is_named_with_what_stands_above_it() -> None:
    assert named_heading(("大米", "袋")) == "大米（袋）"
    assert named_heading(("孩子", "姓名")) == "姓名"


def test_what_codes_stand_for_is_no_heading() -> None:
    assert path_concepts(("性别", "1男2女")) == path_concepts(("性别",))
    assert path_concepts(("低保", "1=是，2=否")) == path_concepts(("低保",))


def test_a_day_is_a_day_whether_the_heading_says_time_or_date() -> None:
    assert concepts_of("入托时间")["registered_on"] > 0.9
    assert concepts_of("外展日")["contact_date"] > 0.9


def test_visits_are_told_by_questions_and_a_visit_to_nobody_is_noticed() -> None:
    rows = [
        ["2024年入户走访登记"],
        ["走访编号", "日期", "见到谁", "家里娃娃", "电话", "走访人", "情况", "要不要跟进", "哪天跟进", "督导看过"],
        ["Z1", "2024-02-27", "王芳", "李乐", "13900000001", "赵敏、孙丽", "作业没人看。", "是", "2024-03-19", "阅"],
        ["Z2", "3.14", None, "周天", "13900000002", "赵敏", "不在家。", "否", None, None],
    ]
    sheet = read(rows)
    assert values(sheet, "visit") == [
        {
            "visit_no": "Z1",
            "date": "2024-02-27",
            "name": "王芳",
            "child": "李乐",
            "phone": "13900000001",
            "visitors": ["赵敏", "孙丽"],
            "narrative": "作业没人看。",
            "follow_up": True,
            "follow_up_on": "2024-03-19",
            "supervisor_note": "阅",
        },
        {
            "visit_no": "Z2",
            "date": "2024-03-14",
            "child": "周天",
            "phone": "13900000002",
            "visitors": ["赵敏"],
            "narrative": "不在家。",
            "follow_up": False,
        },
    ]
    assert problems(sheet) == {("C4", "missing_required")}


def test_an_evening_is_a_day() -> None:
    assert parse_date("2024年8月9日晚").start == Day(2024, 8, 9)


def test_a_nickname_with_a_word_for_small_is_a_nickname() -> None:
    assert parse_name("小石头").nickname == "小石头"
    assert parse_name("石小头").name == "石小头"


def test_questions_of_a_questionnaire_are_read_without_their_numbers() -> None:
    assert concepts_of("3、您的出生日期")["birth"] > 0.7
    assert concepts_of("2、性别") == concepts_of("性别")
    rows = [
        ["序号", "提交答卷时间", "1、您的姓名", "2、性别", "3、手机号码", "4、您的特长", "5、从哪里看到招募"],
        ["1", "2024/11/4 11:49:51", "王芳", "女", "13900000001", "唱歌", "朋友介绍"],
        ["2", "2024/11/5 5:28:43", "赵敏", "女", "13900000002", "手语", "朋友圈"],
    ]
    sheet = read(rows, name="志愿者招募")
    assert values(sheet, "volunteer") == [
        {
            "name": "王芳",
            "sex": "女",
            "phone": "13900000001",
            "interest": "唱歌",
            "source": "朋友介绍",
            "registered_on": "2024-11-04",
        },
        {
            "name": "赵敏",
            "sex": "女",
            "phone": "13900000002",
            "interest": "手语",
            "source": "朋友圈",
            "registered_on": "2024-11-05",
        },
    ]


def test_an_answer_merged_over_the_rest_of_its_line_is_no_label() -> None:
    rows = [
        ["个案接案登记表"],
        ["个案编号", "A-1", "接案日期", "2024-03-05"],
        ["患儿", "王小明", "性别", "男"],
        ["主要问题", "与母亲争吵", None, None],
        ["服务需求", "健康状况", None, None],
        ["社工专业判断", "母亲压力大", None, None],
        ["危机介入", "否", "督导签批", "同意"],
    ]
    sheet = read(rows, merges=("A1:D1", "B4:D4", "B5:D5", "B6:D6"))
    assert values(sheet, "case") == [
        {
            "case_no": "A-1",
            "intake_date": "2024-03-05",
            "name": "王小明",
            "sex": "男",
            "problem": "与母亲争吵",
            "needs": ["健康状况"],
            "assessment": "母亲压力大",
            "crisis": False,
            "supervisor_opinion": "同意",
        }
    ]


def test_units_behind_a_stroke_or_in_a_row_of_their_own_without_merged_cells_belong_to_the_goods() -> None:
    assert named_heading(("大米/袋",)) == "大米（袋）"
    rows = [
        ["2024年物资领取表"],
        ["序号", "领取日期", "领取人", "大米", "食用油", "经手人"],
        [None, None, None, "袋", "桶", None],
        [1, "2024-11-20", "王芳", 1, 2, "李静"],
        [2, "2024-11-20", "赵敏", 2, None, "李静"],
    ]
    assert [(v["recipient"], v["item"], v["quantity"], v["unit"]) for v in values(read(rows), "aid")] == [
        ("王芳", "大米", 1, "袋"),
        ("王芳", "食用油", 2, "桶"),
        ("赵敏", "大米", 2, "袋"),
    ]


def test_what_people_say_when_they_come_back_from_the_street_names_the_columns() -> None:
    rows = [
        ["夜访记录 2024年"],
        ["日期", "去的地方", "遇到谁", "男/女", "多大年纪", "干什么的", "说了些什么", "打算"],
        ["7月3日", "火车站", "老周", "男", "50多", "捡废品", "说想回家", "联系救助站"],
        ["7月9日", "天桥下", "李大姐", "女", "40", "摆摊", "孩子没学上", "转介学校"],
    ]
    assert values(read(rows), "contact") == [
        {
            "date": "2024-07-03",
            "place": "火车站",
            "called": "老周",
            "sex": "男",
            "age_text": "50多",
            "job": "捡废品",
            "talk": "说想回家",
            "lead": "联系救助站",
        },
        {
            "date": "2024-07-09",
            "place": "天桥下",
            "called": "李大姐",
            "sex": "女",
            "age_text": "40",
            "job": "摆摊",
            "talk": "孩子没学上",
            "lead": "转介学校",
        },
    ]


def test_whether_to_go_again_is_a_follow_up() -> None:
    rows = [
        ["入户探视登记 2024"],
        ["去的日子", "去谁家", "谁去的", "看到的情况", "有什么困难", "下一步怎么办", "还去不去", "下回什么时候去"],
        ["3月4日", "王芳家", "赵敏、孙丽", "老人独居", "腿脚不便", "申请护理", "去", "4月4日"],
        ["3月9日", "钱进家", "赵敏", "正常", "无", "无", "不去", None],
    ]
    assert values(read(rows), "visit") == [
        {
            "date": "2024-03-04",
            "name": "王芳",
            "visitors": ["赵敏", "孙丽"],
            "narrative": "老人独居",
            "problem": "腿脚不便",
            "plan": "申请护理",
            "follow_up": True,
            "next_visit": "2024-04-04",
        },
        {"date": "2024-03-09", "name": "钱进", "visitors": ["赵敏"], "narrative": "正常", "follow_up": False},
    ]


def test_a_list_that_asks_for_income_and_rent_is_of_families() -> None:
    rows = [
        ["新市民家庭台账"],
        ["户", "建档", "现住", "每月收入", "房租", "家长", None, None, "子女", None, None, None],
        [None, None, None, None, None, "姓名", "关系", "手机", "姓名", "男女", "读几年级", "在哪读"],
        [1, "2024.3.1", "东街1号", "5000", "800", "王强", "父", "13900000001", "王小明", "男", "六年级", "一小"],
        [None, None, None, None, None, "李梅", "母", "13900000002", "王小芳", "女", "三年级", "一小"],
        [2, "2024.3.4", "西街1号", "6000", "900", "赵敏", "母", "13900000003", "周天", "男", "四年级", "二小"],
    ]
    sheet = read(rows, merges=("F2:H2", "I2:L2"))
    assert sheet.kind == "client_register"
    assert [record.values for record in sheet.records if record.role == "guardian"] == [
        {"name": "王强", "relation": "父亲", "phone": "13900000001"},
        {"name": "李梅", "relation": "母亲", "phone": "13900000002"},
        {"name": "赵敏", "relation": "母亲", "phone": "13900000003"},
    ]


def test_the_number_of_a_bank_card_is_not_handed_out() -> None:
    rows = [
        ["助学金签领表2024"],
        ["序号", "学生", "家长", "银行卡号", "钱数", "发放日", "谁经手的"],
        [1, "王小明", "王强", "6222", 800, "3月1日", "李静"],
        [2, "周天", "赵敏", "6223", 800, "3月1日", "李静"],
    ]
    assert [(v["recipient"], v["amount"], "item" in v) for v in values(read(rows), "aid")] == [
        ("王强", 800, False),
        ("赵敏", 800, False),
    ]


def test_facts_apart_by_one_wide_space_are_each_a_fact() -> None:
    rows = [
        ["活动：读书会　时间：2024年8月9日晚　地点：活动室　带领：李静　茶水：自备"],
        ["序", "名字", "手机", "签名"],
        [1, "王芳", "13900000001", "√"],
        [2, "赵敏", None, "√"],
    ]
    assert values(read(rows), "activity") == [
        {"name": "读书会", "place": "活动室", "organiser": "李静", "date": "2024-08-09"}
    ]
