"""Which words say that a row is a total."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..text import squash
from ..vocabulary import longest_first, words

SIGNS = re.compile(r"[^\w]+|_")
NUMBERED = re.compile(r"(?:第)?[一二三四五六七八九十\d]{1,4}(?:年|月份|月|季度|季|周|期|学期|页|頁)")
LONGEST = 16
WHOLE = "全"  # 全营合计, 全镇合计


def states_sum(text: str) -> bool:
    """本年度共探访33人次: a line by itself that says how many there were in all."""
    return _sum_in_words().fullmatch(squash(text)) is not None


@cache
def _sum_in_words() -> re.Pattern[str]:
    sums = "|".join(map(re.escape, sorted((*words("total"), *words("total_endings"), "共"), key=len, reverse=True)))
    units = "|".join(
        map(re.escape, sorted((*words("units_people"), *words("units_hours"), *words("units_goods")), key=len))
    )
    return re.compile(rf".{{0,12}}(?:{sums})[^\d]{{0,10}}\d+(?:\.\d+)?(?:{units}).{{0,20}}")


@lru_cache(maxsize=20_000)
def total_kind(text: str) -> str | None:
    """grand_total, subtotal, or None for any other text."""
    label = SIGNS.sub("", squash(text))
    if not label or len(label) > LONGEST:
        return None
    if label in words("subtotal"):
        return "subtotal"
    if label in words("total"):
        return "grand_total"
    weak = longest_first("period_totals")
    ending = next((word for word in (*longest_first("total_endings"), *weak) if label.endswith(word)), "")
    if not ending:
        return None
    rest = label.removesuffix(ending)
    periods = NUMBERED.sub("", rest)
    for word in longest_first("grand_periods"):
        periods = periods.replace(word, "")
    if rest.startswith(WHOLE) or (not periods and not re.search(r"月|季|周|期|页", rest)):
        return "grand_total"
    for word in longest_first("subtotal_periods"):
        periods = periods.replace(word, "")
    return None if ending in weak and periods else "subtotal"
