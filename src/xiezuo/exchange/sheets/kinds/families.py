"""Registers that list the members of a family below each other, each with the relation to its head."""

from __future__ import annotations

from typing import Any

from ..cells import cell_name
from ..context import TableContext
from ..grid import shown
from ..members import is_head
from ..model import Record
from ..text import squash, tidy
from ..values.names import parse_name, split_names
from ..vocabulary import relations, words
from .children import OF_CHILD, part_of
from .guardians import read_guardians
from .households import add_household, household_blocks
from .person_fields import compare_with_id, note_illegible, read_field
from .tags import read_tags

OF_MEMBER = tuple(name for name in OF_CHILD if name != "collector")
OWN = ("id_number", "phone")


def read_families(ctx: TableContext, lines: dict[int, dict[str, str]]) -> None:
    """A household for each line of its own (户主：王强　住址：甲村1号), and the people below it."""
    label: str | None = None
    rows: list[int] = []
    for row, kind in sorted(ctx.table.rows.kinds.items()):
        if row in lines:
            label, rows = f"户{row}", []
            _add_line(ctx, row, lines[row], label)
        elif kind == "data":
            rows.append(row)
            _add_members(ctx, row, label)
            read_guardians(ctx, row, rows, label or f"户{row}")
            ctx.take_row(row, except_for=("seq",))


def read_members(ctx: TableContext) -> None:
    """A household for each block of rows, or for each head of a family and the rows below."""
    for rows in _member_blocks(ctx):
        label = f"户{rows[0]}"
        for row in rows:
            _add_members(ctx, row, label)
            ctx.take_row(row)
        add_household(ctx, rows, label)


def _member_blocks(ctx: TableContext) -> list[list[int]]:
    """Blocks as the family's cells mark them; a block that names several heads is several families."""
    blocks: list[list[int]] = []
    for block in household_blocks(ctx):
        for row in block:
            head = is_head(shown(ctx.value(row, "relation")))
            first = row == block[0] and (head or len(block) > 1 or not _only_numbers(ctx))
            again = head and any(is_head(shown(ctx.value(other, "relation"))) for other in (blocks or [[]])[-1])
            if first or again or not blocks:
                blocks.append([row])
            else:
                blocks[-1].append(row)
    return blocks


def _only_numbers(ctx: TableContext) -> bool:
    """Whether no column says which rows are one family, so that only the head of each marks its beginning."""
    return not any(ctx.columns.col(name) for name in ("household_no", "head"))


def _add_line(ctx: TableContext, row: int, said: dict[str, str], label: str) -> None:
    col = min(col for col in ctx.grid.rows[row] if col in ctx.table.cols)
    values: dict[str, Any] = {}
    for name, written in said.items():
        values |= read_field(ctx, (row, col), name, written)
    cells = dict.fromkeys(values, cell_name(row, col))
    ctx.records.append(Record("household", ctx.sheet, row, values, cell_name(row, col), None, label, None, cells))
    ctx.table.rows.kinds[row] = "household"
    for own, written_there in ctx.grid.rows[row].items():
        (ctx.gave if isinstance(written_there, str) and own in ctx.table.cols else ctx.taken)(row, own)


def _add_members(ctx: TableContext, row: int, label: str | None) -> None:
    col = ctx.columns.col("name")
    value = ctx.grid.own(row, col) if col else None
    if col is None or value is None:
        return
    names = split_names(shown(value)) or [shown(value)]
    if len(names) > 1:
        ctx.problem((row, col), "multiple_people_in_cell", count=len(names))
    for i, written in enumerate(names):
        _add_member(ctx, (row, col), written, (i, len(names)), label)


def _add_member(
    ctx: TableContext, at: tuple[int, int], written: str, place: tuple[int, int], label: str | None
) -> None:
    row, col = at
    name = parse_name(written)
    note_illegible(ctx, at, name)
    values: dict[str, Any] = dict(name.values)
    cells = dict.fromkeys(values, cell_name(row, col))
    for field_name in OF_MEMBER:
        own = ctx.columns.col(field_name)
        value = ctx.grid.value(row, own) if own else None
        if own is None or value is None:
            continue
        if field_name in OWN and _is_of_all(ctx, own):
            ctx.not_read(row, own)
            continue
        part, shared = part_of(value, *place) if field_name != "note" else (value, False)
        for key, read in read_field(ctx, (row, own), field_name, part, shared).items():
            values.setdefault(key, read)
            cells.setdefault(key, cell_name(row, own))
    relation = tidy(shown(ctx.value(row, "relation")))
    if squash(relation) not in words("blank") | {""}:
        values["relation"] = relations().get(squash(relation), relation)
        cells["relation"] = ctx.cell(row, "relation") or cell_name(row, col)
    read_tags(ctx, [row], values, cells)
    id_col = ctx.columns.col("id_number")
    compare_with_id(ctx, (row, id_col) if id_col else None, values)
    if values:
        role = "guardian" if _is_adult(relation) else "child"
        ctx.records.append(Record("person", ctx.sheet, row, values, cell_name(row, col), role, label, None, cells))


def _is_of_all(ctx: TableContext, col: int) -> bool:
    """One telephone merged over all members is nobody's in particular."""
    return any(c1 == col and ctx.table.header.last < r1 < r2 for r1, c1, r2, _ in ctx.grid.merges)


def _is_adult(relation: str) -> bool:
    """Relations to the head of the family that only grown-ups have: 户主, 之妻, 户主之母."""
    said = squash(relation)
    bare = said.removeprefix("户主").removeprefix("之") or said
    return is_head(said) or bare in words("adults") or bare in relations()
