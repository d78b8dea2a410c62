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
def relations() -> dict[str, str]:
    """Relation as written → as kept."""
    return {squash(word): kept for kept, written in table("words")["relations"].items() for word in written}


@cache
def surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Family names of one character and of two."""
    data = table("surnames")
    return frozenset(squash(data["single"])), frozenset(map(squash, data["compound"]))
