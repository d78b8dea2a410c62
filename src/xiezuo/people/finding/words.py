"""The words by which one person is found.

Names: each character, each pair of neighbours, and what is typed of their pinyin; after `=` the whole, its pinyin and its
initials. Beside them: runs of four phone digits after `#`, keyed digests of identity numbers after `%`, pairs of characters and pinyin of
the names of the family after `~`, pairs of characters of places after `@`.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from xiezuo.common.crypto import blind
from xiezuo.people.finding.plain import plain
from xiezuo.people.finding.readings import readings, typed

RUN = 4  # digits of a phone, or last characters of an identity number
KEPT = 100_000  # names and places whose words are remembered while very many people are indexed
DIGEST = 12  # hexadecimal digits: among a million people some ten share a digest of 20 bits, none one of 48
BETWEEN = re.compile(r"[、,，;；/／|]+")  # several names in one field
BETWEEN_DIGITS = re.compile(r"[\s()\-–—]+")


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
    if not BETWEEN.search(field_of_names):
        return [field_of_names]
    return [name for name in BETWEEN.split(field_of_names) if name.strip()]


@lru_cache(maxsize=KEPT)
def name_words(name: str) -> str:
    text = plain(name)
    if not text:
        return ""
    ways = readings(text)
    whole = [text, *("".join(way) for way in ways), *("".join([part[0] for part in way]) for way in ways)]
    found = [*(f"={one}" for one in whole if one), *text, *pairs(text)]
    for way in ways:
        found += typed(way)
    return " ".join(dict.fromkeys(found))


@lru_cache(maxsize=KEPT)
def family_words(name: str) -> str:
    """Of someone of the family: fewer ways, for nobody looks for a mother by the last letter of her child."""
    text = plain(name)
    found = [f"~{pair}" for pair in pairs(text) if not pair.isascii()]
    for way in readings(text)[:2]:
        said = "".join(way), "".join([part[0] for part in way]), "".join(way[1:])
        found += [f"~{sound}" for sound in said if sound]
    return " ".join(dict.fromkeys(found))


@lru_cache(maxsize=KEPT)
def place_words(place: str) -> str:
    return " ".join([f"@{pair}" for pair in pairs(plain(place)) if not pair.isascii()])


def digit_runs(text: str) -> list[str]:
    """The numbers in a phone field, without what is written between their digits."""
    if not (text.isascii() and text.isdigit()):
        text = BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", text))
    return re.findall(r"[0-9]{3,}", text)


def phone_words(phone: str) -> str:
    """Each run of four digits, the last three, and the whole number."""
    found = []
    for number in digit_runs(phone):
        found += [f"#{number[at : at + RUN]}" for at in range(len(number) - 2)]
        found.append(f"#{number}")
    return " ".join(found)


def id_words(number: str, index: str) -> str:
    return f"{tail_word(plain(number)[-RUN:])} {whole_id_word(index)}"


def tail_word(tail: str) -> str:
    """The last four of an identity number, which nobody without the key of the house reads out of the word."""
    return "%" + blind(tail.upper(), "people.id_tail")[:DIGEST]


def whole_id_word(index: str) -> str:
    return "%" + index[:DIGEST]


def words_of(known: Known) -> tuple[str, str]:
    """The words of the names and those beside them, as they are kept: between single spaces."""
    names = [name_words(name) for names in dict.fromkeys(known.names) for name in names_in(names)]
    beside = [phone_words(known.phone)] if known.phone else []
    if known.id_number:
        beside.append(id_words(known.id_number, known.id_number_index))
    beside += [family_words(name) for name in dict.fromkeys(known.family)]
    beside += [place_words(place) for place in dict.fromkeys(known.places)]
    return _between_spaces(names), _between_spaces(beside)


def _between_spaces(words: list[str]) -> str:
    text = " ".join([some for some in words if some])
    return f" {text} " if text else ""
