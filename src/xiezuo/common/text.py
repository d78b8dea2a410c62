"""Chinese names made comparable: width, spaces, middle dots, pinyin in full and by initials."""

import re
import unicodedata
from functools import lru_cache

from pypinyin import lazy_pinyin

# Ａ-Ｚ, ａ-ｚ and ０-９ lie this far from their half-width forms.
WIDTH = 0xFEE0
HALF_WIDTH = {code + WIDTH: code for code in range(0x30, 0x7B) if chr(code).isalnum()}
MIDDLE_DOTS = dict.fromkeys(map(ord, "·•・‧∙⋅."), "·")
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
PLAIN_NAME = re.compile(r"[\u4e00-\u9fff]+")  # nearly every name; there is nothing to tidy in it


def tidy(text: str) -> str:
    """One kind of space, none at the ends, letters and digits half-width; Chinese punctuation stays as it is."""
    return re.sub(r"\s+", " ", text.translate(HALF_WIDTH)).strip()


def bare(code: str) -> str:
    """A number or code for checking: half-width, no spaces, capitals."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", code)).upper()


def tidy_name(name: str) -> str:
    """A name as it is kept: tidy, no spaces between Chinese characters, the middle dot always `·`, and none of the marks
    that nobody sees (zero width, direction of writing), by which two equal names would differ."""
    if PLAIN_NAME.fullmatch(name):
        return name
    name = tidy("".join(sign for sign in name if unicodedata.category(sign) != "Cf"))
    if HAN.search(name):
        name = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", name)
        name = name.translate(MIDDLE_DOTS)
    return name


def says_a_name(text: str) -> bool:
    """Whether there is anything in it that someone could be called by: ＊ and ？ are no names, a sunflower may be one."""
    return any(category[0] in "LN" or category == "So" for category in map(unicodedata.category, text))


@lru_cache(maxsize=4096)
def pinyin(name: str) -> tuple[str, str]:
    """Full pinyin and initials of a name in small letters: 付晓燕 → ("fuxiaoyan", "fxy")."""
    syllables = lazy_pinyin(name, errors="ignore")
    return "".join(syllables).lower(), "".join(syllable[:1] for syllable in syllables).lower()


def digits(text: str) -> str:
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", text))
