"""Large workbooks of invented rows, as colleagues keep them."""

from io import BytesIO
from random import Random
from typing import Any

import xlsxwriter

from xiezuo.demo.words import words

Row = list[Any]


def _book(name: str, headings: list[str], rows: list[Row]) -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    sheet = book.add_worksheet(name)
    for number, row in enumerate([headings, *rows]):
        sheet.write_row(number, 0, row)
    book.close()
    return target.getvalue()


def activities(random: Random, how_many: int, year: int) -> bytes:
    """A ledger of activities with heads of adults and children and person-times."""
    kinds = [kind for kind in words()["work"] if kind["method"] == "activity"]
    sites = [site["name"] for site in words()["sites"]]
    rows = []
    for number in range(1, how_many + 1):
        adults, children = random.randint(0, 9), random.randint(6, 25)
        day = f"{year}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"
        title = random.choice(random.choice(kinds)["titles"])
        heads = [adults, children, adults + children, adults + children + random.choice((0, 8))]
        rows.append([number, day, random.choice(sites), "能力建设", "社区活动", title, *heads])
    headings = [
        "序号",
        "活动日期",
        "服务中心",
        "服务领域",
        "活动类型",
        "活动名称",
        "成人",
        "儿童",
        "受益人数",
        "受益人次",
    ]
    return _book(f"{year}年", headings, rows)


def volunteers(random: Random, how_many: int) -> bytes:
    names = words()["names"]
    rows = []
    for number in range(1, how_many + 1):
        woman = random.random() < 0.6
        name = random.choice(names["surnames"]) + random.choice(names["women" if woman else "men"])
        born = f"{random.randint(1960, 2005)}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"
        phone = f"164{random.randrange(10**8):08d}"
        rows.append([number, f"ZY{number:06d}", name, "女" if woman else "男", born, phone])
    return _book("志愿者登记表", ["序号", "志愿者编号", "姓名", "性别", "出生日期", "联系电话"], rows)
