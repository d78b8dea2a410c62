"""Which texts of a form are labels, and what they ask for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..cells import Value
from ..layout.headings import bare, concepts_of, is_word_for
from ..layout.roles import role_field
from ..text import half, squash, tidy
from ..values.options import parse_options
from ..vocabulary import words

FITS = 0.7  # how well a label must fit the word of a field
EXACT = 0.9
LONGEST = 16
COLON = re.compile(r"[:：]")
NUMBERED = re.compile(r"^(?:[（(][一二三四五六七八九十\d]{1,2}[)）]|[一二三四五六七八九十\d]{1,2}[、.．)）])\s*(?=\D)")
ENDS_IN_COLON = re.compile(r"[:：]\s*[_＿\s]*$")
# A label inside a text: at its start, or after white space or a stop; never with digits (14:00 is no label).
PARTS = re.compile(r"[/／、\n\s及和与與&]+")
INSIDE = re.compile(
    r"(?:^|(?<=[\s;；,，|。、/]))((?:\d{1,2}[.．、])?[^\s\d:：;；,，|。、“”\"]{1,12}(?:[（(][^）)]{1,8}[）)])?)\s*[:：]"
)


def pure_label(value: Value | None) -> str | None:
    """The label, where the cell holds nothing else: 姓名, 姓 名：, 接案日期:____."""
    if not isinstance(value, str) or len(value) > 3 * LONGEST or (parse_options(value) and ":" not in half(value)):
        return None
    ends = ENDS_IN_COLON.search(value)
    text = unnumbered(value[: ends.start()] if ends else value)
    name = bare(text)
    if not name or len(name) > LONGEST or name.isdigit() or COLON.search(text):
        return None
    if ends:
        return text if len(name) <= LONGEST and not any(c.isdigit() for c in name[:1]) else None
    return text if len(name) > 1 and is_word_for(text) else None


def is_doubtful(value: Value | None) -> bool:
    """Whether a word for a label is as often an answer, and no colon says which."""
    return isinstance(value, str) and not ENDS_IN_COLON.search(value) and squash(value) in words("also_answers")


def pairs_inside(value: Value | None) -> list[tuple[str, str]]:
    """活动名称：读书会  地点：教室 → both labels with their values; empty where the cell does not begin with one."""
    if not isinstance(value, str) or not COLON.search(value):
        return []
    text = half(value)
    marks = [m for m in INSIDE.finditer(text) if m.start() == 0 or _begins_another(text, m)]
    if not marks or text[: marks[0].start()].strip() or len(marks[0][1]) < 2 or not is_known(unnumbered(marks[0][1])):
        return []
    ends = [m.start() for m in marks[1:]] + [len(text)]
    return [(unnumbered(m[1]), _value(value[m.end() : end])) for m, end in zip(marks, ends, strict=True)]


def unnumbered(text: str) -> str:
    """二、主要问题 → 主要问题."""
    return tidy(NUMBERED.sub("", tidy(text)))


def _begins_another(text: str, match: re.Match[str]) -> bool:
    """Inside a sentence only a word for a label begins another pair; after a wide gap any short word does."""
    gap = text[max(0, match.start() - 2) : match.start()]
    return is_known(unnumbered(match[1])) or "\n" in gap or (len(gap) == 2 and not gap.strip())


def is_known(label: str) -> bool:
    """Whether the label is a word of the vocabulary."""
    return is_word_for(label)


def _value(text: str) -> str:
    return tidy(text.strip(" _＿\u3000;；,，|"))


def field_of(label: str, wanted: Mapping[str, str]) -> str | None:
    """The field that a label asks for, of those of one kind of form (field → concept)."""
    whole = _field(label, wanted)
    return whole or next((name for part in PARTS.split(label) if (name := _field(part, wanted, EXACT))), None)


def _field(label: str, wanted: Mapping[str, str], least: float = FITS) -> str | None:
    scores = concepts_of(label)
    fits = {name: scores.get(concept, 0.0) for name, concept in wanted.items()}
    best = max(fits, key=lambda name: fits[name], default=None)
    if best is None or fits[best] < least:
        return None
    if fits[best] < EXACT and (role_field((label,)) or max(scores.values()) > fits[best] + 0.1):
        return None
    return best
