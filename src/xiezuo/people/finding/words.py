"""The words by which one person is found.

Names: each character, each pair of neighbours, and what is typed of their pinyin; after `=` the whole, its pinyin and its
initials. Beside them: runs of four phone digits after `#`, keyed digests of identity numbers after `%`, pairs of characters and pinyin of
the names of the family after `~`, pairs of characters of places after `@`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from xiezuo.common.crypto import blind
from xiezuo.people.finding.plain import plain
from xiezuo.people.finding.readings import readings, typed

RUN = 4  # digits of a phone, or last characters of an identity number
DIGEST = 12  # hexadecimal digits: among a million people some ten share a digest of 20 bits, none one of 48
BETWEEN = re.compile(r"[、,，;；/／|]+")  # several names in one field


@dataclass
class Known:
    """What is known of one person that finds them, as it stands on the record."""

    names: list[str]
    phone: str = ""
    id_number: str = ""
    id_number_index: str = ""
    places: list[str] = field(default_factory=list)
    family: list[str] = field(default_factory=list)


def pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]


def names_in(field_of_names: str) -> list[str]:
    """The names that one field holds: 阿迪、迪迪 → both."""
    return [name for name in BETWEEN.split(field_of_names) if name.strip()]


@lru_cache(maxsize=100_000)
def name_words(name: str) -> tuple[str, ...]:
    text = plain(name)
    if not text:
        return ()
    ways = readings(text)
    whole = [text, *("".join(way) for way in ways), *("".join(part[0] for part in way) for way in ways)]
    return (*(f"={one}" for one in whole if one), *text, *pairs(text), *(word for way in ways for word in typed(way)))


@lru_cache(maxsize=100_000)
def family_words(name: str) -> tuple[str, ...]:
    """Of someone of the family: fewer ways, for nobody looks for a mother by the last letter of her child."""
    text = plain(name)
    found = [f"~{pair}" for pair in pairs(text) if not pair.isascii()]
    for way in readings(text)[:2]:
        found += ["~" + "".join(way), "~" + "".join(syllable[0] for syllable in way), "~" + "".join(way[1:])]
    return tuple(word for word in found if word.strip("~"))


@lru_cache(maxsize=100_000)
def place_words(place: str) -> tuple[str, ...]:
    return tuple(f"@{pair}" for pair in pairs(plain(place)) if not pair.isascii())


def digit_runs(text: str) -> Iterator[str]:
    """The numbers in a phone field, without what is written between their digits."""
    yield from re.findall(r"\d{3,}", re.sub(r"[\s()（）\-–—]", "", unicodedata.normalize("NFKC", text)))


def phone_words(phone: str) -> list[str]:
    """Each run of four digits, the last three, and the whole number."""
    if not phone:
        return []
    found = []
    for number in digit_runs(phone):
        found += [f"#{number[at : at + RUN]}" for at in range(len(number) - 2)] + [f"#{number}"]
    return found


def tail_word(tail: str) -> str:
    """The last four of an identity number, which nobody without the key of the house reads out of the word."""
    return "%" + blind(tail.upper(), "people.id_tail")[:DIGEST]


def whole_id_word(index: str) -> str:
    return "%" + index[:DIGEST]


def _beside(known: Known) -> Iterable[str]:
    yield from phone_words(known.phone)
    if known.id_number:
        yield tail_word(plain(known.id_number)[-RUN:])
        yield whole_id_word(known.id_number_index)
    for name in known.family:
        yield from family_words(name)
    for place in known.places:
        yield from place_words(place)


def words_of(known: Known) -> tuple[str, str]:
    """The words of the names and those beside them, as they are kept: each once, between single spaces."""
    own = dict.fromkeys(word for names in known.names for name in names_in(names) for word in name_words(name))
    beside = dict.fromkeys(_beside(known))
    return f" {' '.join(own)} " if own else "", f" {' '.join(beside)} " if beside else ""
