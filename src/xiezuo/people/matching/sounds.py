"""A name by its plain characters and by its sound."""

import re
from functools import cache

from xiezuo.common.text import HAN, pinyin
from xiezuo.forms.packs import pack


@cache
def _plainer() -> dict[int, int]:
    variants = pack("variants-cn")
    return str.maketrans(variants["traditional"], variants["simplified"])


def simplified(text: str) -> str:
    """Traditional and variant characters as those of the mainland: 劉曉燕 → 刘晓燕."""
    return text if text.isascii() else text.translate(_plainer())


def sound_of(name: str) -> str:
    """A name as it is spoken, by which homophones and traditional characters fall together: 劉曉燕 → liuxiaoyan."""
    if HAN.search(name):
        return pinyin(simplified(name))[0]
    return re.sub(r"[\W\d_]+", "", name).lower()
