"""Code lists beside a table: which column they are for, and what a code stands for."""

from __future__ import annotations

from collections.abc import Sequence

from .columns import Columns
from .grid import Grid, shown
from .layout.headings import concepts_of
from .layout.sides import SideList
from .layout.tables import Table
from .text import squash

FITS = 0.9
FROM_LIST = 0.6  # of the cells of a column, for a list without a telling heading to be its list
CODED = ("service_line", "activity_type")


def codes_for(sides: list[SideList], concept: str) -> list[SideList]:
    """The lists whose heading names this field."""
    return [side for side in sides if concepts_of(side.heading).get(concept, 0.0) >= FITS]


def lists_for(grid: Grid, sides: list[SideList], col: int | None, rows: list[int], concept: str) -> list[SideList]:
    """The code lists of a column: by their heading, else by what stands in the column."""
    named = codes_for(sides, concept)
    if named or col is None:
        return _with_meanings(named, sides)
    others = [side for side in sides if not any(codes_for([side], other) for other in CODED)]
    return _with_meanings([side for side in others if _from_list(grid, col, rows, side)], others)


def _with_meanings(found: list[SideList], sides: list[SideList]) -> list[SideList]:
    """A list of codes brings the column of their meanings, and the other way round."""
    beside = {side.col for side in found}
    return [side for side in sides if side in found or side.col + 1 in beside or side.col - 1 in beside]


def _from_list(grid: Grid, col: int, rows: list[int], side: SideList) -> bool:
    written = [squash(shown(value)) for row in rows if (value := grid.value(row, col)) is not None]
    known = set(map(squash, side.values))
    return len(known) > 1 and bool(written) and sum(text in known for text in written) >= FROM_LIST * len(written)


def place_by_codes(grid: Grid, sides: Sequence[SideList], table: Table, columns: Columns) -> None:
    """A column filled from a code list of no name is the service line, where no other column is."""
    if columns.col("service_line"):
        return
    nameless = [side for side in sides if not any(codes_for([side], name) for name in CODED)]
    for col in table.header.paths:
        held = columns.fields.get(col)
        if held in (None, "activity_type") and any(_from_list(grid, col, table.data, side) for side in nameless):
            if held:
                columns.rename({held: "service_line"})
            else:
                columns.place(col, "service_line")
            return
