"""Names by their sound: traditional characters and homophones fall together."""

from __future__ import annotations

from functools import lru_cache

from pypinyin import lazy_pinyin


@lru_cache(maxsize=50_000)
def sounds_like(name: str) -> str:
    """陳思遠, 陈思远 → chensiyuan."""
    return "".join(lazy_pinyin(name)).lower().replace("·", "")
