"""The role of a sheet that holds no table to import."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from .grid import Grid
from .layout.headings import bare, is_exact_heading, is_heading, path_concepts
from .layout.tables import Layout
from .text import squash
from .vocabulary import words

FORM_ROWS = 5  # rows of labels that make a form
FORM_LABELS = 8
CASE_WORDS = ("接案", "个案", "案主", "个人情况", "主要问题", "评估", "督导", "初步计划", "服务计划", "case")


def is_form(grid: Grid) -> bool:
    """Labels and values side by side over many rows, each label once: a filled or empty form, not a table."""
    labels = [(row, text) for row in sorted(grid.rows)[:60] for text in _labels(grid, row)]
    times = Counter(text for _, text in labels)
    once = [(row, text) for row, text in labels if times[text] == 1]
    return len({row for row, _ in once}) >= FORM_ROWS and len(once) >= FORM_LABELS


def _labels(grid: Grid, row: int) -> list[str]:
    texts = [value for value in grid.rows[row].values() if isinstance(value, str)]
    return [bare(text) for text in texts if len(bare(text)) > 1 and is_exact_heading(text)]


def form_role(grid: Grid) -> str:
    """form where values stand beside the labels, template where they are missing."""
    cells = [value for _, _, value in grid.filled()]
    labels = sum(isinstance(value, str) and is_heading(value) for value in cells)
    return "form" if len(cells) - labels >= 0.35 * len(cells) else "template"


def form_kind(grid: Grid) -> str:
    """case_forms by the words of intake forms."""
    text = "".join(str(value) for _, _, value in grid.filled() if isinstance(value, str) and len(value) < 40)
    return "case_forms" if any(squash(word) in squash(text) for word in CASE_WORDS) else "unknown"


def is_instructions(grid: Grid, name: str, layout: Layout) -> bool:
    """Lines of text: a title that says so, or sentences in one or two columns."""
    texts = [value for _, _, value in grid.filled() if isinstance(value, str)]
    if layout.tables or not texts:
        return False
    titled = any(word in squash(title) for word in words("instruction_titles") for title in (name, *layout.titles[:1]))
    return titled or (grid.n_cols <= 3 and sum(map(len, texts)) / len(texts) >= 10)


def has_facts_above(grid: Grid, header_row: int) -> bool:
    """Sign-in lists: label and value side by side in the rows above the list."""
    labelled = 0
    for row in range(1, header_row):
        cells = grid.rows.get(row, {})
        cols = sorted(cells)
        pairs = pairwise(cols)
        labelled += any(is_exact_heading(str(cells[a])) and not is_exact_heading(str(cells[b])) for a, b in pairs)
    return labelled >= 2


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
