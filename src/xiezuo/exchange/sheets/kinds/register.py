"""Registers of families and lists of clients: children, their guardians, and households over several rows."""

from __future__ import annotations

from ..cells import cell_name
from ..checks.same_person import check_same_children
from ..checks.totals import add_plain_sums
from ..context import TableContext
from ..fields import ADDRESS_PART
from ..grid import shown
from ..layout.household_lines import FAMILY_LINES, household_lines
from ..members import lists_members
from ..model import Record
from ..text import squash
from ..values.guardians import parse_guardian
from ..values.names import clean_name
from ..vocabulary import words
from .children import OF_CHILD, OF_CLIENT, read_children
from .families import read_families, read_members
from .guardians import ROLES, add_relation, read_guardians
from .households import OF_HOUSEHOLD, add_household, household_blocks
from .person_fields import read_phone
from .sections import add_section


def read_register(ctx: TableContext) -> None:
    """Children, guardians and households, block by block."""
    lines = household_lines(ctx.grid, ctx.table)
    if len(lines) >= FAMILY_LINES:
        read_families(ctx, lines)
    elif lists_members(ctx.grid, ctx.table, ctx.columns):
        read_members(ctx)
    else:
        for rows in household_blocks(ctx):
            _read_block(ctx, rows, f"户{rows[0]}")
    check_same_children(ctx)
    add_plain_sums(ctx)


def _read_block(ctx: TableContext, rows: list[int], label: str) -> None:
    for row in rows:
        read_children(ctx, row, OF_CHILD, label)
        _mark(ctx, row)
    for row in rows:
        read_guardians(ctx, row, rows, label)
    add_household(ctx, rows, label)


def _mark(ctx: TableContext, row: int) -> None:
    """Cells of the row that belong to the child: imported."""
    for col, name in ctx.columns.fields.items():
        if (
            name not in (*OF_HOUSEHOLD, ADDRESS_PART)
            and not name.startswith(ROLES)
            and ctx.grid.own(row, col) is not None
        ):
            ctx.taken(row, col)


def read_clients(ctx: TableContext) -> None:
    """One client per row; a guardian is only named."""
    for row in ctx.table.data:
        before = len(ctx.records)
        read_children(ctx, row, OF_CLIENT, None)
        for record in ctx.records[before:]:
            _add_guardian(ctx, row, record)
            add_relation(ctx, row, record.values, record.cells)
            add_section(ctx, row, record, "class_name")
        ctx.take_row(row, except_for=("seq",))
    add_plain_sums(ctx)


def _add_guardian(ctx: TableContext, row: int, record: Record) -> None:
    col = ctx.columns.col("guardian")
    written = shown(ctx.grid.value(row, col)) if col else ""
    if col is None or not written:
        return
    name = clean_name(written)
    if any(sign.isdigit() for sign in name):
        person = parse_guardian(written)
        name = person.name.name or person.name.nickname or ""
        for key, read in read_phone(ctx, (row, col), person.phone).items():
            record.values.setdefault(key, read)
            record.cells.setdefault(key, cell_name(row, col))
    if name and squash(name) not in words("unknown") | words("absent_person") | words("blank"):
        record.values["guardian"] = name
        record.cells["guardian"] = cell_name(row, col)
