"""Headings in the speech of a place: what people say there is read as what the vocabulary says."""

from __future__ import annotations

from .helpers import problems, read, values


def test_visits_told_in_the_speech_of_a_place_keep_their_day_visitors_and_plans() -> None:
    head = ["探访对象", "第几次", "几时去的", "哪个去的", "聊了啥", "有么子困难", "打算咋办", "督导批语"]
    rows = [["何田", 1, "2024-03-05", "林小舟、赵敏", "腿脚不便", "买菜远", "联系邻居", "已阅"]]
    sheet = read([["老人探访记录"], head, *rows])
    assert values(sheet, "visit") == [
        {
            "visit_no": "1",
            "date": "2024-03-05",
            "name": "何田",
            "visitors": ["林小舟", "赵敏"],
            "narrative": "腿脚不便",
            "problem": "买菜远",
            "plan": "联系邻居",
            "supervisor_note": "已阅",
        }
    ]


def test_the_second_visit_is_the_second_however_it_is_written() -> None:
    head = ["探访对象", "第几次", "探访日期", "探访人", "探访记录"]
    written = [1, "第2次", "第三次", "TF-04"]
    rows = [["何田", number, f"2024-03-{day:02}", "赵敏", "聊天"] for day, number in enumerate(written, 5)]
    sheet = read([["老人探访记录"], head, *rows])
    assert [visit["visit_no"] for visit in values(sheet, "visit")] == ["1", "2", "3", "TF-04"]


def test_goods_and_money_are_read_under_questions_and_points_are_no_goods() -> None:
    head = ["日期", "领取人", "领的啥", "多少", "单位", "金额", "钱从哪出", "积分扣"]
    sheet = read([["爱心超市发放流水"], head, ["2024-03-05", "何田", "大米", 2, "袋", 120, "街道", 30]])
    assert values(sheet, "aid") == [
        {
            "date": "2024-03-05",
            "recipient": "何田",
            "item": "大米",
            "quantity": 2,
            "unit": "袋",
            "amount": 120,
            "fund": "街道",
        }
    ]


def test_stock_is_read_where_goods_are_only_called_goods() -> None:
    sheet = read([["库存"], ["货", "单位", "进了", "出了", "还剩"], ["大米", "袋", 16, 7, 9]])
    assert values(sheet, "stock") == [{"item": "大米", "unit": "袋", "qty_in": 16, "qty_out": 7, "balance": 9}]


def test_a_parent_is_named_by_how_to_address_them_and_related_by_whose_they_are() -> None:
    head = ["建档时间", "家长", None, None, "老家", "哪年来的", "家里月收入", "小孩", None, None, "经办"]
    below = [None, "怎么称呼", "是孩子的", "手机", None, None, None, "名字", "男/女", "几年级", None]
    rows = [
        ["2023-06-27", "何田", "妈妈", "15411112222", "武鸣县", 2019, 4000, "林小舟", "女", "四年级", "赵敏"],
        ["2023-06-28", "孙禾", "爸爸", "15433334444", "横县", 2020, 5000, "孙一鸣", "男", "五年级", "赵敏"],
    ]
    sheet = read([["家庭建档册"], head, below, *rows], merges=("B2:D2", "H2:J2"))
    people = values(sheet, "person")
    assert {"name": "何田", "relation": "母亲", "phone": "15411112222"} in people
    assert [one["recorder"] for one in values(sheet, "household")] == ["赵敏", "赵敏"]


def test_who_came_as_what_and_how_many_is_read_where_no_label_says_so() -> None:
    facts = [["签 到 表"], ["主题：防诈讲座"], ["时间：2024.5.18 9:30-11:00      地点：凉亭"]]
    facts += [["负责人：李明    共计 3 人（含娃娃）"]]
    head = ["号", "来的人", "是（居民/娃娃/志愿者）", "手机", "门牌", "备注"]
    rows = [[1, "何田", "居民", "15411112222", "6-204", None], [2, "孙一鸣", "娃娃", "15433334444", "6-205", None]]
    sheet = read([*facts, head, *rows], merges=("A1:F1", "A2:F2", "A3:F3", "A4:F4"))
    assert values(sheet, "activity") == [
        {"name": "防诈讲座", "date": "2024-05-18", "place": "凉亭", "organiser": "李明", "stated_count": 3}
    ]
    assert values(sheet, "attendance") == [
        {"name": "何田", "role": "居民", "phone": "15411112222"},
        {"name": "孙一鸣", "role": "娃娃", "phone": "15433334444"},
    ]
    assert problems(sheet) == {("A4", "total_mismatch")}
