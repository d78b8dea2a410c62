"""People who are counted but not named: 等5人, 另有家长3人, 金文怡妈妈+2孩, 2大1小."""

from __future__ import annotations

import re
from functools import cache

from ..text import half, squash
from ..vocabulary import table
from .chinese import chinese_number
from .names import has_surname

FIGURE = r"(\d{1,4}|[一二两兩三四五六七八九十廿百]{1,4})"
PLUS = re.compile(r"[+＋](\d{1,2})$")
PRESENT = re.compile(r"(?:实到|實到|实际|共计|合计|总计|总共|共)[^\d]{0,6}(\d{1,5})")
STATES = re.compile(
    r"(?:以上|本次|本页|活动)?(?:实到|實到|应到|應到|共计|合计|总计|總計|总共|共到|共来|签到|簽到|出席|到场|参加|参会)[^\d]{0,8}\d"
)
PEOPLE = re.compile(r"(?<!\d)(\d{1,5})(?:人次|人|名|位)")
PAIR = re.compile(r"(?:夫妇|夫婦|夫妻|俩|倆|两口子|母子|母女|父子|父女)俩?$")


def counted_people(text: str) -> int | None:
    """How many people a text counts; None where it names people and counts none."""
    said = squash(half(text)).strip("()、,，.。")
    if states_total(text):
        return None
    plus = PLUS.search(said)
    if plus:
        return int(plus[1]) + bool(said[: plus.start()])
    parts = [(m, number) for m in _figures().finditer(said) if (number := _number(m[1])) is not None]
    if not parts:
        return 2 if PAIR.search(said) else None
    if has_surname(said) and not any(c.isdigit() for c in said):
        return None
    return sum(number for _, number in parts) + _one_more(said[: parts[0][0].start()])


def _one_more(head: str) -> int:
    """Somebody who brings others is one more: 王芳带, 金文怡妈妈+."""
    joiners = tuple(table("words")["brings"])
    return int(head.endswith(joiners) and len(head) > 1 and not head.startswith(tuple(table("words")["besides"])))


def _number(written: str) -> int | None:
    number = float(written) if written.isdigit() else chinese_number(written)
    return int(number) if number is not None else None


@cache
def _figures() -> re.Pattern[str]:
    units = "|".join(sorted(map(re.escape, table("words")["people_counted"]), key=len, reverse=True))
    return re.compile(rf"{FIGURE}(?:余|多)?(?:{units})")


def states_total(text: str) -> bool:
    """Whether a line sums up who was there: 实到：41人, 共计38人, 签到人数：12."""
    said = squash(half(text))
    return STATES.match(said) is not None


def stated_people(text: str) -> int | None:
    """The number of people that a line states: 共38人, 应到40人，实到38人 → 38, 成人10人、儿童28人 → 38."""
    said = squash(half(text))
    present = PRESENT.search(said)
    if present:
        return int(present[1])
    numbers = [int(number) for number in PEOPLE.findall(said)]
    return sum(numbers) if numbers else None
