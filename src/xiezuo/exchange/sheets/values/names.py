"""Names of people: what is a name, what only a nickname or a form of address, and who stands beside whom."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..text import SPACES, half, squash, without_brackets
from ..vocabulary import longest_first, surnames, table, words

DOTS = re.compile("[・•‧∙⋅･●．.·]")
STRAY = re.compile(r"[*'`\"‘’“”,，。;；:：!！~～^_=+\\/|<>《》…—]+")
NUMBERING = re.compile(r"^\d{1,3}[.、)）]")
HAN = re.compile(r"^[㐀-鿿豈-﫿\U00020000-\U0003ffff]+$")


@dataclass(frozen=True)
class Name:
    """Either ``name`` or ``nickname``; neither when the cell names nobody."""

    name: str | None = None
    nickname: str | None = None
    illegible: bool = False

    @property
    def values(self) -> dict[str, str]:
        """The fields of a record."""
        pairs = (("name", self.name), ("nickname", self.nickname))
        return {key: value for key, value in pairs if value}


def parse_name(text: str) -> Name:
    """One person's name, cleaned: no white space, bracket notes or stray signs, middle dot always ·."""
    cleaned = clean_name(text)
    if not cleaned or squash(text) in words("blank") or cleaned.lower() in words("unknown"):
        return Name()
    illegible = any(sign in cleaned for sign in words("illegible"))
    if is_nickname(cleaned):
        return Name(nickname=cleaned, illegible=illegible)
    return Name(name=cleaned, illegible=illegible)


def clean_name(text: str) -> str:
    """The name as it is kept; Latin names keep single spaces."""
    bare = NUMBERING.sub("", half(without_brackets(text)).strip())
    bare = SPACES.sub(" ", bare).strip()
    if not re.fullmatch(r"[A-Za-z .'\-]+", bare):
        bare = DOTS.sub("·", bare.replace(" ", ""))
        bare = STRAY.sub("", bare)
    return bare.strip("·- 、")


def is_nickname(name: str) -> bool:
    """小王, 李姐, 张师傅, 妞妞: how somebody is called, not what they are named."""
    name = squash(name) if HAN.match(name) else name
    if name in table("words")["nicknames"]:
        return True
    if name[:1] in words("nickname_prefixes") and name[1:] in table("words")["nicknames"]:
        return True
    if len(name) == 2 and name[0] in words("nickname_ranks") and name[1] in words("nickname_pets"):
        return True
    if len(name) == 2 and (name[0] == name[1] or name[0] in words("nickname_prefixes")):
        return True
    if not name.endswith(longest_first("title_suffixes")):
        return False
    suffix = next(s for s in longest_first("title_suffixes") if name.endswith(s))
    return len(name) - len(suffix) <= (1 if len(suffix) == 1 else 3)


def split_names(text: str) -> list[str]:
    """The names in one cell: parted by signs, or by a space between two full names."""
    pattern = "[" + re.escape("".join(table("words")["name_separators"])) + "]+"
    parts = [part for part in re.split(pattern, without_brackets(half(text))) if part.strip()]
    if len(parts) == 1:
        spaced = [part for part in SPACES.split(parts[0].strip()) if part]
        if len(spaced) > 1 and all(has_surname(part) for part in spaced):
            parts = spaced
    return parts


def has_surname(text: str) -> bool:
    """Two to four Chinese characters that begin with a family name."""
    single, compound = surnames()
    text = squash(text)
    return bool(HAN.match(text)) and 2 <= len(text) <= 4 and (text[0] in single or text[:2] in compound)
