"""Columns that their figures give away: what is left after what came and went, hours between two times."""

from __future__ import annotations

from itertools import pairwise, permutations

from .columns import Columns
from .grid import Grid
from .layout.headings import EXACT, is_measure_heading, path_concepts
from .layout.profile import share
from .layout.tables import Table
from .values.clock import hours_between, parse_clock
from .values.numbers import parse_number

FIGURES = 0.6  # of what a column says
FEWEST = 3  # rows in which it must come out even
EVEN = 0.8  # share of the rows
MOST_COLUMNS, MOST_ROWS = 8, 60
Figures = dict[int, list[float]]
# Kind → the fields of what came, what went and what is left.
FLOWS = {"cash": ("income", "expense", "balance"), "stock": ("qty_in", "qty_out", "balance")}


def place_by_arithmetic(kind: str, grid: Grid, table: Table, columns: Columns, wanted: dict[str, str]) -> None:
    """Give columns to fields where the figures come out even; a heading that says otherwise is not overruled."""
    known = [columns.col(name) is not None for name in FLOWS.get(kind, ())]
    if any(known) and not all(known):
        _place_flow(FLOWS[kind], kind == "stock", grid, table, columns, wanted)
    if kind == "volunteer_hours_list" and columns.col("hours") is None:
        _place_hours(grid, table, columns, wanted)


def _place_flow(
    names: tuple[str, str, str], by_row: bool, grid: Grid, table: Table, columns: Columns, wanted: dict[str, str]
) -> None:
    rows = table.data[:MOST_ROWS]
    free = {
        col: name
        for col in table.cols
        if (name := columns.fields.get(col)) in (None, *names) and _holds_figures(columns, col)
        if name or not _says_something_else(table, col)
    }
    figures = {col: [parse_number(grid.value(row, col), "money").value or 0.0 for row in rows] for col in free}
    comes_out = _within_rows if by_row else _from_row_to_row
    for cols in permutations(list(free)[:MOST_COLUMNS], len(names)):
        agree = all(
            free[col] in (None, name) and columns.col(name) in (None, col)
            for col, name in zip(cols, names, strict=True)
        )
        if agree and comes_out(figures, *cols):
            for col, name in zip(cols, names, strict=True):
                columns.place(col, name)
                columns.concepts[wanted[name]] = 1.0
            return


def _says_something_else(table: Table, col: int) -> bool:
    path = table.header.paths.get(col, ())
    counted = bool(path) and is_measure_heading(path[-1])
    return counted or max(path_concepts(path).values(), default=0.0) >= EXACT


def _holds_figures(columns: Columns, col: int) -> bool:
    counts = columns.profiles[col]
    return counts["n"] > 0 and share(counts, "number") >= FIGURES and not share(counts, "date") >= EVEN


def _from_row_to_row(figures: Figures, came: int, went: int, left: int) -> bool:
    """Each line's rest is the rest of the line before, and what came, without what went."""
    lines = list(zip(figures[came], figures[went], figures[left], strict=True))
    even = [abs(before[2] + line[0] - line[1] - line[2]) < 0.005 for before, line in pairwise(lines)]
    return _moves(figures, came, went, left) and _mostly(even)


def _within_rows(figures: Figures, came: int, went: int, left: int) -> bool:
    lines = zip(figures[came], figures[went], figures[left], strict=True)
    return _moves(figures, came, went, left) and _mostly([abs(a - b - c) < 0.005 for a, b, c in lines])


def _moves(figures: Figures, *cols: int) -> bool:
    return all(any(figures[col]) for col in cols)


def _mostly(even: list[bool]) -> bool:
    return len(even) >= FEWEST - 1 and sum(even) >= EVEN * len(even)


def _place_hours(grid: Grid, table: Table, columns: Columns, wanted: dict[str, str]) -> None:
    """The column that holds what lies between start and end."""
    start, end = columns.col("start"), columns.col("end")
    if start is None or end is None:
        return
    between: dict[int, float] = {}
    for row in table.data[:MOST_ROWS]:
        from_, to = parse_clock(grid.value(row, start)), parse_clock(grid.value(row, end))
        if from_ and to and (hours := hours_between(from_, to)) is not None:
            between[row] = hours

    def fits(col: int) -> int:
        return sum(parse_number(grid.own(row, col), "hours").value == hours for row, hours in between.items())

    free = [col for col in table.cols if col not in columns.fields]
    best = max(free, key=fits, default=None)
    if best is not None and fits(best) >= max(FEWEST, FIGURES * len(between)) and columns.place(best, "hours"):
        columns.concepts[wanted["hours"]] = 1.0
