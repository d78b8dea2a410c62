"""A name as it is written in lists, and how two of them compare."""

import re
from functools import lru_cache
from typing import NamedTuple

from xiezuo.common.text import HAN, pinyin, tidy_name
from xiezuo.forms.packs import pack
from xiezuo.forms.packs.deriving import derived
from xiezuo.people.matching.sketch import AFTER, BEFORE
from xiezuo.people.matching.sounds import simplified

REMARK = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]|\d+$")
LONGEST_CALL = 2  # characters before a form of address: a surname, seldom a compound one
# Sounds that people who write by ear do not tell apart: zh/z, ch/c, sh/s, -ng/-n, l/n.
BY_EAR = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"))


@derived
def compound_surnames() -> frozenset[str]:
    """Surnames of two characters."""
    return frozenset(pack("matching-default")["names"]["compound_surnames"].split())


class Name(NamedTuple):
    """`written`: tidy, without remarks in brackets; `plain`: with simplified characters. `kind`: full, called (阿强,
    小王), titled (王姐) or spelled (pinyin). `core`: what stands beside a form of address; of pinyin the sound with
    the surname last."""

    written: str
    plain: str
    kind: str
    sound: str
    core: str
    surname: str

    @property
    def full(self) -> bool:
        return self.kind in ("full", "spelled")

    @property
    def given(self) -> str:
        return self.plain[len(self.surname) :]


@lru_cache(maxsize=300_000)
def name_of(text: str) -> Name:
    written = tidy_name(REMARK.sub("", text)).replace("·", "")
    plain = simplified(written)
    if not HAN.search(plain):
        parts = re.findall(r"[^\W\d_]+", plain.lower())
        return Name(written, plain, "spelled", "".join(parts), "".join(parts[1:] + parts[:1]), "")
    kind, core = _kind(plain)
    compound = len(plain) > 2 and plain[:2] in compound_surnames()
    return Name(written, plain, kind, pinyin(plain)[0], core, plain[: 2 if compound else 1])


def _kind(plain: str) -> tuple[str, str]:
    if len(plain) == 2 and (plain[0] in BEFORE or plain[0] == plain[1]):
        return "called", plain[1]
    ending = next((end for end in AFTER if plain.endswith(end)), "")
    core = plain.removesuffix(ending)
    if ending and 0 < len(core) <= LONGEST_CALL:
        return "titled", core
    return "full", ""


@lru_cache(maxsize=30_000)
def syllable(character: str) -> str:
    return pinyin(character)[0]


@lru_cache(maxsize=10_000)
def by_ear(sound: str) -> str:
    for exact, heard in BY_EAR:
        sound = sound.replace(exact, heard)
    return sound


@lru_cache(maxsize=500_000)
def compare_names(one: Name, other: Name) -> str:
    """The code of what two names have in common."""
    if one.plain == other.plain:
        if not one.full:
            return "name_called_same"
        return "name_same" if one.written == other.written else "name_variant"
    if "spelled" in (one.kind, other.kind):
        said = {one.sound, one.core} if one.kind == "spelled" else {one.sound}
        heard = {other.sound, other.core} if other.kind == "spelled" else {other.sound}
        return "name_spelled" if said & heard else "name_differs"
    if one.full and other.full:
        return _full(one, other)
    if not one.full and not other.full:
        return "name_called_both" if one.core == other.core else "name_differs"
    return _called(other, one) if one.full else _called(one, other)


def _called(short: Name, full: Name) -> str:
    """What people may call `full`: 王姐, 阿强 and 小王 are said to 王自强."""
    core = short.core
    if short.kind == "titled":
        same_sound = len(core) == 1 and syllable(core) == syllable(full.surname)
        return "name_titled" if full.plain.startswith(core) or same_sound else "name_differs"
    if core in full.plain[1:]:
        return "name_called"
    if full.plain[0] == core:
        return "name_addressed"
    return "name_called_sound" if syllable(core) == syllable(full.plain[-1]) else "name_differs"


def _full(one: Name, other: Name) -> str:
    a, b = one.plain, other.plain
    if one.given + one.surname == b or other.given + other.surname == a:
        return "name_turned"
    longer, shorter = (a, b) if len(a) >= len(b) else (b, a)
    found = _as_long(a, b) if len(a) == len(b) else _lacking(longer, shorter)
    return found or ("name_surname" if one.surname == other.surname else "name_differs")


def _as_long(a: str, b: str) -> str:
    differing = [n for n in range(len(a)) if a[n] != b[n]]
    heard = [n for n in differing if syllable(a[n]) != syllable(b[n])]
    if not heard:
        return "name_sound"
    if all(by_ear(syllable(a[n])) == by_ear(syllable(b[n])) for n in heard):
        return "name_near"
    if len(differing) == 1:
        if len(a) == 2:
            return "name_close_short" if differing == [1] else ""
        return {0: "name_close_first", len(a) - 1: "name_close_last"}.get(differing[0], "name_close_middle")
    return ""


def _lacking(longer: str, shorter: str) -> str:
    """Of `longer` one character behind the surname is missing."""
    if len(longer) != len(shorter) + 1 or len(longer) < 3:
        return ""
    without = [longer[:n] + longer[n + 1 :] for n in range(1, len(longer))]
    if shorter in without:
        return "name_short"
    sounds = [[syllable(c) for c in name] for name in without]
    return "name_short_sound" if [syllable(c) for c in shorter] in sounds else ""
