"""Which cells were read, and what each is: marks for up to two million cells, small enough to be held all at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

Cell = tuple[int, int]


class Cells:
    """A set of cells. For each row one number whose bits are the columns: a pair for every cell would take gigabytes."""

    def __init__(self, cells: Iterable[Cell] = ()) -> None:
        self._rows: dict[int, int] = defaultdict(int)
        self.update(cells)

    def add(self, cell: Cell) -> None:
        self._rows[cell[0]] |= 1 << cell[1]

    def update(self, cells: Iterable[Cell]) -> None:
        for cell in cells:
            self.add(cell)

    def __contains__(self, cell: Cell) -> bool:
        return bool(self._rows.get(cell[0], 0) >> cell[1] & 1)

    def __sub__(self, other: Cells) -> Cells:
        return Cells.of({row: cols & ~other._rows.get(row, 0) for row, cols in self._rows.items()})

    @staticmethod
    def of(rows: dict[int, int]) -> Cells:
        made = Cells()
        made._rows.update(rows)
        return made

    @staticmethod
    def union(several: Iterable[Cells]) -> Cells:
        made = Cells()
        for cells in several:
            for row, cols in cells._rows.items():
                made._rows[row] |= cols
        return made


class Regions:
    """What cells are: a word for a stretch of a row; what was said last holds."""

    def __init__(self) -> None:
        self._rows: dict[int, list[tuple[range, str]]] = {}

    def mark(self, row: int, cols: range, region: str) -> None:
        self._rows.setdefault(row, []).append((cols, region))

    def __setitem__(self, cell: Cell, region: str) -> None:
        self.mark(cell[0], range(cell[1], cell[1] + 1), region)

    def __contains__(self, cell: Cell) -> bool:
        return self.get(cell) != ""

    def get(self, cell: Cell) -> str:
        """The region of a cell; empty where none was said."""
        return next((region for cols, region in reversed(self._rows.get(cell[0], ())) if cell[1] in cols), "")
