"""Which year a sheet is about, where its dates do not say."""

from __future__ import annotations

import re

from .text import half

FULL = re.compile(r"(?<!\d)(20\d{2}|19[89]\d)(?!\d)")
SHORT = re.compile(r"(?<!\d)(\d{2})年(?!级)")
SPELLED = re.compile(r"二[〇零○][〇零○一二三四五六七八九]{2}")
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
