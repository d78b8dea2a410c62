"""How names are read: every reading of a character that has several, as pinyin syllables."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain, islice, product

from pypinyin import lazy_pinyin

from xiezuo.common.text import HAN
from xiezuo.forms.packs import pack

Syllables = tuple[str, ...]
MOST_READINGS = 8  # of one name
MIXED = 4  # syllables; longer names are typed in full or by initials
TWO_LETTERS = ("zh", "ch", "sh")


@cache
def _compound() -> dict[str, list[Syllables]]:
    return {name: [tuple(way.split()) for way in ways] for name, ways in pack("name-readings")["compound"].items()}


def _of_part(part: str) -> tuple[str, ...]:
    """The readings of one character, or the Latin word itself; nothing for a sign that is not read."""
    if part.isascii():
        return (part,)
    if not HAN.match(part):
        return ()
    usual = lazy_pinyin(part, errors="ignore")
    found = dict.fromkeys([*pack("name-readings")["readings"].get(part, ()), *usual])
    return tuple(way for reading in found for way in _without_umlaut(reading))


def _without_umlaut(reading: str) -> tuple[str, ...]:
    """吕 is typed lv, lu or, as in a passport, lyu."""
    if "v" not in reading:
        return (reading,)
    return reading, reading.replace("v", "u"), reading.replace("v", "yu")


def _segments(name: str) -> Iterator[list[Syllables]]:
    """The name piece by piece, each with the ways in which it is read."""
    for piece in _pieces().findall(name):
        if ways := _of_piece(piece):
            yield ways


@cache
def _pieces() -> re.Pattern[str]:
    """A family name of several characters, a Latin word, or one character."""
    return re.compile("|".join([*sorted(_compound(), key=len, reverse=True), "[a-z0-9]+", "."]))


@lru_cache(maxsize=20_000)
def _of_piece(piece: str) -> list[Syllables]:
    return _compound().get(piece) or [(way,) for way in _of_part(piece)]


def readings(name: str) -> list[Syllables]:
    """The ways in which a plain name is read, the likeliest first: 单雄 → (shan, xiong), (dan, xiong)."""
    ways = islice(product(*_segments(name)), MOST_READINGS)
    return [tuple(chain.from_iterable(way)) for way in ways]


@lru_cache(maxsize=2_000)
def _short(syllable: str) -> tuple[str, ...]:
    """A syllable as it is typed before the last one: in full, by its first letter, by zh, ch or sh."""
    if len(syllable) < 2:
        return (syllable,)
    return (syllable, syllable[0], syllable[:2]) if syllable.startswith(TWO_LETTERS) else (syllable, syllable[0])


def typed(syllables: Syllables) -> Iterator[str]:
    """Everything of which what someone types is the beginning: from each syllable on, in full, by initials, mixed."""
    for start in range(len(syllables)):
        rest = syllables[start:]
        if len(rest) <= MIXED:
            yield from map("".join, product(*map(_short, rest[:-1]), rest[-1:]))
        else:
            yield "".join(rest)
            yield "".join(syllable[0] for syllable in rest)
