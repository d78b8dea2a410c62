"""Headings about a guardian: 父亲（姓名、电话、身份证号）, 母亲电话, 监护人姓名, 第二监护人."""

from __future__ import annotations

import re
from functools import lru_cache

from ..text import in_brackets, squash
from ..vocabulary import table
from .headings import IS_HEADING, Path, bare, concepts_of

SECOND = re.compile(r"第?[二2②]$"), re.compile(r"[二2②]")
FIRST = re.compile(r"第?[一1①]$"), re.compile(r"[一1①]")


@lru_cache(maxsize=20_000)
def role_field(path: Path) -> str | None:
    """father, father_phone, guardian_name, guardian2 …; None where the heading is not about a guardian.

    A heading that asks for several things (姓名及电话) is that of the whole person. What stands above the role only
    gathers it with others: 父母情况 / 父亲 / 姓名 is 父亲 / 姓名. Brackets say who it is where nothing else does.
    """
    in_words = next((field for tail in _tails(path) if (field := _role_field(tail))), None)
    bracketed = tuple(_with_role_in_brackets(part) for part in path)
    if in_words or bracketed == path:
        return in_words
    return next((field for tail in _tails(bracketed) if (field := _role_field(tail))), None)


def _tails(path: Path) -> list[Path]:
    return [path[i:] for i in range(len(path))]


def _with_role_in_brackets(part: str) -> str:
    """电话（家长） asks for 家长电话; 平时跟着的人（监护人）, of which the vocabulary knows only what is in brackets, for 监护人."""
    known = {squash(word) for all_of in table("roles")["role"].values() for word in all_of}
    role = next((note for note in map(squash, in_brackets(part)) if note in known), "")
    outside = bare(part)
    if not role or outside == role:
        return part
    return role + outside if max(concepts_of(outside).values(), default=0.0) >= IS_HEADING else role


def _role_field(path: Path) -> str | None:
    text = "".join(bare(part) for part in path)
    data = table("roles")
    role, word = _longest(data["role"], text)
    if role is None:
        return None
    before, _, after = text.partition(word)
    role, rest = _counted(role, before, after.replace(word, ""))
    attributes: list[str] = []
    while True:
        attribute, found = _longest(data["attribute"], rest)
        if attribute is None:
            break
        attributes.append(attribute)
        rest = rest.replace(found, "")
    for plain in data["plain"]["words"]:
        rest = rest.replace(squash(plain), "")
    if rest:
        return None
    return f"{role}_{attributes[0]}" if len(attributes) == 1 else role


def _counted(role: str, before: str, after: str) -> tuple[str, str]:
    """The role, the second guardian of two by its number, and the rest of the heading."""
    for (end, start), counted in ((SECOND, f"{role}2"), (FIRST, role)):
        if role == "guardian" and (end.search(before) or start.match(after)):
            return counted, end.sub("", before) + start.sub("", after, count=1)
    return role, before + after


def _longest(meanings: dict[str, list[str]], text: str) -> tuple[str | None, str]:
    pairs = ((squash(word), meaning) for meaning, ws in meanings.items() for word in ws)
    hits = [(word, meaning) for word, meaning in pairs if word in text]
    word, meaning = max(hits, key=lambda hit: len(hit[0]), default=("", None))
    return meaning, word
