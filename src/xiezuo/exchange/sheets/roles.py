"""The role of a sheet that holds no table to import."""

from __future__ import annotations

from .grid import Grid, shown
from .layout.headings import path_concepts
from .layout.tables import Layout
from .text import squash
from .vocabulary import words

CODES, LONGEST_CODE = 500, 30


def is_instructions(grid: Grid, name: str, layout: Layout) -> bool:
    """Lines of text: a title that says so, or sentences in one or two columns."""
    texts = [value for _, _, value in grid.filled() if isinstance(value, str)]
    if layout.tables or not texts:
        return False
    titled = any(word in squash(title) for word in words("instruction_titles") for title in (name, *layout.titles[:1]))
    return titled or (grid.n_cols <= 3 and sum(map(len, texts)) / len(texts) >= 10)


def is_code_list(grid: Grid, name: str, layout: Layout) -> bool:
    """A sheet that only lists codes: its name or title says so, and nothing but short words stand in it."""
    titles = [name, *layout.titles[:1], *(path[-1] for table in layout.tables for path in table.header.paths.values())]
    titled = any(word in squash(title) for word in words("code_list_titles") for title in titles[:4])
    texts = [shown(value) for _, _, value in grid.filled()]
    return titled and 0 < len(texts) <= CODES and all(len(text) <= LONGEST_CODE for text in texts)


def is_unfilled(grid: Grid, layout: Layout) -> bool:
    """Headings with nothing below them, or only running numbers."""
    for table in layout.tables:
        numbered = {c for c, path in table.header.paths.items() if path_concepts(path).get("seq", 0.0) >= 0.9}
        if any(col not in numbered for row in table.data for col in grid.rows[row] if col in table.cols):
            return False
    return bool(layout.tables)


def is_template_name(name: str) -> bool:
    """A sheet named as a form to be copied."""
    return any(word in squash(name) for word in words("template_titles"))


def is_old(name: str) -> bool:
    """A sheet whose name says that it is kept from before."""
    return any(word in squash(name) for word in words("old_sheets"))
