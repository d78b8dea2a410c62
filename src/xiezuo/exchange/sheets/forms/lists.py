"""Lists of names inside a form: a row of headings, one to three blocks side by side, and the rows below."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..cells import Value
from ..context import Cell
from ..grid import Grid, shown
from ..layout.headings import concepts_of, is_word_for
from ..layout.rows import starts_like_note
from ..layout.totals import total_kind
from ..text import in_brackets, squash, tidy, without_brackets
from ..values.counted import counted_people, states_total
from ..values.names import clean_name
from ..values.visited import is_person
from ..vocabulary import words
from .labels import ENDS_IN_COLON, EXACT, field_of, is_doubtful, pairs_inside, pure_label

HEADINGS = 0.7  # share of the cells of a row that must be headings
WIDE = 3  # columns that a title is merged over at least
MOSTLY = 0.7
BARE_ROWS, BARE_COLS = 2, 3  # so many rows and columns of names are a list without headings
LOOK_AT = 60  # rows from the top in which such a list begins
OPTIONS = re.compile(r"[/、|或]")
GAP = 3  # empty rows that end a list


@dataclass
class Block:
    """Columns of one block, by field; ``headings``: all of its headings by column."""

    columns: dict[str, int] = field(default_factory=dict)
    headings: dict[int, str] = field(default_factory=dict)


@dataclass
class NameList:
    """``header``: row of the headings, or of the first names where there are none; ``rows``: those that may name
    people; ``last``: where it ends.
    """

    header: int
    blocks: list[Block]
    rows: list[int]
    last: int

    @property
    def cols(self) -> range:
        """From the first heading to the last."""
        cols = [col for block in self.blocks for col in block.headings]
        return range(min(cols), max(cols) + 1)


def find_lists(grid: Grid, fields: Mapping[str, str], facts: Mapping[str, str]) -> list[NameList]:
    """Lists from top to bottom; ``fields`` and ``facts`` (field → concept) of their kind."""
    found: list[NameList] = []
    rows = grid.filled_rows()
    skip = 0
    for i, row in enumerate(rows):
        if row < skip:
            continue
        blocks = _blocks(grid, row, fields)
        if blocks:
            below = _rows_below(grid, rows[i + 1 :], row, blocks, fields, facts)
            last = below[-1] if below else row
            found.append(NameList(row, blocks, below, last))
            skip = last + 1
    return found


def _blocks(grid: Grid, row: int, fields: Mapping[str, str]) -> list[Block]:
    """The blocks of a row of headings; none where the row is no such row."""
    cells = {col: tidy(v) for col, v in sorted(grid.rows[row].items()) if isinstance(v, str) and tidy(v)}
    if len(cells) != len(grid.rows[row]) or any(ENDS_IN_COLON.search(text) for text in cells.values()):
        return []
    known = [col for col, text in cells.items() if is_word_for(text) or _asks_who(text)]
    if len(known) < 2 or len(known) < HEADINGS * len(cells):
        return []
    blocks = [Block()]
    for col, text in cells.items():
        name = "role" if "role" in fields and _asks_who(text) else field_of(text, fields)
        if name in blocks[-1].columns or squash(text) in map(squash, blocks[-1].headings.values()):
            blocks.append(Block())
        blocks[-1].headings[col] = text
        if name:
            blocks[-1].columns.setdefault(name, col)
    for block in blocks:
        _name_by_signature(block)
    return [block for block in blocks if "name" in block.columns]


def _asks_who(text: str) -> bool:
    """是（居民/志愿者）: the heading offers the kinds of people of which everybody is one."""
    offered = [option for note in in_brackets(text) for option in OPTIONS.split(squash(note))]
    return len(offered) > 1 and all(option in words("kinds_of_people") for option in offered)


def _name_by_signature(block: Block) -> None:
    """序号 | 签名 | 电话: people write their names where they sign."""
    if "name" not in block.columns and "signature" in block.columns:
        block.columns["name"] = block.columns.pop("signature")


def _rows_below(
    grid: Grid, rows: list[int], header: int, blocks: list[Block], fields: Mapping[str, str], facts: Mapping[str, str]
) -> list[int]:
    """Rows up to the next headings, title, facts, total or a wide gap."""
    taken: list[int] = []
    previous = header
    for row in rows:
        own = grid.rows[row]
        if row - previous > GAP and len(taken) > 0 and not _continues(own, blocks):
            break
        if _blocks(grid, row, fields) or _ends(grid, row, own, blocks, facts):
            break
        taken.append(row)
        previous = row
    while taken and not _may_name(grid.rows[taken[-1]], blocks):
        taken.pop()
    return taken


def _may_name(own: Mapping[int, Value], blocks: list[Block]) -> bool:
    """A name, or a running number beside an empty line; a single text elsewhere is a line below the list."""
    numbered = {block.columns.get("seq") for block in blocks}
    return _continues(own, blocks) or any(col in numbered and not isinstance(own[col], str) for col in own)


def _continues(own: Mapping[int, Value], blocks: list[Block]) -> bool:
    return any(block.columns["name"] in own for block in blocks)


def _ends(grid: Grid, row: int, own: Mapping[int, Value], blocks: list[Block], facts: Mapping[str, str]) -> bool:
    """A title, a fact about the activity, a total or a note."""
    col, value = min(own.items())
    if not isinstance(value, str):
        return False
    if total_kind(value) or states_total(value) or pairs_inside(value) or starts_like_note(value):
        return True
    label = pure_label(value)
    names = {block.columns["name"] for block in blocks}
    if label and not is_doubtful(value) and (col not in names or ENDS_IN_COLON.search(value) is not None):
        return field_of(label, facts) is not None or concepts_of(label).get("other_sign", 0) >= EXACT
    asked = [one for one in own.values() if pure_label(one)]
    if len(asked) > 1 and not all(map(is_doubtful, asked)):
        return True
    span = grid.span_from(row, col)
    return len(own) == 1 and span is not None and span[3] - span[1] >= WIDE - 1


def find_bare_names(grid: Grid) -> list[NameList]:
    """Names side by side without any headings: rows in which nearly every cell is somebody."""
    runs: list[list[int]] = [[]]
    for row in grid.filled_rows():
        if row > LOOK_AT and not any(runs):
            break
        people = [isinstance(value, str) and _is_somebody(value) for value in grid.rows[row].values()]
        if sum(people) >= MOSTLY * len(people) and (len(people) > 1 or runs[-1]):
            runs[-1].append(row)
        elif runs[-1]:
            runs.append([])
    return [names for run in runs if (names := _bare_list(grid, run))]


def _bare_list(grid: Grid, run: list[int]) -> NameList | None:
    cols = sorted({col for row in run for col in grid.rows[row]})
    if len(run) < BARE_ROWS or len(cols) < BARE_COLS:
        return None
    return NameList(run[0], [Block({"name": col}, {col: ""}) for col in cols], run, run[-1])


def _is_somebody(text: str) -> bool:
    bare = without_brackets(text).strip()
    if pairs_inside(text):
        return False
    return pure_label(text) is None and (is_person(clean_name(bare)) or counted_people(bare) is not None)


def names_in(grid: Grid, names: NameList) -> list[tuple[Block, Cell]]:
    """The filled name cells, block after block; names without headings stand in lines."""
    cells = [
        (block, (row, block.columns["name"]))
        for block in names.blocks
        for row in names.rows
        if squash(shown(grid.own(row, block.columns["name"]))) not in ("", *words("blank"))
    ]
    headed = any(text for block in names.blocks for text in block.headings.values())
    return cells if headed else sorted(cells, key=lambda cell: cell[1])
