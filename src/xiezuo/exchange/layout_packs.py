"""Layouts as a pack: one JSON file that another house, or the command line, can read. No database."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xiezuo.exchange.sheets import LEVELS, KnownLayout
from xiezuo.exchange.sheets.choices import fields_of, kinds_of_tables

KIND = "layout"
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
VERSION = re.compile(r"\d+\.\d+")
HEAD = ("id", "kind", "title", "version", "source", "author", "licence", "parts")
MOST_PARTS, MOST_COLUMNS, MOST_ROWS = 500, 400, 6
LONGEST = 200
MAX_BYTES = 4 * 1024 * 1024


class BrokenPack(Exception):
    """A file that is no layout pack, or a broken one. `code` says why; `where` names the part or field concerned.

    Codes: not_json, not_a_pack, other_kind, field_missing, id_wrong, version_wrong, altered, no_parts, part_wrong,
    kind_unknown, field_unknown, field_twice, too_large.
    """

    def __init__(self, code: str, where: str = "") -> None:
        super().__init__(f"{code}: {where}" if where else code)
        self.code = code
        self.where = where


@dataclass(frozen=True)
class PackedLayout:
    """One part of a pack. `came_with`: id, version, author and licence of the pack."""

    title: str
    layout: KnownLayout
    came_with: dict[str, str]


def checksum(pack: dict[str, Any]) -> str:
    """SHA-256 over everything but the checksum itself, written with sorted names and without spaces."""
    content = {name: value for name, value in pack.items() if name != "checksum"}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def pack_of(titled: Sequence[tuple[str, KnownLayout]], **head: str) -> dict[str, Any]:
    """The pack of these layouts. `head`: id, title, version, author, licence, source, valid_from, changes."""
    parts = [_part(title, layout) for title, layout in titled]
    pack: dict[str, Any] = {
        "kind": KIND,
        "applies_to": "organisation",
        "mark": "unverified",
        "verified_on": "",
        "verified_by": "",
        **head,
        "parts": parts,
    }
    return pack | {"checksum": checksum(pack)}


def _part(title: str, layout: KnownLayout) -> dict[str, Any]:
    columns = [{"heading": key.split(LEVELS), "field": name} for key, name in layout.columns]
    return {
        "id": layout.id,
        "part": "adaptable",
        "title": title,
        "sheet_kind": layout.kind,
        "heading_rows": layout.height,
        "columns": columns,
    }


def layouts_in(content: bytes) -> list[PackedLayout]:
    """The layouts of a pack. Raises BrokenPack: nothing of a broken pack is taken."""
    if len(content) > MAX_BYTES:
        raise BrokenPack("too_large")
    try:
        pack = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BrokenPack("not_json") from error
    _check_head(pack)
    came_with = {name: str(pack[name])[:LONGEST] for name in ("id", "version", "author", "licence")}
    return [_layout(part, number, came_with) for number, part in enumerate(pack["parts"], 1)]


def _check_head(pack: Any) -> None:
    if not isinstance(pack, dict):
        raise BrokenPack("not_a_pack")
    if pack.get("kind") != KIND:
        raise BrokenPack("other_kind" if "kind" in pack else "not_a_pack", str(pack.get("kind", ""))[:40])
    if missing := next((name for name in HEAD if name not in pack), ""):
        raise BrokenPack("field_missing", missing)
    if not ID.fullmatch(str(pack["id"])):
        raise BrokenPack("id_wrong", str(pack["id"])[:60])
    if not VERSION.fullmatch(str(pack["version"])):
        raise BrokenPack("version_wrong", str(pack["version"])[:20])
    if not isinstance(pack["parts"], list) or not 0 < len(pack["parts"]) <= MOST_PARTS:
        raise BrokenPack("no_parts")
    if pack.get("checksum") != checksum(pack):
        raise BrokenPack("altered")


def _layout(part: Any, number: int, came_with: dict[str, str]) -> PackedLayout:
    title = str(part.get("title", ""))[:LONGEST] if isinstance(part, dict) else ""
    where = title or str(number)
    if not isinstance(part, dict) or not ID.fullmatch(str(part.get("id", ""))) or len(part["id"]) > 60:
        raise BrokenPack("part_wrong", where)
    kind, height, columns = part.get("sheet_kind"), part.get("heading_rows"), part.get("columns")
    if kind not in kinds_of_tables():
        raise BrokenPack("kind_unknown", where)
    if not (isinstance(height, int) and 1 <= height <= MOST_ROWS and isinstance(columns, list)):
        raise BrokenPack("part_wrong", where)
    if not 0 < len(columns) <= MOST_COLUMNS:
        raise BrokenPack("part_wrong", where)
    pairs = tuple(_column(column, str(kind), where) for column in columns)
    named = [name for _key, name in pairs if name and name != "tag"]
    if len(named) != len(set(named)):
        raise BrokenPack("field_twice", where)
    return PackedLayout(title or part["id"], KnownLayout(part["id"], str(kind), pairs, height), came_with)


def _column(column: Any, kind: str, where: str) -> tuple[str, str | None]:
    heading = column.get("heading") if isinstance(column, dict) else None
    if not (isinstance(heading, list) and heading and all(isinstance(row, str) for row in heading)):
        raise BrokenPack("part_wrong", where)
    key = LEVELS.join(heading)
    field = column.get("field")
    if len(key) > LONGEST:
        raise BrokenPack("part_wrong", where)
    if field not in (None, "", *fields_of(kind)):
        raise BrokenPack("field_unknown", f"{where}, {key[:40]}")
    return key, field
