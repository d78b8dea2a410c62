"""Which texts of a form are labels, and what they ask for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..cells import Value
from ..layout.headings import bare, concepts_of, is_word_for
from ..layout.roles import role_field
from ..text import half, squash, tidy
from ..values.options import parse_options
from ..vocabulary import table, words

FITS = 0.7  # how well a label must fit the word of a field
EXACT = 0.9
SHORTEST, LONGEST, LONGEST_LATIN = 3, 16, 32
WIDE_SPACE = "\u3000"
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
    if not name or len(name) > (LONGEST_LATIN if name.isascii() else LONGEST) or name.isdigit() or COLON.search(text):
        return None
    if ends:
        return None if name[0].isdigit() else text
    return text if len(name) > 1 and is_word_for(text) else None


def is_doubtful(value: Value | None) -> bool:
    """Whether a word for a label is as often an answer, and no colon says which."""
    return isinstance(value, str) and not ENDS_IN_COLON.search(value) and squash(value) in words("also_answers")


def pairs_inside(value: Value | None) -> list[tuple[str, str]]:
    """活动名称：读书会  地点：教室 → both labels with their values; empty where the cell does not begin with one."""
    if not isinstance(value, str) or not COLON.search(value):
        return []
    text = half(value)
    marks = [m for m in INSIDE.finditer(text) if m.start() == 0 or _begins_another(value, text, m)]
    if not marks or text[: marks[0].start()].strip() or len(marks[0][1]) < 2 or not is_known(unnumbered(marks[0][1])):
        return []
    ends = [m.start() for m in marks[1:]] + [len(text)]
    return [(unnumbered(m[1]), _value(value[m.end() : end])) for m, end in zip(marks, ends, strict=True)]


def unnumbered(text: str) -> str:
    """二、主要问题 → 主要问题."""
    return tidy(NUMBERED.sub("", tidy(text)))


def _begins_another(written: str, text: str, match: re.Match[str]) -> bool:
    """Inside a sentence only a word for a label begins another pair; after a wide gap any short word does."""
    gap = text[max(0, match.start() - 2) : match.start()]
    wide = written[match.start() - 1] == WIDE_SPACE
    return is_known(unnumbered(match[1])) or wide or "\n" in gap or (len(gap) == 2 and not gap.strip())


def is_known(label: str) -> bool:
    """Whether the label is a word of the vocabulary."""
    return is_word_for(label)


def _value(text: str) -> str:
    return tidy(text.strip(" _＿\u3000;；,，|"))


def field_of(label: str, wanted: Mapping[str, str]) -> str | None:
    """The field that a label asks for, of those of one kind of form (field → concept)."""
    return fit_of(label, wanted)[0]


def fit_of(label: str, wanted: Mapping[str, str]) -> tuple[str | None, float]:
    """The same with how well it fits, 0 to 1; of 经济来源及月收入 each part is tried."""
    whole = _field(label, wanted)
    parts = (_field(part, wanted, EXACT) for part in PARTS.split(label))
    return whole if whole[0] else next((found for found in parts if found[0]), whole)


def second_field(label: str, still_open: Mapping[str, str]) -> str | None:
    """The field that a label ends on, of those that are still open: its noun stands last."""
    heading = bare(label)
    fits = {name: concepts_of(label).get(concept, 0.0) for name, concept in still_open.items()}
    best = max(fits, key=lambda name: fits[name], default=None)
    ends = best is not None and any(heading.endswith(bare(w)) for w in table("concepts")[still_open[best]] if bare(w))
    return best if best is not None and fits[best] >= FITS and ends else None


def might_be_label(value: Value | None) -> bool:
    """A short text that ends with a word for a label: enough where an answer stands beside it."""
    if not isinstance(value, str) or not SHORTEST <= len(bare(value)) <= LONGEST or any(c.isdigit() for c in value):
        return False
    return parse_options(value) is None and max(concepts_of(value).values(), default=0.0) >= FITS


def _field(label: str, wanted: Mapping[str, str], least: float = FITS) -> tuple[str | None, float]:
    scores = concepts_of(label)
    fits = {name: scores.get(concept, 0.0) for name, concept in wanted.items()}
    best = max(fits, key=lambda name: fits[name], default=None)
    if best is None or fits[best] < least:
        return None, 0.0
    if fits[best] < EXACT and (role_field((label,)) or max(scores.values()) > fits[best] + 0.1):
        return None, 0.0
    return best, fits[best]
