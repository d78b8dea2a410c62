"""Makes pack `holidays` anew from the package chinesecalendar: `python scripts/holidays.py`, on the day when a year is new.

The package is a tool of whoever makes the pack; a house never needs it.
"""

import json
from collections import defaultdict
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from chinese_calendar.constants import Holiday, holidays, workdays

PACK = Path(__file__).resolve().parent.parent / "src" / "xiezuo" / "forms" / "packs" / "holidays.json"
FIRST = 2007  # the first year of which every day was compared with the notices
NOTICE = "国务院办公厅关于{year}年部分节假日安排的通知"
PAGES = {2026: "https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm"}
NAMES = {
    Holiday.new_years_day: ("new_year", "元旦", "New Year's Day"),
    Holiday.spring_festival: ("spring_festival", "春节", "Spring Festival"),
    Holiday.tomb_sweeping_day: ("tomb_sweeping", "清明节", "Tomb-sweeping Day"),
    Holiday.labour_day: ("labour_day", "劳动节", "Labour Day"),
    Holiday.dragon_boat_festival: ("dragon_boat", "端午节", "Dragon Boat Festival"),
    Holiday.mid_autumn_festival: ("mid_autumn", "中秋节", "Mid-Autumn Festival"),
    Holiday.national_day: ("national_day", "国庆节", "National Day"),
    Holiday.anti_fascist_70th_day: ("victory_day", "抗战胜利70周年纪念日", "70th anniversary of victory"),
}
CODES = {holiday.value: code for holiday, (code, _zh, _en) in NAMES.items()}
LICENCE = """MIT License

Copyright (c) 2017 Lirian Su

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated \
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the \
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit \
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the \
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE \
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR \
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR \
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE."""


def by_year(days: dict[date, str]) -> dict[int, dict[str, str]]:
    """Year → day of the year ("01-04") → code of the holiday for which it is off, or worked."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for day, name in sorted(days.items()):
        if day.year >= FIRST:
            found[day.year][day.strftime("%m-%d")] = CODES[name]
    return found


def years() -> dict[str, Any]:
    off, work = by_year(holidays), by_year(workdays)
    return {
        str(year): {
            "source": " ".join(filter(None, [NOTICE.format(year=year), PAGES.get(year)])),
            "off": off[year],
            "work": work[year],
        }
        for year in sorted(off)
    }


def main() -> None:
    found, package = years(), f"chinesecalendar {version('chinesecalendar')}"
    pack = {
        "id": "holidays",
        "kind": "calendar",
        "title": "法定节假日和调休上班日",
        "version": "1.0",
        "applies_to": "national",
        "valid_from": f"{min(found)}-01-01",
        "source": f"国务院办公厅每年关于部分节假日安排的通知，取自 PyPI 包 {package}",
        "mark": "secondary",
        "verified_on": "2026-11-29",
        "licence": "MIT",
        "notice": LICENCE,
        "changes": f"第一版：{min(found)} 至 {max(found)} 年。下一年的通知公布前，那一年的工作日算“未公布”。",
        "names": {code: {"zh": zh, "en": en} for code, zh, en in NAMES.values()},
        "years": found,
    }
    PACK.write_text(json.dumps(pack, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    days = sum(len(year["off"]) + len(year["work"]) for year in found.values())
    print(f"{len(found)} years, {days} dated days")


if __name__ == "__main__":
    main()
