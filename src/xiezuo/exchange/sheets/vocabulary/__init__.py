"""Words as data: what clerks write in cells and headings. Matched without width, case or space."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from ..text import squash


@cache
def table(name: str) -> dict[str, Any]:
    """One TOML file of this folder."""
    return tomllib.loads(resources.files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str) -> frozenset[str]:
    """A list of words.toml, squashed for comparison."""
    return frozenset(map(squash, table("words")[name]))


@cache
def longest_first(name: str) -> tuple[str, ...]:
    """The same list, longest word first, for taking words off a text."""
    return tuple(sorted(words(name), key=len, reverse=True))


@cache
def _characters() -> dict[int, str]:
    data = table("characters")
    return dict(zip(map(ord, data["traditional"]), data["simplified"], strict=True))


def simplified(text: str) -> str:
    """聯絡電話 → 联络电话, for comparing; what is kept stays as written."""
    return text.translate(_characters())


@cache
def relations() -> dict[str, str]:
    """Relation as written → as kept."""
    return {squash(word): kept for kept, written in table("words")["relations"].items() for word in written}


@cache
def surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Family names of one character and of two."""
    data = table("surnames")
    return frozenset(data["single"]), frozenset(data["compound"])
