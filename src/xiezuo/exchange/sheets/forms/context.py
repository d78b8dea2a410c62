"""A form being read: the same notes as for a table, without columns."""

from __future__ import annotations

from collections import Counter, defaultdict

from ..columns import Columns
from ..context import TableContext
from ..grid import Grid
from ..layout.header import Header
from ..layout.rows import Rows
from ..layout.tables import Table


def form_context(sheet: str, grid: Grid, kind: str, year: int | None) -> TableContext:
    """``year``: the one the sheet speaks of in its name or titles."""
    table = Table(range(1, grid.n_cols + 1), Header(1, 0, {}), Rows({}), grid.n_rows)
    return TableContext(sheet, grid, table, Columns(profiles=defaultdict(Counter)), year, kind=kind)
