"""Headings about a guardian: 父亲（姓名、电话、身份证号）, 母亲电话, 监护人姓名."""

from __future__ import annotations

from ..text import squash
from ..vocabulary import simplified, table
from .headings import Path, bare


def role_field(path: Path) -> str | None:
    """father, father_phone, guardian_name …; None where the heading is not about a guardian."""
    text = "".join(bare(part) for part in path)
    data = table("roles")
    role, word = _longest(data["role"], text)
    if role is None:
        return None
    attribute_text = text.replace(word, "")
    attribute, found = _longest(data["attribute"], attribute_text)
    rest = attribute_text.replace(found, "") if attribute else attribute_text
    for plain in data["plain"]["words"]:
        rest = rest.replace(plain, "")
    if rest:
        return None
    return f"{role}_{attribute}" if attribute else role


def _longest(meanings: dict[str, list[str]], text: str) -> tuple[str | None, str]:
    pairs = ((simplified(squash(word)), meaning) for meaning, ws in meanings.items() for word in ws)
    hits = [(word, meaning) for word, meaning in pairs if word in text]
    word, meaning = max(hits, key=lambda hit: len(hit[0]), default=("", None))
    return meaning, word
