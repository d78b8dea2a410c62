"""Small workbooks in layouts of our own, as organisations keep them."""

import io
from collections.abc import Sequence
from datetime import date, datetime

import xlsxwriter

Cell = str | int | float | date | None
LEDGER = ("序号", "活动日期", "服务中心", "项目领域", "活动类型", "活动名称", "受益人数", "受益人次", "备注")
ACTIVITIES: Sequence[Sequence[Cell]] = (
    (1, date(2023, 3, 4), "东区童缘", "社区照护", "亲子", "亲子阅读", 12, 15, ""),
    (2, date(2023, 3, 11), "东区中心", "能力建设", "培训", "职业安全讲堂", 30, 30, "签到表在档案柜"),
    (3, date(2023, 4, 8), "西区童缘", "社区照护", "亲子", "厨房里的科学", 9, 18, ""),
    (4, "4月底", "西区", "权益保护", "咨询", "劳动法律咨询", 6, 6, ""),
    (5, date(2023, 5, 1), "南区童缘", "生活扶助", "返乡", "平安返乡行动", 40, 41, ""),
)
FAMILIES = ("序号", "儿童姓名", "性别", "出生日期", "父亲（姓名、电话）", "母亲（姓名、电话）", "家庭住址")
CHILDREN: Sequence[Sequence[Cell]] = (
    (1, "付小雨", "女", date(2015, 3, 2), "付国强 15412340001", "", "皮村12号"),
    (2, "迪丽拜尔·吐尔逊江", "女", date(2014, 9, 9), "", "", "东坝3号"),
    (3, "王浩然", "男", date(2016, 1, 20), "", "李桂花 15412340003", "皮村9号"),
)


def workbook(*sheets: tuple[str, Sequence[Sequence[Cell]]], author: str = "") -> bytes:
    """A workbook of these sheets; another `author` makes other bytes of the same rows."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"author": author, "created": datetime(2024, 1, 1)})
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for at_row, row in enumerate(rows):
            for at_column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(at_row, at_column, value, days)
                elif value not in ("", None):
                    sheet.write(at_row, at_column, value)
    book.close()
    return target.getvalue()


def ledger(rows: Sequence[Sequence[Cell]] = ACTIVITIES, *, author: str = "") -> bytes:
    return workbook(("2023年", [("2023年活动统计表",), LEDGER, *rows]), author=author)


def register(rows: Sequence[Sequence[Cell]] = CHILDREN, *, author: str = "") -> bytes:
    return workbook(("登记表", [("服务对象登记表",), FAMILIES, *rows]), author=author)
