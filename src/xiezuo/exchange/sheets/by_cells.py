"""Columns whose heading is not understood and whose cells say plainly what they are."""

from __future__ import annotations

from .columns import Columns
from .layout.headings import EXACT, path_concepts
from .layout.profile import share, years_apart
from .layout.tables import Table
from .vocabulary import table as data

FITS = 0.6
FEWEST = 5  # cells that must say something
DATED = 0.8
YEARS_OF_BIRTHS = 6  # so far apart are the birthdays of people, at least
IN_DOUBT = 0.5  # how sure a column is that only its cells speak for


def place_by_cells(columns: Columns, table: Table, wanted: dict[str, str]) -> None:
    """Give each field that no heading asks for the column whose cells are plainly its own."""
    for concept, (looks, least) in data("looks")["fields"].items():
        name = next((name for name, wants in wanted.items() if wants == concept), "")
        if not name or columns.col(name):
            continue
        for col in table.cols:
            counts = columns.profiles[col]
            if (
                counts["n"] < FEWEST
                or share(counts, looks) < least
                or _says_something_else(table, col, concept, wanted)
            ):
                continue
            if columns.place(col, name):
                columns.concepts[concept] = IN_DOUBT
                columns.doubted.add(col)
                break
    _place_days(columns, table, wanted)


def _place_days(columns: Columns, table: Table, wanted: dict[str, str]) -> None:
    """Days under a heading that means nothing to us: of birth if many years apart, else of what was done."""
    found = [col for col in table.cols if _holds_days(columns, col) and not _means_anything(table, col)]
    of_birth = [col for col in found if years_apart(columns.profiles[col]) >= YEARS_OF_BIRTHS]
    others = [col for col in found if col not in of_birth]
    for cols, concepts in ((of_birth, "of_birth"), (others, "of_deeds")):
        name = next((name for name, concept in wanted.items() if concept in data("looks")["days"][concepts]), "")
        if len(cols) == 1 and name and columns.place(cols[0], name):
            columns.concepts[wanted[name]] = IN_DOUBT
            columns.doubted.add(cols[0])


def _holds_days(columns: Columns, col: int) -> bool:
    counts = columns.profiles[col]
    plain = share(counts, "number") < DATED  # 3 and 5 could be anything
    return plain and col not in columns.fields and counts["n"] >= FEWEST and share(counts, "date") >= DATED


def _means_anything(table: Table, col: int) -> bool:
    return max(path_concepts(table.header.paths.get(col, ())).values(), default=0.0) >= FITS


def _says_something_else(table: Table, col: int, concept: str, wanted: dict[str, str]) -> bool:
    """周二 and 马上 look like names; under 星期 they are none. Other cells may be what no field of the kind asks for."""
    fits = path_concepts(table.header.paths.get(col, ()))
    if concept != "person_name":
        fits = {other: score for other, score in fits.items() if other in wanted.values() or other == "other_label"}
    return fits.get(concept, 0.0) < FITS and max(fits.values(), default=0.0) >= EXACT
