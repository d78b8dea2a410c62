"""Answers to tick: □男 ☑女, 男□ 女☑, (√)是 ( )否."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ..cells import Value
from ..text import half, squash, tidy
from ..vocabulary import table

TICKED, OPEN = "\x01", "\x02"
IN_BRACKETS = re.compile(r"[(\[【〔]\s*([√✓✔vVxX☑■●]?)\s*[)\]】〕]")
MARKS = re.compile(f"[{TICKED}{OPEN}]+")
LONE_TICK = re.compile(rf"(?:(?<=\s)|^){TICKED}\s+")
BETWEEN = re.compile(r"[\s、,;/|]+")
ENDS = " \t\r\n\u3000\u00a0、,，;；。/|_＿"


class Options(NamedTuple):
    """The answers that were offered and those that were ticked, in their order."""

    ticked: list[str]
    offered: list[str]


def parse_options(text: str) -> Options | None:
    """None for text without boxes or ticks."""
    marked = IN_BRACKETS.sub(lambda m: TICKED if m[1] else OPEN, half(text))
    marked = _marks().sub(lambda m: TICKED if m[0] in table("words")["box_ticked"] else OPEN, marked)
    marks = MARKS.findall(marked)
    if not marks or not MARKS.sub("", marked).strip(ENDS):
        return None
    if all(OPEN not in mark for mark in marks):
        return _ticks_only(marked)
    words = [tidy(part.strip(ENDS)) for part in MARKS.split(marked)]
    words = words[:-1] if words[0] != "" and words[-1] == "" else words[1:]
    answers = [(word, TICKED in mark) for mark, word in zip(marks, words, strict=False) if word]
    return Options([word for word, ticked in answers if ticked], [word for word, _ in answers])


@cache
def _marks() -> re.Pattern[str]:
    data = table("words")
    return re.compile("|".join(map(re.escape, [*data["box_ticked"], *data["box_open"]])))


def _ticks_only(marked: str) -> Options:
    """√男 女: without boxes, white space and commas part the answers; a lone tick belongs to the next word."""
    words = [part for part in BETWEEN.split(LONE_TICK.sub(TICKED, marked)) if part.strip(ENDS)]
    offered = [tidy(MARKS.sub("", word)) for word in words]
    return Options([o for word, o in zip(words, offered, strict=True) if TICKED in word and o], offered)


def chosen(value: Value | None) -> Value | None:
    """The ticked answer of a cell with boxes, several ones joined; other cells as they are."""
    options = parse_options(value) if isinstance(value, str) else None
    return value if options is None else "、".join(options.ticked)


def parse_yes_no(text: str) -> bool | None:
    """是, 需要, 有危机, ☑是 □否 → True; 否, 不需要, 无 → False; None for anything else."""
    options = parse_options(text)
    if options is not None:
        return parse_yes_no(options.ticked[0]) if len(options.ticked) == 1 else None
    said = squash(text)
    data = table("words")
    if said in map(squash, data["no"]) or said.startswith(tuple(data["no_starts"])):
        return False
    if said in map(squash, data["yes"]) or said.startswith(tuple(data["yes_starts"])):
        return True
    return None
