"""Who was visited and who went: 陈凤英家, 李文静、志愿者小王."""

from __future__ import annotations

import re

from ..text import SPACES, half, without_brackets
from ..vocabulary import longest_first, table
from .names import Name, clean_name, has_surname, is_nickname, parse_name

SEVERAL = re.compile(r"[、，,;；/／\n＋+&|]+")
AND_OTHERS = re.compile(r"等\d*[一二两三四五六七八九十]*[人名位]?.*$")
SHORTEST = 2


def parse_visited(text: str) -> Name:
    """The person: 某某家 and 某某一家 are the person's name."""
    name = clean_name(text)
    ending = next((end for end in table("words")["family_endings"] if name.endswith(end)), "")
    return parse_name(name.removesuffix(ending) if len(name) - len(ending) >= SHORTEST else text)


def split_visitors(text: str) -> list[str]:
    """Each visitor's name as it is kept, nicknames too."""
    found: list[str] = []
    for part in SEVERAL.split(half(without_brackets(text))):
        for piece in _spaced(part):
            found += [name for one in _joined(piece) if (name := clean_name(_without_prefix(one)))]
    return found


def _spaced(part: str) -> list[str]:
    """孙  丽 is one name, 孙丽 王芳 are two: a single character belongs to what follows."""
    pieces = [AND_OTHERS.sub("", piece) for piece in SPACES.split(part.strip())]
    if part.isascii():
        return [part]
    joined: list[str] = []
    for piece in filter(None, pieces):
        if joined and len(joined[-1]) == 1 and len(piece) <= SHORTEST:
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _joined(piece: str) -> list[str]:
    """李静和王芳: parted where both sides are people."""
    for sign in table("words")["name_joiners"]:
        left, found, right = piece.partition(sign)
        if found and all(is_person(_without_prefix(side)) for side in (left, right)):
            return [left, right]
    return [piece]


def is_person(text: str) -> bool:
    """Whether the text is somebody's name or what somebody is called."""
    return has_surname(text) or is_nickname(text) or ("·" in text and len(text) > SHORTEST)


def _without_prefix(text: str) -> str:
    """社工李静 → 李静; 实习生小戴 stays, that is how people call him."""
    for prefix in longest_first("name_prefixes"):
        rest = text.removeprefix(prefix).lstrip(":： ")
        if rest != text and has_surname(rest) and not is_nickname(rest):
            return rest
    return text
