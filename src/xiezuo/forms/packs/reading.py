"""Reading the files of packs: those shipped, and those in the house's folder."""

import json
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings

from xiezuo.forms.packs.verifying import problems_of
from xiezuo.forms.packs.versions import HEAD, Edition, checksum, numbers
from xiezuo.forms.vocab import PackKind

OWN = "packs"  # the folder in the house
KEPT = "_shipped"  # in it, what earlier versions of the product brought
NEEDED = ("kind", "version", "applies_to")
SUFFIXES = {".toml", ".json"}
Generation = tuple[str, int]


class PackBroken(Exception):
    """A pack of the house cannot be read: its file, and what is wrong with it (told in the language of whoever asks)."""

    def __init__(self, path: Path, why: object) -> None:
        super().__init__(f"{path}: {why}")
        self.path, self.why = path, why

    def __str__(self) -> str:
        return f"{self.path}: {self.why}"


def folder() -> Path:
    return _own_of(settings.XIEZUO_HOUSE.folder)


@lru_cache(maxsize=8)
def _own_of(house: Path) -> Path:
    """Asked with every word of a pack."""
    return Path(house) / OWN


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


def all_shipped() -> tuple[Edition, ...]:
    """Every pack of the product as it is installed."""
    return _shipped()


def _kept() -> list[Edition]:
    """Versions that an earlier product brought, older than those of this one; what cannot be read is left out.

    Those of a pack that the product brings no more are only there for records of their time.
    """
    now = {one.pack_id: numbers(one.version) for one in _shipped()}
    found = []
    for path in sorted((folder() / KEPT).glob("[!_]*@*.json")):
        with suppress(PackBroken):
            body = _body_of(path)
            if body.get("checksum") == checksum(body) and not problems_of(body, _shared_blocks()):
                found.append(Edition(body, gone=body["id"] not in now))
    return [one for one in found if one.gone or numbers(one.version) < now[one.pack_id]]


def shipped_ids() -> frozenset[str]:
    return frozenset(one.pack_id for one in _shipped())


@dataclass(frozen=True)
class Read:
    """`by_id`: the versions of each pack, the one that wins first. `broken`: of packs whose file cannot be read, why."""

    by_id: dict[str, tuple[Edition, ...]]
    broken: dict[str, PackBroken]


@lru_cache(maxsize=8)
def everything(at: Generation) -> Read:
    """Every version of every pack, shipped and own, as the folder was at that generation."""
    found: dict[str, list[Edition]] = {}
    broken = {}
    for one in [*_shipped(), *_kept()]:
        found.setdefault(one.pack_id, []).append(one)
    for path in own_packs():
        try:
            own = _own(path)
        except PackBroken as why:
            broken[path.stem.partition("@")[0]] = why
        else:
            found.setdefault(own.pack_id, []).append(own)
    by_id = {pack_id: tuple(sorted(all_, key=lambda one: one.order, reverse=True)) for pack_id, all_ in found.items()}
    return Read(by_id, broken)


def versions(pack_id: str) -> tuple[Edition, ...]:
    """The versions of one pack, the one that wins first; empty when there is none. Raises PackBroken."""
    read = everything(generation())
    if pack_id in read.broken:
        raise read.broken[pack_id]
    return read.by_id.get(pack_id, ())


def all_ids() -> list[str]:
    """Ids of all packs that can be read; what cannot is told by whoever asks for it, and by `xiezuo check`."""
    read = everything(generation())
    return sorted(read.by_id.keys() - read.broken.keys())


def broken_packs() -> list[PackBroken]:
    """Packs of the house that cannot be read, and why."""
    return list(everything(generation()).broken.values())


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
    if problems := problems_of(body, _shared_blocks()):
        raise PackBroken(path, problems[0])
    return Edition(body, own=True, pinned=not version)


@cache
def _shared_blocks() -> dict[str, Any]:
    """Blocks of the shipped forms, which forms of the house may use too."""
    found: dict[str, Any] = {}
    for one in _shipped():
        found |= one.body.get("blocks") or {} if one.kind == PackKind.FORMS else {}
    return found


def _head_of(pack_id: str) -> dict[str, Any]:
    body = next((one.body for one in _shipped() if one.pack_id == pack_id), {})
    return {name: body[name] for name in HEAD if name in body and name != "checksum"}


def _body_of(path: Path) -> dict[str, Any]:
    try:
        written = path.read_text(encoding="utf-8")
        return dict(json.loads(written) if path.suffix == ".json" else tomllib.loads(written))
    except (OSError, ValueError) as error:
        raise PackBroken(path, str(error)) from error
