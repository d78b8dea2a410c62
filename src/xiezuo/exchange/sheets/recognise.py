"""What a sheet is: its kind by the fields it has, its role by what is filled in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from .cells import column_number
from .fields import Columns, correct, map_columns, profiles_of
from .grid import Grid
from .layout.household_lines import FAMILY_LINES, household_lines
from .layout.tables import Table
from .layouts import TableLayout
from .sums import place_bare_totals
from .text import squash
from .values.dates import parse_date
from .vocabulary import table as data

NOTHING_SAID = TableLayout()
ENOUGH = 3.5
TITLE_POINTS = 2.0
COVERAGE_POINTS = 3.0
MERGED_HOUSEHOLDS = 4.0  # households over merged rows speak for a register as strongly as a column for the father
FULL_GUARDIAN_CELLS = 4.0
DATE_COLUMNS = 4  # headings that are days make a grid of people and dates


@dataclass
class Recognised:
    """The kind of a table and its columns as that kind understands them."""

    kind: str
    columns: Columns
    score: float


def recognise(grid: Grid, table: Table, names: list[str], said: TableLayout = NOTHING_SAID) -> Recognised:
    """What the table is and what its columns are: as people said, the rest most likely.

    ``names`` are the sheet's name and titles, and the file's name.
    """
    profiles = profiles_of(grid, table)
    found = _as_said(said.kind, table, profiles) if said.kind else _likeliest(grid, table, names, profiles)
    if found.kind == "activity_ledger":
        place_bare_totals(grid, table, found.columns)
    correct(found.columns, table, {column_number(letters): name for letters, name in said.columns.items()})
    return found


def _as_said(kind: str, table: Table, profiles: dict[int, Counter[str]]) -> Recognised:
    known = kind in data("kinds")
    return Recognised(kind, map_columns(kind, table, profiles) if known else Columns(profiles=profiles), ENOUGH)


def _likeliest(grid: Grid, table: Table, names: list[str], profiles: dict[int, Counter[str]]) -> Recognised:
    if _days_across(table):
        return Recognised("volunteer_crosstab", Columns(profiles=profiles), ENOUGH)
    best = Recognised("unknown", Columns(profiles=profiles), 0.0)
    for kind, spec in data("kinds").items():
        columns = map_columns(kind, table, profiles)
        if not all(any(concept in columns.concepts for concept in one_of) for one_of in _needs(spec, names)):
            continue
        score = sum(points for concept, points in spec["evidence"].items() if concept in columns.concepts)
        score += COVERAGE_POINTS * len(columns.fields) / max(1, len(table.header.paths))
        score += _title_points(spec, names) + _structure_points(kind, grid, table, columns)
        if score > max(best.score, ENOUGH):
            best = Recognised(kind, columns, score)
    if best.kind == "client_list" and len(household_lines(grid, table)) >= FAMILY_LINES:
        return Recognised("client_register", map_columns("client_register", table, profiles), best.score)
    return best


def _needs(spec: dict[str, Any], names: list[str]) -> list[list[str]]:
    """Concepts of which the table must have one of each list."""
    needs: list[list[str]] = spec["needs"]
    return [*needs, spec["title_or"]] if "title_or" in spec and not _title_points(spec, names) else needs


def _title_points(spec: dict[str, Any], names: list[str]) -> float:
    hit = any(squash(word) in squash(name) for word in spec["title"] for name in names)
    return float(spec.get("title_points", TITLE_POINTS)) if hit else 0.0


def _structure_points(kind: str, grid: Grid, table: Table, columns: Columns) -> float:
    if kind != "client_register":
        return 0.0
    points = 0.0
    name_col = columns.col("name")
    first, last = table.header.last, table.last
    blocks = {(r1, r2) for r1, c1, r2, c2 in grid.merges if r1 > first and r2 <= last and r2 > r1 and c1 != name_col}
    if len(blocks) >= 2:
        points += MERGED_HOUSEHOLDS
    col = columns.col("guardian")
    if col is not None and _holds_numbers(grid, col, table.data):
        points += FULL_GUARDIAN_CELLS
    return points


def _holds_numbers(grid: Grid, col: int, rows: list[int]) -> bool:
    """Whether most guardians are written with their numbers in the same cell."""
    texts = [value for row in rows if isinstance(value := grid.own(row, col), str)]
    return bool(texts) and sum(sum(c.isdigit() for c in text) >= 7 for text in texts) > len(texts) / 2


def _days_across(table: Table) -> bool:
    days = sum(any(parse_date(part).start or _day_only(part) for part in path) for path in table.header.paths.values())
    return days >= DATE_COLUMNS


def _day_only(text: str) -> bool:
    bare = squash(text)
    return bare[:-1].isdigit() and bare.endswith(("日", "号")) and len(bare) <= 3
