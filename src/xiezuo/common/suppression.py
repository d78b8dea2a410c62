"""Small-cell suppression (SUP-1): which cells of a table of people are hidden before it leaves the house.

A table is published with its totals. Numbers from 1 to k - 1 are hidden; 0 is shown. More are hidden until none of
the small ones follows from the rest: whoever adds and subtracts finds at least two values for each of them.
Numbers that count someone in several cells (people by site) are protected as if they added up, which hides no less.
"""

from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush
from itertools import count

Cell = tuple[int, int]
Node = tuple[str, int]
Way = list[Cell]


class Table:
    """Cells with the totals as a last row and a last column.

    Every line adds up to nothing once the totals carry the other sign, so that raising a cell by one is balanced by
    a way through the table: down in one line, up in the next, and back.
    """

    def __init__(self, cells: Sequence[Sequence[int]]) -> None:
        self.cells = cells
        self.last_row, self.last_column = len(cells) - 1, len(cells[0]) - 1

    def __iter__(self) -> Iterator[Cell]:
        return ((r, c) for r in range(self.last_row + 1) for c in range(self.last_column + 1))

    def __getitem__(self, cell: Cell) -> int:
        return self.cells[cell[0]][cell[1]]

    def is_total(self, cell: Cell) -> bool:
        return (cell[0] == self.last_row) != (cell[1] == self.last_column)

    def is_whole(self, cell: Cell) -> bool:
        return cell == (self.last_row, self.last_column)

    def may_move(self, cell: Cell, up: bool) -> bool:
        """A number of people may always be one more, and one less unless it is 0. Totals move the other way."""
        return (up != self.is_total(cell)) or self[cell] > 0

    def price(self, cell: Cell) -> int:
        """What hiding the cell costs the reader: small numbers first, then noughts, totals only where nothing else
        helps, the number for all together hardly ever."""
        whole = self.cells[self.last_row][self.last_column] + 1
        if self.is_whole(cell):
            return whole**3
        if self.is_total(cell):
            return whole**2 + self[cell]
        return self[cell] or whole

    def way(self, cell: Cell, up: bool, hidden: set[Cell], free: Iterable[Cell]) -> tuple[int, Way] | None:
        """The cheapest way to balance a move of `cell` by one over hidden cells and cells `free` to be hidden."""
        start, goal = ("column", cell[1]), ("row", cell[0])
        usable = ({*free} | hidden) - {cell}
        number = count()
        waiting: list[tuple[int, int, Node, Way]] = [(0, next(number), start, [])]
        seen = set()
        while waiting:
            paid, _n, node, way = heappop(waiting)
            if node == goal:
                return paid, way
            if node in seen:
                continue
            seen.add(node)
            # A column that gained must lose in another of its cells; the row of that one must gain again.
            next_up = (not up) if node[0] == "column" else up
            for other in usable:
                if (other[1] if node[0] == "column" else other[0]) != node[1] or not self.may_move(other, next_up):
                    continue
                onward = ("row", other[0]) if node[0] == "column" else ("column", other[1])
                price = 0 if other in hidden else self.price(other)
                heappush(waiting, (paid + price, next(number), onward, [*way, other]))
        return None

    def open_to_guessing(self, small: Iterable[Cell], hidden: set[Cell]) -> list[Cell]:
        """Those of `small` whose one possible value follows from what is shown."""
        return [c for c in small if not any(self.way(c, up, hidden, ()) for up in (True, False))]


def small_cells(cells: Sequence[Sequence[int]], k: int) -> set[Cell]:
    """Every number from 1 to k - 1, totals included."""
    return {(r, c) for r, row in enumerate(cells) for c, n in enumerate(row) if 0 < n < k}


def hidden_cells(
    cells: Sequence[Sequence[int]], k: int, *, unpublished: Iterable[Cell] = (), before: Iterable[Cell] = ()
) -> set[Cell]:
    """The cells to hide of a table whose last row and column are its totals.

    `unpublished` never appear at all; `before` were hidden in an earlier release of this table and stay hidden, so
    that the two together tell no more than one.
    """
    table, aside = Table(cells), {*unpublished}
    small = small_cells(cells, k) - aside
    hidden = small | aside | {*before}
    for cell in sorted(small, key=lambda c: (-table[c], c)):
        if not table.open_to_guessing([cell], hidden):
            continue
        ways = [way for up in (True, False) if (way := table.way(cell, up, hidden, table))]
        hidden |= {*min(ways, key=lambda way: way[0])[1]} if ways else {*table}
    return hidden - aside


def hidden_in_list(numbers: Sequence[int], whole: int, k: int, *, before: Iterable[int] = ()) -> set[int]:
    """The places to hide of a list published with its total; the place after the last one is the total's.

    A list is a table of one row whose column totals are never published.
    """
    row = [*numbers, whole]
    below = [(1, c) for c in range(len(row))]
    hidden = hidden_cells([row, row], k, unpublished=below, before=[(0, c) for c in before])
    return {c for _r, c in hidden}
