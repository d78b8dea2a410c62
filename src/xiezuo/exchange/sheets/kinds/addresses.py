"""Addresses in several columns: 楼栋 | 单元 | 房号."""

from __future__ import annotations

import re
from typing import Any

from ..cells import cell_name
from ..context import TableContext
from ..fields import ADDRESS_PART
from ..grid import shown
from ..layout.headings import bare
from ..text import squash, tidy
from ..vocabulary import words

NUMBER = re.compile(r"[0-9A-Za-z]+")
LAST_SIGN = {
    "楼栋": "栋",
    "栋": "栋",
    "栋号": "栋",
    "幢": "幢",
    "幢号": "幢",
    "楼号": "号楼",
    "楼": "号楼",
    "单元": "单元",
    "单元号": "单元",
}


def add_address(ctx: TableContext, rows: list[int], values: dict[str, Any], cells: dict[str, str]) -> None:
    """Put the parts together where no column holds the whole address: 3 | 2 | 501 → 3栋2单元501."""
    if "address" in values:
        return
    parts: list[str] = []
    for col, name in sorted(ctx.columns.fields.items()):
        row = next((row for row in rows if ctx.grid.value(row, col) is not None), None)
        if name != ADDRESS_PART or row is None:
            continue
        text = tidy(shown(ctx.grid.value(row, col)))
        if squash(text) in words("blank"):
            continue
        sign = LAST_SIGN.get(bare("".join(ctx.table.header.paths[col][-1:])), "")
        parts.append(f"{text}{sign}" if NUMBER.fullmatch(text) else text)
        cells.setdefault("address", cell_name(*ctx.grid.anchor(row, col)))
        for own in rows:
            if ctx.grid.own(own, col) is not None:
                same = squash(shown(ctx.grid.own(own, col))) == squash(text)
                (ctx.gave if same else ctx.taken)(own, col)
    if parts:
        values["address"] = "".join(parts)
