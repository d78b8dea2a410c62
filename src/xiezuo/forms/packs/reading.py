"""Reading the files of packs: those shipped, and those in the house's folder."""

import json
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings

from xiezuo.forms.packs.versions import HEAD, Edition, checksum

OWN = "packs"  # the folder in the house
NEEDED = ("kind", "version", "applies_to")
SUFFIXES = {".toml", ".json"}
Generation = tuple[str, int]


class PackBroken(Exception):
    """A pack of the house cannot be read: its file, and what is wrong with it."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path, self.why = path, why


def folder() -> Path:
    return Path(settings.XIEZUO_HOUSE.folder) / OWN


def own_packs() -> list[Path]:
    """The files in the house's own folder of packs."""
    return sorted(path for path in folder().glob("[!_]*") if path.suffix in SUFFIXES)


def generation() -> Generation:
    """Changes whenever a file comes into the house's folder or goes: what was derived from packs is derived anew."""
    path = folder()
    try:
        return str(path), path.stat().st_mtime_ns
    except FileNotFoundError:
        return str(path), 0


@cache
def _shipped() -> tuple[Edition, ...]:
    found = []
    for entry in files("xiezuo.forms.packs").iterdir():
        if Path(entry.name).suffix in SUFFIXES:
            text = entry.read_text(encoding="utf-8")
            found.append(Edition(json.loads(text) if entry.name.endswith(".json") else tomllib.loads(text)))
    return tuple(found)


def shipped_ids() -> frozenset[str]:
    return frozenset(one.pack_id for one in _shipped())


@lru_cache(maxsize=8)
def editions_in(at: Generation) -> tuple[Edition, ...]:
    """Every version, shipped and own, as the folder was at that generation. Raises PackBroken."""
    return (*_shipped(), *(_own(path) for path in own_packs()))


@lru_cache(maxsize=8)
def by_id(at: Generation) -> dict[str, tuple[Edition, ...]]:
    """Pack id → its versions, the one that wins first. Raises PackBroken."""
    found: dict[str, list[Edition]] = {}
    for one in editions_in(at):
        found.setdefault(one.pack_id, []).append(one)
    return {pack_id: tuple(sorted(all_, key=lambda one: one.order, reverse=True)) for pack_id, all_ in found.items()}


def _own(path: Path) -> Edition:
    body = _body_of(path)
    pack_id, _at, version = path.stem.partition("@")
    if body.get("id") != pack_id:
        raise PackBroken(path, f"id = {body.get('id')!r}")
    # What a copy leaves out of its head is as in the pack whose place it takes.
    body = _head_of(pack_id) | body
    if missing := [name for name in NEEDED if not body.get(name)]:
        raise PackBroken(path, f"{', '.join(missing)}?")
    if version and body.get("version") != version:
        raise PackBroken(path, f"version = {body.get('version')!r}")
    if version and body.get("checksum") != checksum(body):
        raise PackBroken(path, "checksum")
    return Edition(body, own=True, pinned=not version)


def _head_of(pack_id: str) -> dict[str, Any]:
    body = next((one.body for one in _shipped() if one.pack_id == pack_id), {})
    return {name: body[name] for name in HEAD if name in body and name != "checksum"}


def _body_of(path: Path) -> dict[str, Any]:
    try:
        written = path.read_text(encoding="utf-8")
        return dict(json.loads(written) if path.suffix == ".json" else tomllib.loads(written))
    except (OSError, ValueError) as error:
        raise PackBroken(path, str(error)) from error
