"""What somebody is marked as: columns of ticks, and words in a column of their own."""

from __future__ import annotations

import re
from typing import Any

from ..cells import cell_name
from ..context import TableContext
from ..fields import tag_name
from ..grid import shown
from ..text import squash
from ..values.ticks import parse_tick
from ..vocabulary import table, words

SEVERAL = re.compile(r"[、，,/;；\n|]+")


def read_tags(
    ctx: TableContext, rows: list[int], values: dict[str, Any], cells: dict[str, str], of_family: bool = False
) -> None:
    """Add the tags of a person, or of the family that these rows are."""
    tags: list[str] = []
    for col, name in sorted(ctx.columns.fields.items()):
        if (name != "tags" and not name.startswith("tag_")) or _is_of_family(ctx, col, name) != of_family:
            continue
        for at in dict.fromkeys(ctx.grid.anchor(row, col) for row in rows):
            found = _tags_in(ctx, at, name)
            tags += [tag for tag in found if tag and tag not in tags]
            if found:
                cells["tags"] = cell_name(*at)
    if tags:
        values["tags"] = tags


def _is_of_family(ctx: TableContext, col: int, name: str) -> bool:
    """家庭情况, 家庭类型, and columns that are merged over the members of a family."""
    if ctx.kind != "client_register":
        return False
    heading = "".join(ctx.table.header.paths.get(col, ()))
    if name == "tags" and any(word in heading for word in table("words")["of_the_family"]):
        return True
    first, last = ctx.table.header.last, ctx.table.last
    return any(c1 == col and first < r1 < r2 <= last for r1, c1, r2, _ in ctx.grid.merges)


def _tags_in(ctx: TableContext, at: tuple[int, int], name: str) -> list[str]:
    value = ctx.grid.own(*at)
    if value is None:
        return []
    ctx.taken(*at)
    if name == "tags":
        told = [tag_name(part) for part in SEVERAL.split(shown(value)) if squash(part) not in words("blank")]
        if told:
            ctx.gave(*at)
        return told
    ticked = parse_tick(value)
    if ticked is None:
        ctx.problem(at, "value_unreadable", written=shown(value))
        ctx.not_read(*at)
    if ticked:
        ctx.gave(*at)
    return [name.removeprefix("tag_")] if ticked else []
