"""The words of imported sheets, from words.toml."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(about: str) -> dict[str, Any]:
    """The table `about` of words.toml. Raises KeyError when there is none."""
    text = (files("xiezuo.exchange") / "words.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)[about])


def site_core(written: str) -> str:
    """What is left of a site's name without its usual endings: 皮村童缘中心 → 皮村."""
    core = "".join(written.split())
    while True:
        ending = next((e for e in words("site")["endings"] if core.endswith(e) and len(core) > len(e) + 1), None)
        if ending is None:
            return core
        core = core[: -len(ending)]
