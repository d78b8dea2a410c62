"""Packs: what differs by place, year or funder, as data with a source.

Those shipped with the product lie here. A copy with the same name in the folder `packs` of the house takes the place of
the shipped one; it is read when the house starts.
"""

import json
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings

OWN = "packs"  # the folder in the house


class PackBroken(Exception):
    """A pack of the house cannot be read: its file, and what is wrong with it."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path, self.why = path, why


@cache
def pack(pack_id: str) -> dict[str, Any]:
    """The pack with this id, the house's own copy first. Raises FileNotFoundError when there is none, PackBroken when
    the house's copy cannot be read."""
    for path in own_packs():
        if path.stem == pack_id:
            return _read_own(path)
    folder = files(__name__)
    written = folder / f"{pack_id}.json"
    if written.is_file():
        return dict(json.loads(written.read_text(encoding="utf-8")))
    return tomllib.loads((folder / f"{pack_id}.toml").read_text(encoding="utf-8"))


def own_packs() -> list[Path]:
    """The files in the house's own folder of packs."""
    folder = settings.XIEZUO_HOUSE.folder / OWN
    return sorted(path for path in folder.glob("*") if path.suffix in {".toml", ".json"})


def _read_own(path: Path) -> dict[str, Any]:
    try:
        written = path.read_text(encoding="utf-8")
        found = dict(json.loads(written) if path.suffix == ".json" else tomllib.loads(written))
    except (OSError, ValueError) as error:
        raise PackBroken(path, str(error)) from error
    if found.get("id") != path.stem:
        raise PackBroken(path, f"id = {found.get('id')!r}")
    return found


@cache
def codes(code_list: str) -> dict[str, dict[str, str]]:
    """The values of an official code list: code → {"zh": …, "en": …}. Raises KeyError when no pack has it."""
    if code_list == "county":
        places = pack("places-cn")["places"]
        return {code: {"zh": name, "en": name} for code, name in places.items() if len(code) == 6}
    return dict(pack("codes-core")["codes"][code_list]["values"])


@cache
def packs_of(kind: str) -> list[dict[str, Any]]:
    """Every pack of a kind, by id; of those shipped, the house's own copy where there is one."""
    folder = files(__name__)
    names = sorted(
        entry.name.rpartition(".")[0] for entry in folder.iterdir() if entry.name.endswith((".json", ".toml"))
    )
    return [found for name in names if (found := pack(name))["kind"] == kind]
