"""What someone typed, understood: the ways in which it may fit a person's words."""

import re
import unicodedata
from dataclasses import dataclass

from xiezuo.common.text import HAN
from xiezuo.people.finding.plain import plain
from xiezuo.people.finding.readings import readings
from xiezuo.people.finding.words import RUN, pairs, tail_word, whole_id_word
from xiezuo.people.identity import id_index

LONGEST = 60  # characters of a scrap that are looked at; no name is longer
LONGEST_SOUND = 8  # characters
OWN_DIGITS = 3  # enough among the people one works with oneself
RARE = {"letters": 6, "characters": 3}  # as long as this, a scrap fits few
NUMBER = re.compile(r"p0*(\d{1,9})|0+(\d{1,5})")
HAN_RUN = re.compile(rf"(?:{HAN.pattern})+")
LATIN_RUN = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Term:
    """A word that must be there, or (`open`) the beginning of one."""

    word: str
    open: bool = False

    @property
    def text(self) -> str:
        """As it stands in the words, which are kept between single spaces."""
        return f" {self.word}" if self.open else f" {self.word} "


@dataclass(frozen=True)
class Way:
    """All `terms` are among the words; `number` stands in one of them in one piece (it may be empty)."""

    terms: tuple[Term, ...]
    number: str = ""

    def fits(self, words: str) -> bool:
        return all(term.text in words for term in self.terms) and self.number in words


@dataclass(frozen=True)
class Scrap:
    """The ways in which `text` may be someone's name, sound like it, or stand beside it (numbers, family, places).

    `number`: the id in a person number. `own`: too short to look for it among others than one's own people.
    """

    text: str
    names: tuple[Way, ...] = ()
    sounds: tuple[Way, ...] = ()
    beside: tuple[Way, ...] = ()
    number: int | None = None
    own: bool = False

    @property
    def whole(self) -> Way:
        """Someone is called exactly so."""
        return Way((Term(f"={self.text}"),))

    @property
    def is_rare(self) -> bool:
        return len(self.text) >= RARE["letters" if self.text.isascii() else "characters"]


def understand(typed: str) -> Scrap | None:
    """Raises nothing, whatever is typed; None when nothing of it can be looked for."""
    text = plain(typed[: LONGEST * 4])[:LONGEST]
    if not text:
        return None
    number = NUMBER.fullmatch(text)
    digits = re.fullmatch(r"[0-9]+x?", text) is not None
    names, beside = _name(text), _pairs_beside(text)
    if digits:
        beside += _digits(text, typed)
    elif text.isascii():
        # One letter stands inside nearly everyone's pinyin; it is the beginning of a name that is being typed.
        names.append(Way((Term(text if len(text) > 1 else "=" + text, open=True),)))
        beside += [Way((Term("~" + text, open=True),))] if len(text) >= OWN_DIGITS else []
    elif LATIN_RUN.search(text):
        names.append(_mixed(text))
    return Scrap(
        text,
        tuple(names),
        tuple(_sounds(text, "")),
        (*beside, *_sounds(text, "~")),
        int(number[1] or number[2]) if number else None,
        own=digits and len(text) == OWN_DIGITS,
    )


def _name(text: str) -> list[Way]:
    if len(text) == 1:
        return [] if text.isascii() and text.isalpha() else [Way((Term(text),))]
    return [Way(tuple(Term(pair) for pair in dict.fromkeys(pairs(text))))]


def _pairs_beside(text: str) -> list[Way]:
    """As part of a name in the family or of a place; from two characters on, and not of digits or letters alone."""
    found = dict.fromkeys(pair for pair in pairs(text) if not pair.isascii())
    return [Way(tuple(Term(sign + pair) for pair in found)) for sign in "~@"] if found else []


def _mixed(text: str) -> Way:
    """王sf, 付xiaoyan: the characters are in the name and the letters begin its sound somewhere."""
    found = [word for run in HAN_RUN.findall(text) for word in (pairs(run) or [run])]
    return Way((*(Term(word) for word in found), *(Term(run, open=True) for run in LATIN_RUN.findall(text))))


def _digits(text: str, typed: str) -> list[Way]:
    ways = []
    if len(text) == RUN:
        ways.append(Way((Term(tail_word(text)),)))
    if len(text) in {15, 18}:
        ways.append(Way((Term(whole_id_word(id_index(text))),)))
    number = _without_country(text, typed)
    if not number.isdigit() or len(number) < OWN_DIGITS:
        return ways
    if len(number) <= RUN:
        return [*ways, Way((Term("#" + number, open=len(number) < RUN),))]
    runs = dict.fromkeys(f"#{number[at : at + RUN]}" for at in range(len(number) - RUN + 1))
    return [*ways, Way(tuple(Term(run) for run in runs), number)]


def _without_country(text: str, typed: str) -> str:
    """+86 154 1234 2764 is the phone that is written down without +86."""
    begins = unicodedata.normalize("NFKC", typed).lstrip()
    return text[2:] if text.startswith("86") and (begins.startswith("+") or len(text) == 13) else text


def _sounds(text: str, sign: str) -> list[Way]:
    """The ways of writing a name with other characters of the same sound; of two or more, all Chinese."""
    if not 2 <= len(text) <= LONGEST_SOUND or not HAN_RUN.fullmatch(text):
        return []
    return [Way((Term(sign + word),)) for word in dict.fromkeys("".join(way) for way in readings(text))]
