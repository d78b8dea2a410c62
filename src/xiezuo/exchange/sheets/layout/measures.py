"""Headings of figures, put together from words: 受益人数 / 儿童 / 女童 → heads_child_f."""

from __future__ import annotations

import re
from functools import cache

from ..text import squash
from ..vocabulary import table
from .headings import Path, bare, figure_words, is_measure_heading

AGE_NUMBERS = re.compile(r"\d+")
PART_OF = ("其中", "其内", "ofwhom", "ofwhich")  # counted already in another column


@cache
def _vocabulary(part: str) -> list[tuple[str, str]]:
    return [(squash(word), meaning) for meaning, all_of in table("measures")[part].items() for word in all_of]


def _meaning(part: str, text: str) -> str | None:
    """The first meaning, in the order of the vocabulary, of which a word stands in the text."""
    for word, meaning in _vocabulary(part):
        if word in text if not word.isascii() or len(word) > 1 else word == text:
            return meaning
    return None


def measure_field(path: Path) -> str | None:
    """The field of a column of figures, or None where the words name none that is kept."""
    parts = [figure_words(part) for part in path]
    if not is_measure_heading(path[-1]) or any(word in part for part in parts for word in PART_OF):
        return None
    text = "".join(parts)
    if text in map(squash, table("measures")["below_a_group"]["words"]):
        return None
    what = _meaning("what", text)
    hours = next((unit for part in reversed(parts) if (unit := _meaning("measure", part))), "n") == "h"
    if what == "vol" or (hours and what in (None, "heads")):
        return _volunteers(parts, text, hours)
    group = next((g for g in (_meaning("group", part) for part in reversed(parts)) if g), None)
    kept = what or "heads"
    group = table("measures")["seen_as"].get(f"{kept}_{group}", group)
    if what is None and group not in ("adult", "child"):
        return None
    part = _meaning("part", parts[-1])
    if kept == "att":
        return None if part in ("m", "f") else _attendances(group)
    return _heads(group, part)


def people_of_hours(path: Path) -> str | None:
    """社会人士 / 人 beside 社会人士 / 小时: whoever gives hours is a volunteer."""
    parts = [figure_words(part) for part in path]
    return _volunteers(parts, "".join(parts), hours=False) if len(path) > 1 and is_measure_heading(path[-1]) else None


def is_bare_total(path: Path) -> bool:
    """合计, 总计 and nothing else: which sum it is, the figures must tell."""
    text = "".join(bare(part) for part in path)
    return bool(text) and text in dict(_vocabulary("part")) and _meaning("part", text) == "total"


def same_people_apart(path: Path, other: Path) -> bool:
    """Two columns of one field that count different groups, 长者男 and 青年男: their figures add up."""
    return _who(path) != _who(other)


def _who(path: Path) -> str:
    text = "".join(AGE_NUMBERS.findall("".join(path)))
    return text + "".join(sorted(word for word, _ in _vocabulary("group") if word in "".join(map(bare, path))))


def measure_group(path: Path) -> str | None:
    """heads, att or vol: which figures a column belongs to, even where its own heading is not understood."""
    return _meaning("what", "".join(figure_words(part) for part in path))


def _volunteers(parts: list[str], text: str, hours: bool) -> str | None:
    if "人次" in text:
        return None
    without = [part for part in (_without_what(part) for part in parts) if part]
    group = next((g for g in (_meaning("group", part) for part in reversed(without)) if g), None)
    group = table("measures")["seen_as"].get(f"vol_{group}", group)
    if not hours and group is None and not any(_meaning("measure", p) or _meaning("part", p) for p in parts):
        return "vol_total_n" if bare(parts[-1]) in dict(_vocabulary("what")) else None
    return f"vol_{group or 'total'}_{'h' if hours else 'n'}"


def _without_what(part: str) -> str:
    for word, _ in sorted(_vocabulary("what"), key=lambda pair: -len(pair[0])):
        part = part.replace(word, "")
    return part


def _attendances(group: str | None) -> str | None:
    if group is None:
        return "att_total"
    return f"att_{group}" if group in ("adult", "child") else None


def _heads(group: str | None, part: str | None) -> str | None:
    if group is None:
        return None if part in ("m", "f") else "heads_total"
    return f"heads_{group}_{part or 'total'}" if group in ("adult", "child") else None
