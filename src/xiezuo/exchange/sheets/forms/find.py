"""The forms of a sheet: where each begins and ends, its title, its labels with their values, its lists of names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..context import Cell
from ..grid import Grid
from ..text import squash, tidy
from .labels import ENDS_IN_COLON, field_of, fit_of, is_doubtful, is_known, pairs_inside, pure_label, second_field
from .lists import NameList, find_lists
from .pairs import Pair, PairFinder

Fields = Mapping[str, str]
COLONS, FEW_LABELS = 0.6, 4  # labels with a colon in most cells need not be many
LOOK_AT = 60  # rows from the top in which a form shows itself
ROWS, LABELS, SHARE = 4, 6, 0.12
LONGEST_TITLE = 60


@dataclass
class Form:
    """One form. ``rows``: all its filled rows; ``cols``: its columns; ``title``: cell and text of its heading."""

    rows: list[int]
    cols: range
    pairs: list[Pair] = field(default_factory=list)
    lists: list[NameList] = field(default_factory=list)
    title: tuple[Cell, str] | None = None

    @property
    def first(self) -> int:
        """Row of its heading."""
        return self.title[0][0] if self.title else self.rows[0]

    def asking_for(self, name: str, fields: Fields) -> list[Pair]:
        """Every pair whose label asks for a field."""
        return [pair for pair in self.pairs if field_of(pair.label, fields) == name]

    def by_field(self, fields: Fields) -> dict[str, Pair]:
        """The pair of each field; of several the filled one, then the one whose label fits best, then the first."""
        found: dict[str, Pair] = {}
        best: dict[str, tuple[bool, float]] = {}
        for pair in self.pairs:
            name, fit = fit_of(pair.label, fields)
            if name and (name not in best or (pair.is_filled, fit) > best[name]):
                found[name], best[name] = pair, (pair.is_filled, fit)
        self._place_losers(found, fields)
        return found

    def _place_losers(self, found: dict[str, Pair], fields: Fields) -> None:
        """An answer whose field another label fits better goes to the next best field that nobody else asks for.

        服务需求 and 需求评估 both ask for needs; the second asks for an assessment as well.
        """
        open_fields = {name: concept for name, concept in fields.items() if name not in found}
        for pair in self.pairs:
            wanted, _ = fit_of(pair.label, fields)
            if wanted is None or not pair.is_filled or any(pair is other for other in found.values()):
                continue
            if name := second_field(pair.label, open_fields):
                found[name] = pair
                del open_fields[name]


def looks_like_form(grid: Grid, least: float = 1.0) -> bool:
    """Labels over many rows, most of them once; a table has its labels in the rows of its headings.

    ``least``: the part of the usual number of labels that is enough.
    """
    labels: dict[str, int] = {}
    n_cells = with_colon = 0
    for row in grid.filled_rows()[:LOOK_AT]:
        n_cells += len(grid.rows[row])
        for value in grid.rows[row].values():
            label = pure_label(value)
            if label and not is_doubtful(value) and is_known(label):
                labels.setdefault(squash(label), row)
            pairs = [] if label else pairs_inside(value)
            with_colon += bool(pairs) or (label is not None and ENDS_IN_COLON.search(str(value)) is not None)
            for inside, _ in pairs:
                if is_known(inside):
                    labels.setdefault(squash(inside), row)
    if with_colon >= COLONS * n_cells and len(labels) >= FEW_LABELS:
        return True
    rows, share = len(set(labels.values())) >= ROWS * least, len(labels) >= SHARE * least * n_cells
    return rows and share and len(labels) >= LABELS * least


def find_forms(grid: Grid, fields: Fields, members: Fields) -> list[Form]:
    """Forms one below the other, each with the table of people inside it."""
    lists = [names for names in find_lists(grid, members, fields) if "relation" in names.blocks[0].columns]
    for names in lists:
        _end_with_names(grid, names)
    inside = {row for names in lists for row in (names.header, *names.rows)}
    rows = [row for row in grid.filled_rows() if row not in inside]
    starts = _starts(grid, PairFinder(grid, rows).pairs())
    filled = grid.filled_rows()
    forms = []
    for first, end in zip(starts, [*starts[1:], grid.n_rows + 1], strict=True):
        own = filled[bisect_left(filled, first) : bisect_left(filled, end)]
        within = [names for names in lists if first <= names.header < end]
        forms.append(_form(grid, own, within))
    return forms


def _end_with_names(grid: Grid, names: NameList) -> None:
    """A table of people inside a form ends where the names end: at an empty line, or where the next label stands."""
    col = names.blocks[0].columns["name"]
    kept: list[int] = []
    for row in names.rows:
        value = grid.own(row, col)
        after_gap = bool(kept) and row > kept[-1] + 1
        if value is None or after_gap or (pure_label(value) and not is_doubtful(value)):
            break
        kept.append(row)
    names.rows, names.last = kept, kept[-1] if kept else names.header


def _starts(grid: Grid, pairs: list[Pair]) -> list[int]:
    """The rows in which a form begins: where its first label stands again, with the title above it."""
    known = [pair for pair in pairs if is_known(pair.label)]
    if not known:
        return [min(grid.filled_rows())]
    first = known[0]
    again = [p.at[0] for p in known if squash(p.label) == squash(first.label) and p.at[1] == first.at[1]]
    used = {cell[0] for pair in pairs for cell in (pair.at, pair.place)}
    starts = [min(grid.filled_rows())]
    for row in again[1:]:
        above = row - 1
        while above not in used and above > starts[-1] and len(grid.rows.get(above, {})) == 1:
            row, above = above, above - 1
        starts.append(row)
    return starts


def _form(grid: Grid, rows: list[int], lists: list[NameList]) -> Form:
    taken = {(row, col) for names in lists for row in (names.header, *names.rows) for col in _cols(grid, names, row)}
    finder = PairFinder(grid, rows, taken)
    form = Form(rows, finder.cols, finder.pairs(), lists)
    form.title = find_title(grid, rows, finder)
    return form


def _cols(grid: Grid, names: NameList, row: int) -> list[int]:
    return [col for col in grid.rows.get(row, ()) if col in names.cols or row != names.header]


def find_title(grid: Grid, rows: list[int], finder: PairFinder) -> tuple[Cell, str] | None:
    """The first text above the labels that is neither a label nor an answer."""
    for row in rows:
        own = sorted((col, v) for col, v in grid.rows[row].items() if col in finder.cols)
        cells = [(col, v) for col, v in own if (row, col) not in finder.used]
        if cells and isinstance(cells[0][1], str) and len(tidy(cells[0][1])) <= LONGEST_TITLE:
            return (row, cells[0][0]), tidy(cells[0][1])
        if any(at[0] == row for at in finder.labels):
            return None
    return None
