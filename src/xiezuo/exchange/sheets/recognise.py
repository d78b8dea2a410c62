"""What a sheet is: its kind by the fields it has, its role by what is filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from .by_arithmetic import place_by_arithmetic
from .cells import column_number
from .code_lists import place_by_codes
from .columns import Columns
from .fields import correct, map_columns, profiles_of
from .goods import place_goods
from .grid import Grid
from .hours_grid import grid_columns, is_hours_grid
from .layout.headings import EXACT, path_concepts
from .layout.household_lines import FAMILY_LINES, household_lines
from .layout.numbered import CHILD
from .layout.profile import share
from .layout.sides import SideList
from .layout.tables import Table
from .layouts import TableLayout
from .members import lists_members
from .sums import place_bare_totals
from .text import squash
from .vocabulary import table as data

NOTHING_SAID = TableLayout()
ENOUGH = 3.5
HALF = 0.5
TITLE_POINTS = 2.0
COVERAGE_POINTS = 3.0
MERGED_HOUSEHOLDS = 4.0  # households over merged rows speak for a register as strongly as a column for the father
FULL_GUARDIAN_CELLS = 4.0
SHARED_GUARDIANS = 6.0  # one guardian over the rows of several children, each of them named apart
OTHER_DAYS = -6.0  # days of joining or of birth are no days of service


@dataclass
class Recognised:
    """The kind of a table and its columns as that kind understands them."""

    kind: str
    columns: Columns
    score: float


def recognise(
    grid: Grid,
    table: Table,
    names: list[str],
    said: TableLayout = NOTHING_SAID,
    sides: Sequence[SideList] = (),
    never: Collection[str] = (),
) -> Recognised:
    """What the table is and what its columns are: as people said, the rest most likely.

    ``names`` are the sheet's name and titles, and the file's name; ``sides`` the code lists beside its tables;
    ``never`` the kinds that it was found not to be.
    """
    profiles = profiles_of(grid, table)
    found = _as_said(said.kind, grid, table, profiles) if said.kind else _likeliest(grid, table, names, profiles, never)
    if found.kind == "activity_ledger":
        place_bare_totals(grid, table, found.columns)
        place_by_codes(grid, sides, table, found.columns)
    correct(found.columns, table, {column_number(letters): name for letters, name in said.columns.items()})
    return found


def kind_of_workbook(kind: str) -> str:
    """The kind of workbook that a sheet of this kind belongs to: stock and cash to a ledger of aid."""
    return str(data("kinds").get(kind, {}).get("belongs_to", kind))


def _as_said(kind: str, grid: Grid, table: Table, profiles: dict[int, Counter[str]]) -> Recognised:
    if kind == "volunteer_crosstab" and table.header.across:
        return Recognised(kind, grid_columns(grid, table, profiles), ENOUGH)
    if kind not in data("kinds"):
        return Recognised(kind, Columns(profiles=profiles), ENOUGH)
    columns = map_columns(kind, table, profiles)
    if kind == "aid_ledger":
        place_goods(grid, table, columns, titled=True)
    place_by_arithmetic(kind, grid, table, columns, data("kinds")[kind]["fields"])
    return Recognised(kind, columns, ENOUGH)


def _likeliest(
    grid: Grid, table: Table, names: list[str], profiles: dict[int, Counter[str]], never: Collection[str]
) -> Recognised:
    if "volunteer_crosstab" not in never and is_hours_grid(grid, table, names):
        return Recognised("volunteer_crosstab", grid_columns(grid, table, profiles), ENOUGH)
    best = Recognised("unknown", Columns(profiles=profiles), 0.0)
    for kind, spec in data("kinds").items():
        if kind in never:
            continue
        columns = map_columns(kind, table, profiles)
        if kind == "client_register" and lists_members(grid, table, columns):
            columns.concepts["members"] = 1.0
        if kind == "volunteer_hours_list" and _starts_on_days(columns):
            columns.concepts["date"] = 1.0
        if kind == "aid_ledger":
            place_goods(grid, table, columns, titled=_title_points(spec, names, "goods_title") > 0)
        place_by_arithmetic(kind, grid, table, columns, spec["fields"])
        if not all(any(concept in columns.concepts for concept in one_of) for one_of in spec["needs"]):
            continue
        if not _speaks_for_itself(spec, names, columns):
            continue
        if _lists_others(spec, table, columns):
            continue
        score = sum(points for concept, points in spec["evidence"].items() if concept in columns.concepts)
        score += COVERAGE_POINTS * len(columns.fields) / max(1, len(table.header.paths))
        score += _title_points(spec, names) + _structure_points(kind, grid, table, columns)
        if score > max(best.score, ENOUGH):
            best = Recognised(kind, columns, score)
    if best.kind == "client_list" and len(household_lines(grid, table)) >= FAMILY_LINES:
        return Recognised("client_register", map_columns("client_register", table, profiles), best.score)
    return best


def _starts_on_days(columns: Columns) -> bool:
    """服务开始时间 that holds the day with the time of day."""
    col = columns.col("start") or columns.col("span")
    return col is not None and columns.col("date") is None and share(columns.profiles[col], "date") >= HALF


def _lists_others(spec: dict[str, Any], table: Table, columns: Columns) -> bool:
    """Whether the heading of the names says that these are other people than the kind lists."""
    col = columns.col("name")
    heading = squash("".join(table.header.paths.get(col, ()))) if col else ""
    return any(word in heading for word in spec.get("names_not_of", ()))


def _speaks_for_itself(spec: dict[str, Any], names: list[str], columns: Columns) -> bool:
    """Where no title names the kind, one heading must say it in its very words."""
    telling = spec.get("title_or")
    return not telling or _title_points(spec, names) > 0 or any(columns.concepts.get(c, 0.0) >= EXACT for c in telling)


def _title_points(spec: dict[str, Any], names: list[str], words: str = "title") -> float:
    """Points for a word of the kind in the sheet's name or titles, or in the last name, that of the file."""
    wanted = [squash(word) for word in spec[words]]
    *titles, of_file = (squash(name) for name in names)
    points = float(spec.get("title_points", TITLE_POINTS))
    if any(word in title for word in wanted for title in titles):
        return points
    return float(spec.get("file_points", points)) if any(word in of_file for word in wanted) else 0.0


def _structure_points(kind: str, grid: Grid, table: Table, columns: Columns) -> float:
    if kind == "volunteer_hours_list" and (col := columns.col("date")):
        fits = path_concepts(table.header.paths[col])
        return OTHER_DAYS if max(fits.get(other, 0.0) for other in ("registered_on", "birth")) > fits["date"] else 0.0
    if kind != "client_register":
        return 0.0
    points = 0.0
    name_col = columns.col("name")
    first, last = table.header.last, table.last
    blocks = {(r1, r2) for r1, c1, r2, c2 in grid.merges if r1 > first and r2 <= last and r2 > r1 and c1 != name_col}
    if len(blocks) >= 2:
        points += MERGED_HOUSEHOLDS
    col = columns.col("guardian")
    if len({(r1, r2) for r1, c1, r2, c2 in grid.merges if c1 == col and (r1, r2) in blocks}) >= 2:
        points += SHARED_GUARDIANS
    if col is not None and _holds_numbers(grid, col, table.data):
        points += FULL_GUARDIAN_CELLS
    if f"{CHILD}2" in columns.concepts:
        points += MERGED_HOUSEHOLDS
    return points


def _holds_numbers(grid: Grid, col: int, rows: list[int]) -> bool:
    """Whether most guardians are written with their numbers in the same cell."""
    texts = [value for row in rows if isinstance(value := grid.own(row, col), str)]
    return bool(texts) and sum(sum(c.isdigit() for c in text) >= 7 for text in texts) > len(texts) / 2
