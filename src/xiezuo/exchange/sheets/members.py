"""Whether a table lists the members of families one below the other, by their relation to the head."""

from __future__ import annotations

from .columns import Columns
from .grid import Grid, shown
from .layout.tables import Table
from .text import squash
from .vocabulary import relations, words

HEADS = 2  # as many heads at least, before the rows below them are their families


def is_head(relation: str) -> bool:
    """户主, 本人, 户主本人."""
    return squash(relation) in words("heads")


def lists_members(grid: Grid, table: Table, columns: Columns) -> bool:
    """Heads and others, told by the column of relations; nobody's guardian has a column."""
    col = columns.col("relation")
    if col is None or any(columns.col(name) for name in ("guardian", "father", "father_name", "mother_name", "mother")):
        return False
    said = [squash(shown(value)) for row in table.data if (value := grid.own(row, col)) is not None]
    heads = sum(is_head(relation) for relation in said)
    if columns.col("head") and said:
        return all(is_head(relation) or _in_family(relation) for relation in said)
    return heads >= min(HEADS, len(said)) and 0 < heads < len(said)


def _in_family(relation: str) -> bool:
    bare = relation.removeprefix("户主").removeprefix("之")
    return bare in words("adults") | words("descendants") or bare in relations()
