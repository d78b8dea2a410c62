"""Money and goods handed out, what is in the store and in the cash box."""

from __future__ import annotations

from xiezuo.exchange.sheets import read_workbook

from .helpers import problems, read, values, xlsx

HEAD = ["序号", "发放日期", "领取人", "品名", "数量", "单位", "金额（元）", "累计金额", "领取人签字"]


def test_every_handing_out_is_a_record_and_money_is_read_as_people_write_it() -> None:
    rows = [
        ["2022年救助金及物资发放台账"],
        HEAD,
        [1, "3月1日", "王 芳（代领）", "大米", "2袋", None, "￥1,200.00", 1200, "王芳"],
        [2, "2022.3.5", "李姐", "助学金", 1, "份", "伍佰元整", 1700, None],
        [3, "3.8", "赵敏", "棉衣", 3, "件", "300元", 2000, None],
        ["合计", None, None, None, None, None, 2000, None, None],
    ]
    sheet = read(rows)
    assert sheet.kind == "aid_ledger"
    assert values(sheet, "aid") == [
        {
            "seq": 1,
            "date": "2022-03-01",
            "recipient": "王芳",
            "item": "大米",
            "quantity": 2,
            "unit": "袋",
            "amount": 1200,
            "running_total": 1200,
        },
        {
            "seq": 2,
            "date": "2022-03-05",
            "recipient": "李姐",
            "item": "助学金",
            "quantity": 1,
            "unit": "份",
            "amount": 500,
            "running_total": 1700,
        },
        {
            "seq": 3,
            "date": "2022-03-08",
            "recipient": "赵敏",
            "item": "棉衣",
            "quantity": 3,
            "unit": "件",
            "amount": 300,
            "running_total": 2000,
        },
    ]
    assert problems(sheet) == set()
    assert (sheet.total_rows, sheet.cells["reported"]) == ([6], 0)


def test_a_running_total_that_breaks_a_missing_amount_and_a_wrong_page_sum_are_noticed() -> None:
    rows = [
        ["2022年发放台账"],
        HEAD,
        [1, "3.5", "王芳", "大米", 1, "袋", 50, 50, None],
        [2, "3.6", "赵敏", "大米", 1, "袋", None, 50, None],
        [3, "3.7", "何田", "大米", 1, "袋", 50, 110, None],
        [None, None, "本页小计", None, None, None, 120, None, None],
        [4, "3.8", "周一", "大米", 1, "袋", 50, 160, None],
        [None, None, "合计", None, None, None, 150, None, None],
    ]
    sheet = read(rows)
    assert problems(sheet) == {
        ("G4", "missing_required"),
        ("H5", "running_total_mismatch"),
        ("G6", "total_mismatch"),
    }
    assert [record.row for record in sheet.records] == [3, 4, 5, 7]


def test_the_same_household_the_same_goods_the_same_day_is_only_pointed_out() -> None:
    rows = [
        ["2022年发放台账"],
        HEAD,
        [1, "3.5", "王芳", "大米", 1, "袋", 50, 50, None],
        [2, "3月5日", "王　芳", "大米", 2, "袋", 100, 150, None],
        [3, "3.6", "王芳", "大米", 1, "袋", 50, 200, None],
    ]
    sheet = read(rows)
    assert [(p.cell, p.kind, p.severity) for p in sheet.problems] == [("C4", "duplicate_row", "info")]


def test_goods_as_headings_give_a_record_for_each_thing_somebody_got() -> None:
    rows = [
        ["春节慰问物资发放表"],
        ["发放日期：2023年1月15日"],
        ["序号", "姓名", "住址", "大米（袋）", "食用油（桶）", "慰问金（元）", "签收"],
        [1, "王芳", "甲村1号", 1, 2, "200元", "王芳"],
        [2, "赵敏", "甲村2号", "/", "1桶", None, None],
        ["合计", None, None, 1, 4, 200, None],
    ]
    sheet = read(rows)
    assert sheet.kind == "aid_ledger"
    told = [(r.cell, r.values["item"], r.values.get("quantity"), r.values.get("amount")) for r in sheet.records]
    assert told == [
        ("D4", "大米", 1, None),
        ("E4", "食用油", 2, None),
        ("F4", "慰问金", None, 200),
        ("E5", "食用油", 1, None),
    ]
    assert {(r.values["date"], r.values["recipient"]) for r in sheet.records} == {
        ("2023-01-15", "王芳"),
        ("2023-01-15", "赵敏"),
    }
    assert problems(sheet) == {("E6", "total_mismatch")}


def test_a_student_who_receives_is_the_recipient_a_parent_who_signs_comes_first() -> None:
    alone = read([["2021年助学金发放表"], ["日期", "受助学生", "金额"], ["3.5", "王朵朵", 500], ["3.5", "赵乐", 500]])
    assert [v["recipient"] for v in values(alone, "aid")] == ["王朵朵", "赵乐"]
    both = read(
        [
            ["2021年助学金发放表"],
            ["日期", "受助学生", "领取人", "与学生关系", "金额"],
            ["3.5", "王朵朵", "王强", "爸爸", 500],
        ]
    )
    assert values(both, "aid") == [
        {"date": "2021-03-05", "child": "王朵朵", "recipient": "王强", "relation": "父亲", "amount": 500}
    ]


def test_stock_is_read_from_a_hidden_sheet_and_its_balance_checked() -> None:
    aid = [["2022年发放台账"], HEAD, [1, "3.5", "王芳", "大米", 1, "袋", 50, 50, None]]
    stock = [["物资库存"], ["名称", "单位", "入库", "出库", "结存"], ["大米", "袋", 20, 5, 15], ["棉被", "床", 9, 2, 6]]
    reading = read_workbook(xlsx({"台账": aid, "库存": stock}), "表.xlsx")
    assert reading.kind == "aid_ledger"
    sheet = reading.sheets[1]
    assert (sheet.kind, sheet.role) == ("stock", "stock")
    assert values(sheet, "stock")[0] == {"item": "大米", "unit": "袋", "qty_in": 20, "qty_out": 5, "balance": 15}
    assert [(p.cell, p.kind, p.params) for p in sheet.problems] == [
        ("E4", "balance_mismatch", {"found": 6, "expected": 7})
    ]


def test_what_was_there_before_and_each_movement_count_in_the_balance_of_goods() -> None:
    opening = [["库存表"], ["品名", "期初库存", "入库", "出库", "库存"], ["大米", 10, 5, 3, 12], ["油", 4, 0, 1, 3]]
    assert problems(read(opening)) == set()
    moving = [
        ["出入库登记 2023年"],
        ["日期", "品名", "入库", "出库", "结存"],
        ["3.5", "大米", 20, None, 20],
        ["3.6", "大米", None, 5, 15],
        ["3.8", "大米", None, 5, 11],
    ]
    assert problems(read(moving)) == {("E5", "balance_mismatch")}


def test_a_cash_book_is_carried_from_line_to_line() -> None:
    rows = [
        ["2023年备用金收支流水"],
        ["日期", "摘要", "收入", "支出", "余额", "领款人", "经手人"],
        ["1.5", "上年结转", None, None, 500, None, None],
        ["1.8", "拨入", "1,000元", None, 1500, None, "赵敏"],
        ["1月9日", "购车票", None, 120.5, 1379.5, "何田", "赵敏"],
        ["1.15", "药品", None, 30, 1340, "周师傅", "赵敏"],
        ["合计", None, 1000, 150.5, None, None, None],
    ]
    sheet = read(rows)
    assert (sheet.kind, sheet.role) == ("cash", "data")
    assert values(sheet, "cash")[2] == {
        "date": "2023-01-09",
        "text": "购车票",
        "expense": 120.5,
        "balance": 1379.5,
        "recipient": "何田",
        "handler": "赵敏",
    }
    assert problems(sheet) == {("E6", "running_total_mismatch")}
