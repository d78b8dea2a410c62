"""Headings that ask, in the words of the place, and remarks below the last line."""

from __future__ import annotations

from xiezuo.exchange.sheets.layout.headings import concepts_of

from .helpers import problems, read, values


def test_a_ledger_asked_in_the_words_of_the_place_is_read_like_any_other() -> None:
    heads = [
        "月",
        "啥时候",
        "弄了个啥",
        "哪个社区",
        "给谁弄的",
        "大人",
        "娃",
        "一共来了",
        "志愿者几个",
        "志愿工时",
        "谁牵头",
    ]
    rows = [
        ["2025年 志愿服务联合会台帐"],
        heads,
        ["1月", "1月5日", "写对联", "东街", "居民", 40, 24, 64, 6, 9, "老蒋"],
        ["2月", "2月4日", "元宵滚灯会", "西街", "老年人", 32, 9, 41, 6, 12, "任姐"],
        ["拢共", None, None, None, None, 72, 33, 105, 12, 21, None],
    ]
    sheet = read(rows)
    assert (sheet.kind, sheet.total_rows) == ("activity_ledger", [5])
    assert values(sheet, "activity")[0] == {
        "month": 1,
        "date": "2025-01-05",
        "name": "写对联",
        "centre": "东街",
        "target_group": "居民",
        "heads_adult_total": 40,
        "heads_child_total": 24,
        "heads_total": 64,
        "vol_total_n": 6,
        "vol_total_h": 9,
        "organiser": "老蒋",
    }


def test_a_roll_of_volunteers_that_asks_questions_is_no_list_of_services() -> None:
    rows = [
        ["志愿服务队 花名册"],
        ["号", "志愿者", "联系手机", "哪个分队", "干啥工作的", "会点啥", "咋知道我们", "入队日期", "累计小时", "几星"],
        ["X01", "王强", "13900000001", "东队", "教师", "书法", "公众号", "2021-02-10", 20.5, 3],
        ["X02", "李梅", "13900000002", "西队", "医生", "拍照", "邻居介绍", "2019-07-03", 10, 2],
        [],
        [None, "在册两人，另有三人正在办入队手续"],
    ]
    sheet = read(rows)
    assert sheet.kind == "volunteer_list"
    assert values(sheet, "volunteer")[0] == {
        "volunteer_no": "X01",
        "name": "王强",
        "phone": "13900000001",
        "group": "东队",
        "work": "教师",
        "interest": "书法",
        "source": "公众号",
        "registered_on": "2021-02-10",
        "hours": 20.5,
        "star": 3,
    }
    assert [(record.row, record.type) for record in sheet.records] == [(3, "volunteer"), (4, "volunteer")]


def test_one_character_for_sums_below_men_and_women_is_their_sum() -> None:
    heads = ["日期", "活动名称", "大人", None, None, "小孩", None, None]
    rows = [
        ["2024年活动登记"],
        heads,
        [None, None, "男", "女", "计", "男", "女", "计"],
        ["2024-01-06", "腊八粥", 24, 15, 39, 4, 4, 9],
        ["2024-01-13", "写春联", 12, 17, 29, 3, 2, 5],
    ]
    sheet = read(rows, merges=("A2:A3", "B2:B3", "C2:E2", "F2:H2"))
    first = values(sheet, "activity")[0]
    assert (first["heads_adult_total"], first["heads_child_total"]) == (39, 9)
    assert problems(sheet) == {("H4", "row_sum_mismatch")}


def test_questions_for_place_and_people_name_their_fields_however_they_are_spoken() -> None:
    asked = {
        "在哪儿弄的": "place",
        "住哪儿": "address",
        "谁记的": "recorder",
        "谁带的队": "organiser",
        "谁牵头": "organiser",
    }
    assert {
        text: max(fits, key=lambda concept: fits[concept]) for text in asked if (fits := concepts_of(text))
    } == asked
