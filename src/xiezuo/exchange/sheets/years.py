"""Which year a sheet is about, where its dates do not say."""

from __future__ import annotations

import re

from .text import half
from .values.chinese import chinese_number

FULL = re.compile(r"(?<!\d)(20\d{2}|19[89]\d)(?!\d)")
SHORT = re.compile(r"(?<!\d)(\d{2})年(?!级)")
SPELLED = re.compile(r"二[〇零○][〇零○一二三四五六七八九]{2}")
MONTH = re.compile(r"(?<![\d一二三四五六七八九十])(\d{1,2}|[一二三四五六七八九十]{1,2})月")
YEAR_MONTH = re.compile(r"(?<!\d)(?:19|20)\d{2}[./-](\d{1,2})(?!\d)")
DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}


def year_in(texts: list[str]) -> int | None:
    """The one year that the first telling text names; a text that names several names none."""
    for text in texts:
        years = _years(half(text))
        if len(years) == 1:
            return years.pop()
        if years:
            return None
    return None


def _years(text: str) -> set[int]:
    spelled = SPELLED.sub(lambda m: "".join(DIGITS[c] for c in m[0]), text)
    found = {int(year) for year in FULL.findall(spelled)}
    return found or {2000 + int(year) for year in SHORT.findall(spelled)}


def month_in(texts: list[str]) -> int | None:
    """The one month that the first telling text names: 9月, 十一月, 2023年9月志愿者时数表, 2023.9."""
    for text in texts:
        found = MONTH.findall(half(text)) or YEAR_MONTH.findall(half(text))
        months = {int(m) if m.isdigit() else int(chinese_number(m) or 0) for m in found}
        if len(months) == 1 and 1 <= (month := months.pop()) <= 12:
            return month
        if months:
            return None
    return None
