"""Activity ledgers as other organisations might keep them: other words, orders and habits. All invented."""

from __future__ import annotations

import datetime as dt
import io
import random
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter

# Field → heading (group, subgroup, leaf; empty parts are left out), several ways of saying the same.
FIGURES_FULL = {
    "heads_adult_m": ("成人", "男"),
    "heads_adult_f": ("成人", "女"),
    "heads_child_m": ("儿童", "男"),
    "heads_child_f": ("儿童", "女"),
    "heads_total": ("", "合计"),
}
VOCABULARIES: list[dict[str, tuple[str, ...]]] = [
    {
        "seq": ("序号",),
        "date": ("开展时间",),
        "name": ("活动主题",),
        "centre": ("社区",),
        "activity_type": ("活动形式",),
        "target_group": ("服务人群",),
        "heads_adult_m": ("服务人数", "成年人", "男性"),
        "heads_adult_f": ("服务人数", "成年人", "女性"),
        "heads_child_m": ("服务人数", "未成年人", "男性"),
        "heads_child_f": ("服务人数", "未成年人", "女性"),
        "heads_total": ("服务人数", "总计"),
        "vol_total_n": ("义工", "人数"),
        "vol_total_h": ("义工", "时长（小时）"),
        "att_total": ("服务人次",),
        "recorder": ("填报人",),
        "note": ("备注说明",),
    },
    {
        "seq": ("编号",),
        "month": ("月份",),
        "date": ("举办日期",),
        "place": ("活动地点",),
        "name": ("服务内容",),
        "service_line": ("服务板块",),
        "heads_adult_total": ("参加人数", "大人"),
        "heads_child_total": ("参加人数", "小孩"),
        "heads_total": ("参加人数", "小计"),
        "att_total": ("人次",),
        "vol_total_n": ("志愿者人数",),
        "vol_total_h": ("志愿服务时数",),
        "recorder": ("负责社工",),
        "note": ("其他",),
    },
    {
        "seq": ("No.",),
        "date": ("Date",),
        "name": ("Activity name",),
        "centre": ("Site",),
        "activity_type": ("Category",),
        "heads_adult_total": ("Participants", "Adults"),
        "heads_child_total": ("Participants", "Children"),
        "heads_total": ("Participants", "Total"),
        "vol_total_n": ("Volunteers", "Number"),
        "vol_total_h": ("Volunteers", "Hours"),
        "recorder": ("Staff",),
        "note": ("Remarks",),
    },
    {
        "seq": ("序號",),
        "date": ("活動日期",),
        "name": ("活動名稱",),
        "target_group": ("服務對象",),
        "heads_adult_m": ("參加人數", "成人", "男"),
        "heads_adult_f": ("參加人數", "成人", "女"),
        "heads_adult_total": ("參加人數", "成人", "合計"),
        "heads_child_m": ("參加人數", "兒童", "男"),
        "heads_child_f": ("參加人數", "兒童", "女"),
        "heads_child_total": ("參加人數", "兒童", "合計"),
        "heads_total": ("參加人數", "總計"),
        "att_adult": ("人次", "成人"),
        "att_child": ("人次", "兒童"),
        "att_total": ("人次", "總計"),
        "recorder": ("負責人",),
        "note": ("備註",),
    },
    {
        "date": ("日期",),
        "centre": ("服务站点",),
        "name": ("活动名称",),
        "activity_type": ("类别",),
        "heads_adult_m": ("成人男",),
        "heads_adult_f": ("成人女",),
        "heads_child_m": ("男童",),
        "heads_child_f": ("女童",),
        "heads_total": ("总人数",),
        "vol_total_n": ("志愿者数",),
        "vol_total_h": ("服务时长",),
        "att_total": ("总人次",),
        "organiser": ("合作单位",),
        "recorder": ("记录人",),
    },
    {
        "seq": ("项次",),
        "year": ("年度",),
        "month": ("月",),
        "date": ("时间",),
        "name": ("课程名称",),
        "place": ("场地",),
        "heads_child_m": ("受益儿童", "男孩"),
        "heads_child_f": ("受益儿童", "女孩"),
        "heads_child_total": ("受益儿童", "小计"),
        "heads_adult_total": ("受益成人",),
        "heads_total": ("受益人总数",),
        "att_total": ("受益人次",),
        "vol_student_n": ("志愿者", "大学生", "人数"),
        "vol_student_h": ("志愿者", "大学生", "时数"),
        "vol_public_n": ("志愿者", "社会人士", "人数"),
        "vol_public_h": ("志愿者", "社会人士", "时数"),
        "vol_total_n": ("志愿者", "合计", "人数"),
        "vol_total_h": ("志愿者", "合计", "时数"),
        "note": ("备注",),
    },
]
NAMES = [
    "亲子手工坊",
    "防诈骗讲座",
    "电影放映",
    "读书会",
    "义诊",
    "入户走访",
    "消防演练",
    "毕业季联欢",
    "家长沙龙",
    "植树",
]
TYPES = ["讲座", "小组", "外出", "节庆", "探访"]
PLACES = ["翠湖", "长江路", "南山", "北苑", "河西"]
PEOPLE = ["林小舟", "赵敏", "何田", "周一", "阿梅"]


@dataclass
class Style:
    """How this organisation lays out its sheet."""

    vocabulary: int
    year: int = 2021
    title_lines: int = 1
    blank_lines: int = 0
    merged_header: bool = True
    total: str = "none"  # none, top, bottom, monthly
    shuffle: bool = False
    date_style: str = "dots"
    notes: bool = False
    sections: bool = False
    empty_rows: bool = False
    first_col: int = 0
    side_codes: bool = False
    label_col: str = "name"


@dataclass
class Made:
    """The bytes of a workbook and what is in it: row → values."""

    data: bytes
    rows: dict[int, dict[str, Any]] = field(default_factory=dict)
    totals: list[int] = field(default_factory=list)
    header: tuple[int, int] = (0, 0)


def styles(seed: int) -> Style:
    """A layout by chance."""
    chance = random.Random(seed)
    return Style(
        vocabulary=seed % len(VOCABULARIES),
        year=chance.choice([2017, 2019, 2021, 2025]),
        title_lines=chance.choice([1, 1, 1, 2, 3]),
        blank_lines=chance.choice([0, 0, 1]),
        merged_header=chance.random() < 0.6,
        total=chance.choice(["none", "top", "bottom", "monthly", "bottom"]),
        shuffle=chance.random() < 0.4,
        date_style=chance.choice(["dots", "chinese", "iso", "real", "serial", "month_day", "slashes"]),
        notes=chance.random() < 0.5,
        sections=chance.random() < 0.2,
        empty_rows=chance.random() < 0.5,
        first_col=chance.choice([0, 0, 0, 1]),
        side_codes=chance.random() < 0.3,
        label_col=chance.choice(["name", "date"]),
    )


def make_ledger(style: Style, n: int = 30, seed: int = 1) -> Made:
    """Write the workbook."""
    chance = random.Random(seed)
    words = VOCABULARIES[style.vocabulary]
    fields = _order(list(words), style, chance)
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet(chance.choice(["Sheet1", f"{style.year}年", "活动"]))
    real = book.add_format({"num_format": "yyyy-mm-dd"})
    row = 0
    made = Made(b"")
    width = len(fields)
    for i in range(style.title_lines):
        text = [f"{style.year}年度社区服务活动情况一览", "填报单位：某某社会工作服务中心", "单位：人、小时"][i]
        if i == 0:
            sheet.merge_range(row, style.first_col, row, style.first_col + width - 1, text)
        else:
            sheet.write(row, style.first_col, text)
        row += 1
    row += style.blank_lines
    depth = max(map(len, words.values()))
    made.header = (row + 1, row + depth)
    _write_header(sheet, row, depth, [words[f] for f in fields], style)
    if style.side_codes:
        for i, text in enumerate(["活动形式", *TYPES]):
            sheet.write(row + i, style.first_col + width + 1, text)
    row += depth
    records = _records(fields, style, n, chance)
    if style.total == "top":
        _write_total(sheet, row, fields, records, "总计", style)
        made.totals.append(row + 1)
        row += 1
    month, since = 0, []
    for values in records:
        day = values.pop("_day")
        if day.month != month:
            if style.total == "monthly" and since:
                _write_total(sheet, row, fields, since, f"{month}月小计", style)
                made.totals.append(row + 1)
                row, since = row + 1, []
            month = day.month
            if style.sections:
                sheet.write(row, style.first_col, f"{month}月")
                row += 1
        if style.empty_rows and chance.random() < 0.08:
            row += 1
        _write_record(sheet, row, fields, values, day, style, real)
        since.append(values)
        made.rows[row + 1] = values
        row += 1
    if style.total in ("bottom", "monthly"):
        rows = records if style.total == "bottom" else since
        _write_total(sheet, row, fields, rows, "合  计" if style.total == "bottom" else f"{month}月小计", style)
        made.totals.append(row + 1)
        row += 1
    if style.notes:
        sheet.write(row + 1, style.first_col, "注：1. 人次按每次活动实际到场计算。2. 志愿者不计入服务人数。")
        sheet.write(row + 2, style.first_col, "填表人：          审核人：          日期：")
    book.close()
    made.data = stream.getvalue()
    return made


def _order(fields: list[str], style: Style, chance: random.Random) -> list[str]:
    """Texts in another order; figures stay together, as their headings do."""
    texts = [f for f in fields if not f.startswith(("heads_", "att_", "vol_"))]
    figures = [f for f in fields if f not in texts]
    if style.shuffle:
        chance.shuffle(texts)
        return figures + texts if chance.random() < 0.3 else texts[:3] + figures + texts[3:]
    return fields


def _write_header(sheet: Any, row: int, depth: int, paths: list[tuple[str, ...]], style: Style) -> None:
    for level in range(depth):
        col = 0
        while col < len(paths):
            path = paths[col]
            if level >= len(path):
                col += 1
                continue
            end = col
            if level < len(path) - 1:
                while end + 1 < len(paths) and paths[end + 1][: level + 1] == path[: level + 1]:
                    end += 1
            bottom = depth - 1 if level == len(path) - 1 else level
            first, last = style.first_col + col, style.first_col + end
            if style.merged_header and (end > col or bottom > level):
                sheet.merge_range(row + level, first, row + bottom, last, path[level])
            else:
                sheet.write(row + level, first, path[level])
            col = end + 1


def _records(fields: list[str], style: Style, n: int, chance: random.Random) -> list[dict[str, Any]]:
    days = sorted(dt.date(style.year, 1, 1) + dt.timedelta(days=chance.randrange(364)) for _ in range(n))
    return [_record(fields, i, day, chance) for i, day in enumerate(days, 1)]


def _record(fields: list[str], i: int, day: dt.date, chance: random.Random) -> dict[str, Any]:
    figures = {f: chance.randrange(1, 30) for f in fields if f.startswith(("heads_", "att_", "vol_"))}
    for who in ("adult", "child"):
        if f"heads_{who}_total" in figures and f"heads_{who}_m" in figures:
            figures[f"heads_{who}_total"] = figures[f"heads_{who}_m"] + figures[f"heads_{who}_f"]
    for unit in ("n", "h"):
        parts = [v for f, v in figures.items() if f.startswith("vol_") and f.endswith(unit) and "total" not in f]
        if parts:
            figures[f"vol_total_{unit}"] = sum(parts)
    if "heads_total" in figures:
        figures["heads_total"] = sum(
            figures.get(f"heads_{who}_total", figures.get(f"heads_{who}_m", 0) + figures.get(f"heads_{who}_f", 0))
            for who in ("adult", "child")
        )
    if "att_adult" in figures:
        figures["att_adult"] = 40 + figures["heads_adult_total"]
        figures["att_child"] = 40 + figures["heads_child_total"]
        figures["att_total"] = figures["att_adult"] + figures["att_child"]
    elif "att_total" in figures:
        figures["att_total"] += figures.get("heads_total", 0)
    texts = {
        "seq": i,
        "year": day.year,
        "month": day.month,
        "name": chance.choice(NAMES) + ("（第二期）" if i % 7 == 0 else ""),
        "centre": chance.choice(PLACES),
        "place": chance.choice(PLACES) + "活动室",
        "activity_type": chance.choice(TYPES),
        "target_group": chance.choice(["居民", "儿童", "老人", "家庭"]),
        "service_line": chance.choice(["儿童服务", "长者服务", "社区营造"]),
        "organiser": chance.choice(["居委会", "妇联"]),
        "recorder": chance.choice(PEOPLE),
        "note": chance.choice(["", "", "雨", "改期"]),
    }
    values = {f: texts[f] for f in fields if f in texts and texts[f] != ""}
    return values | figures | {"date": day.isoformat(), "_day": day}


def _write_record(
    sheet: Any, row: int, fields: list[str], values: dict[str, Any], day: dt.date, style: Style, real: Any
) -> None:
    for i, name in enumerate(fields):
        col = style.first_col + i
        if name == "date":
            _write_date(sheet, row, col, day, style, real)
        elif name in values:
            sheet.write(row, col, values[name])


def _write_date(sheet: Any, row: int, col: int, day: dt.date, style: Style, real: Any) -> None:
    if style.date_style == "real":
        sheet.write_datetime(row, col, dt.datetime(day.year, day.month, day.day), real)
    elif style.date_style == "serial":
        sheet.write_number(row, col, (day - dt.date(1899, 12, 30)).days)
    else:
        text = {
            "dots": f"{day.year}.{day.month}.{day.day}",
            "chinese": f"{day.year}年{day.month}月{day.day}日",
            "iso": day.isoformat(),
            "month_day": f"{day.month}月{day.day}日",
            "slashes": f"{day.year}/{day.month}/{day.day}",
        }[style.date_style]
        sheet.write_string(row, col, text)


def _write_total(
    sheet: Any, row: int, fields: list[str], records: list[dict[str, Any]], label: str, style: Style
) -> None:
    sheet.write(row, style.first_col + fields.index(style.label_col), label)
    for i, name in enumerate(fields):
        if name.startswith(("heads_", "att_", "vol_")):
            sheet.write(row, style.first_col + i, sum(r.get(name, 0) for r in records))
