"""Columns that belong together: a sheet may hold a table, a list of codes beside it, and a second table."""

from __future__ import annotations

from collections import Counter

from ..grid import Grid


def column_bands(grid: Grid) -> list[range]:
    """Runs of used columns, parted by columns without any cell; titles merged over the gap do not join."""
    used = Counter(col for cells in grid.rows.values() for col in cells)
    if not used:
        return []
    bands: list[range] = []
    start = previous = min(used)
    for col in sorted(used):
        if col > previous + 1 and not _joined(grid, previous, col):
            bands.append(range(start, previous + 1))
            start = col
        previous = col
    bands.append(range(start, previous + 1))
    return bands


def _joined(grid: Grid, left: int, right: int) -> bool:
    """Whether cells are merged over the gap in several rows: no gap between tables."""
    spans = [span for span in grid.merges if span[1] <= left and span[3] >= right]
    rows = {span[0] for span in spans}
    return len(rows) >= 3


def cells_in(grid: Grid, cols: range) -> int:
    """Number of filled cells in these columns."""
    return sum(sum(col in cols for col in cells) for cells in grid.rows.values())
