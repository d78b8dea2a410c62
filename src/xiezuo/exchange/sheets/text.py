"""Text as people type it: full width, stray spaces, brackets."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
SPACES = re.compile(r"[\s\u00a0\u3000\u200b-\u200f\u2028\u2029\u202a-\u202f\u2060\ufeff\u00ad]+")
# Signs without width that come with text copied from web pages and chat programs.
INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF, 0x00AD])


def _simplified() -> dict[int, str]:
    """Traditional character → simplified one."""
    text = resources.files(__package__).joinpath("vocabulary", "characters.toml").read_text(encoding="utf-8")
    pairs = tomllib.loads(text)
    return {ord(old): new for old, new in zip(pairs["traditional"], pairs["simplified"], strict=True)}


SQUASHED: dict[int, int | str | None] = {**FULL_WIDTH, **INVISIBLE, **_simplified(), ord("№"): "no"}
BRACKETS = re.compile(r"[（(\[【〔「『<《][^）)\]】〕」』>》]*[）)\]】〕」』>》]?")


def half(text: str) -> str:
    """Full-width letters, digits and signs as half-width ones: １２ → 12."""
    return text.translate(FULL_WIDTH)


@lru_cache(maxsize=65_536)
def squash(text: str) -> str:
    """For comparison: half width, lower case, simplified characters, no white space at all."""
    return "".join(text.translate(SQUASHED).split()).lower()


def tidy(text: str) -> str:
    """For keeping: white space at the ends removed, spaces that people cannot see too."""
    return text.strip().strip("\u00a0\u3000\u200b\ufeff \t\r\n")


def without_brackets(text: str) -> str:
    """The text without notes in brackets."""
    return BRACKETS.sub("", text)


def in_brackets(text: str) -> list[str]:
    """The notes in brackets, without the brackets."""
    return [note.strip("（()）[]【】〔〕「」『』<>《》 ") for note in BRACKETS.findall(text)]
