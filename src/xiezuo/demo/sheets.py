"""Three small workbooks as colleagues once kept them, made for the sample house and then imported into it."""

import csv
from io import BytesIO, StringIO
from random import Random

import xlsxwriter

from xiezuo.common.days import now
from xiezuo.demo.words import words


def _book() -> tuple[BytesIO, xlsxwriter.Workbook]:
    """A workbook that says it was made at the moment that is being told of, so that the same story gives the same."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": now()})
    return target, book


def ledger(random: Random, year: int, centre: str) -> bytes:
    """An activity ledger of one site and year: heads by age and sex, person-times, a total line at the end."""
    target, book = _book()
    sheet = book.add_worksheet(f"{year}年")
    sheet.merge_range(0, 0, 0, 10, f"{centre}{year}年活动台账")
    plain = ["序号", "活动日期", "服务中心", "服务领域", "活动类型", "活动名称"]
    for column, heading in enumerate(plain):
        sheet.merge_range(1, column, 2, column, heading)
    sheet.merge_range(1, 6, 1, 8, "受益人数")
    for column, heading in enumerate(("成人", "儿童", "合计"), start=6):
        sheet.write(2, column, heading)
    sheet.merge_range(1, 9, 2, 9, "受益人次")
    sheet.merge_range(1, 10, 2, 10, "备注")
    kinds = [kind for kind in words()["work"] if kind["method"] in {"activity", "group", "course"}]
    lines = {"capacity": "能力建设", "livelihood": "生活扶助", "care": "社区照护", "rights": "权益保护"}
    adults_all = children_all = times_all = 0
    for number in range(1, 25):
        kind = random.choice(kinds)
        adults, children = random.randint(0, 9), random.randint(6, 25)
        times = adults + children + random.choice((0, 0, 8))
        day = f"{year}-{(number + 1) // 2:02d}-{random.randint(1, 28):02d}"
        title = random.choice(kind["titles"])
        row = [number, day, centre, lines[kind["line"]], "社区活动", title, adults, children, adults + children, times]
        sheet.write_row(number + 2, 0, row)
        adults_all, children_all, times_all = adults_all + adults, children_all + children, times_all + times
    sheet.write_row(27, 0, ["合计", "", "", "", "", "", adults_all, children_all, adults_all + children_all, times_all])
    book.close()
    return target.getvalue()


def register(random: Random) -> bytes:
    """A register of children, one per row, with a guardian's phone and two dates that are known only in part."""
    target, book = _book()
    sheet = book.add_worksheet("登记表")
    sheet.write_row(0, 0, ["姓名", "性别", "出生日期", "学校", "年级", "监护人", "联系电话", "住址", "备注"])
    names = words()["names"]
    for number in range(1, 31):
        girl = random.random() < 0.5
        name = random.choice(names["surnames"]) + random.choice(names["girls" if girl else "boys"])
        born = f"{random.randint(2012, 2019)}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"
        parent = random.choice(names["surnames"]) + random.choice(names["women"])
        phone = f"164{random.randrange(10**8):08d}"
        sex, place = "女" if girl else "男", random.choice(words()["sites"])["address"]
        grade = random.choice(("一年级", "二年级", "三年级"))
        born = born[:7] if number in {7, 19} else born
        row = [name, sex, born, random.choice(names["schools"]), grade, parent, phone, place, ""]
        sheet.write_row(number, 0, row)
    book.close()
    return target.getvalue()


def name_list(random: Random) -> bytes:
    """A list that an old program wrote: comma separated, in the Chinese national encoding."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["编号", "姓名", "性别", "出生年月", "电话", "现住址"])
    names = words()["names"]
    for number in range(1, 21):
        woman = random.random() < 0.6
        name = random.choice(names["surnames"]) + random.choice(names["women" if woman else "men"])
        born = f"{random.randint(1965, 2000)}-{random.randint(1, 12):02d}"
        phone, place = f"179{random.randrange(10**8):08d}", random.choice(words()["sites"])["address"]
        writer.writerow([f"SF{number:03d}", name, "女" if woman else "男", born, phone, place])
    return text.getvalue().encode("gb18030")
