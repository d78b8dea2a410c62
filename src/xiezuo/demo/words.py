"""The words of the sample organisation, from words.toml."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words() -> dict[str, Any]:
    return tomllib.loads((files(__name__.rpartition(".")[0]) / "words.toml").read_text(encoding="utf-8"))
