"""What the cells of a form are: labels, answers, titles, names, remarks."""

from __future__ import annotations

from ..grid import Grid
from ..layout.rows import starts_like_note
from ..text import squash
from ..vocabulary import words
from .find import Form
from .labels import unnumbered


def mark_form(grid: Grid, forms: list[Form]) -> None:
    """Write the region of each cell that was understood into the grid; the others stay unmarked."""
    for form in forms:
        for names in form.lists:
            _mark(grid, [names.header] if names.blocks[0].headings[min(names.blocks[0].headings)] else [], "header")
            _mark(grid, names.rows, "data")
        for pair in form.pairs:
            grid.regions[pair.at] = "header"
            for at in (pair.place, *pair.more):
                grid.regions[at] = "data"
        if form.title:
            grid.regions[form.title[0]] = "title"
        _mark_rest(grid, form)


def _mark(grid: Grid, rows: list[int], region: str) -> None:
    for row in rows:
        for col in grid.rows.get(row, ()):
            grid.regions[row, col] = region


def _mark_rest(grid: Grid, form: Form) -> None:
    """Headings over parts of the form, and printed remarks."""
    for row in form.rows:
        for col, value in grid.rows[row].items():
            if (row, col) in grid.regions or not isinstance(value, str):
                continue
            text = squash(unnumbered(value))
            if text.rstrip(":") in words("form_sections"):
                grid.regions[row, col] = "header"
            elif starts_like_note(value) or (form.title and row <= form.title[0][0]):
                grid.regions[row, col] = "note"
