"""The words by which one person is found.

Names: each character, each pair of neighbours, and what is typed of their pinyin; after `=` the whole and its
pinyin. Beside them: runs of four phone digits after `#`, keyed digests of identity numbers after `%`, pairs of characters and pinyin of
the names of the family after `~`, pairs of characters of places after `@`.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from xiezuo.common.crypto import blind
from xiezuo.people.finding.plain import plain
from xiezuo.people.finding.readings import readings, typed

RUN = 4  # digits of a phone, or last characters of an identity number
KEPT = 100_000  # names and places whose words are remembered while very many people are indexed
DIGEST = 12  # hexadecimal digits: among a million people some ten share a digest of 20 bits, none one of 48
BETWEEN = re.compile(r"[、,，;；/／|]+")  # several names in one field
BETWEEN_DIGITS = re.compile(r"[\s()\-–—]+")


def pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]


def names_in(field_of_names: str) -> list[str]:
    """The names that one field holds: 阿迪、迪迪 → both."""
    if not field_of_names:
        return []
    if not BETWEEN.search(field_of_names):
        return [field_of_names]
    return [name for name in BETWEEN.split(field_of_names) if name.strip()]


@lru_cache(maxsize=KEPT)
def name_words(name: str) -> str:
    text = plain(name)
    if not text:
        return ""
    ways = readings(text)
    found = [f"={text}", *[f"={sound}" for way in ways if (sound := "".join(way))], *text, *pairs(text)]
    for way in ways:
        found += typed(way)
    return " ".join(dict.fromkeys(found))


@lru_cache(maxsize=KEPT)
def family_words(name: str) -> str:
    """Of someone of the family: fewer ways, for nobody looks for a mother by the last letter of her child."""
    text = plain(name)
    found = [f"~{pair}" for pair in pairs(text) if not pair.isascii()]
    for way in readings(text)[:2]:
        found += [f"~{sound}" for sound in ("".join(way), "".join(way[1:])) if sound]
    return " ".join(dict.fromkeys(found))


@lru_cache(maxsize=KEPT)
def place_words(place: str) -> str:
    return " ".join(["@" + pair for pair in pairs(plain(place)) if not pair.isascii()])


def digit_runs(text: str) -> list[str]:
    """The numbers in a phone field, without what is written between their digits."""
    if not (text.isascii() and text.isdigit()):
        text = BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", text))
    return re.findall(r"[0-9]{3,}", text)


def phone_words(phone: str) -> str:
    """Each run of four digits, the last three, and the whole number."""
    found = []
    for number in digit_runs(phone):
        found += ["#" + number[at : at + RUN] for at in range(len(number) - 2)]
        found.append("#" + number)
    return " ".join(found)


def id_words(number: str, index: str) -> str:
    """The words of an identity number and its blind index."""
    if not number:
        return ""
    return f"{tail_word(plain(number)[-RUN:])} {whole_id_word(index)}"


def tail_word(tail: str) -> str:
    """The last four of an identity number, which nobody without the key of the house reads out of the word."""
    return "%" + blind(tail.upper(), "people.id_tail")[:DIGEST]


def whole_id_word(index: str) -> str:
    return "%" + index[:DIGEST]


@dataclass(frozen=True)
class Known:
    """What is known of one person that finds them; `sealed` are the words of the identity number."""

    person: int
    names: tuple[str, ...]
    phone: str
    sealed: str
    family: tuple[str, ...]
    places: tuple[str, ...]

    def words(self) -> tuple[int, str, str]:
        """The id, the words of the names and those beside them, as they are kept: between single spaces."""
        beside = [phone_words(self.phone), self.sealed]
        beside += [family_words(name) for name in dict.fromkeys(self.family)]
        beside += [place_words(place) for place in dict.fromkeys(self.places)]
        return self.person, names_words(self.names), _between_spaces(beside)


def names_words(names: Iterable[str]) -> str:
    return _between_spaces([name_words(name) for some in dict.fromkeys(names) for name in names_in(some)])


def words_of(everyone: Sequence[Known]) -> list[tuple[int, str, str]]:
    return [known.words() for known in everyone]


def _between_spaces(words: list[str]) -> str:
    text = " ".join([some for some in words if some])
    return f" {text} " if text else ""
