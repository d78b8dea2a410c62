"""Packs: what differs by place, year or funder, as data with a source. This reads those shipped with the product."""

import json
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def pack(pack_id: str) -> dict[str, Any]:
    """The shipped pack with this id. Raises FileNotFoundError when there is none."""
    folder = files(__name__)
    written = folder / f"{pack_id}.json"
    if written.is_file():
        return dict(json.loads(written.read_text(encoding="utf-8")))
    return tomllib.loads((folder / f"{pack_id}.toml").read_text(encoding="utf-8"))


@cache
def codes(code_list: str) -> dict[str, dict[str, str]]:
    """The values of an official code list: code → {"zh": …, "en": …}. Raises KeyError when no pack has it."""
    if code_list == "county":
        places = pack("places-cn")["places"]
        return {code: {"zh": name, "en": name} for code, name in places.items() if len(code) == 6}
    return dict(pack("codes-core")["codes"][code_list]["values"])


@cache
def packs_of(kind: str) -> list[dict[str, Any]]:
    """Every shipped pack of a kind, by id."""
    folder = files(__name__)
    names = sorted(
        entry.name.rpartition(".")[0] for entry in folder.iterdir() if entry.name.endswith((".json", ".toml"))
    )
    return [found for name in names if (found := pack(name))["kind"] == kind]
