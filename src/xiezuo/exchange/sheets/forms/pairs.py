"""Labels with their values: beside each other, one above the other, or both in one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..cells import Value
from ..context import Cell
from ..grid import Grid, Span, shown
from ..text import squash
from ..values.options import parse_options
from ..vocabulary import words
from .labels import ENDS_IN_COLON, is_doubtful, is_known, might_be_label, pairs_inside, pure_label

NEAR = 2  # empty columns between a label and its value at most
HEADINGS, MOSTLY = 3, 0.6  # labels that make a row of headings, and their share of it
DIGITS = 6  # so many cells of one digit each are one number
PIECE = re.compile(r"\d{1,4}|[Xx年月日号]")
LONG = 15  # a text as long is an answer, also where it begins like a label


@dataclass
class Pair:
    """``at``: the cell of the label; ``place``: the cell of the value, the same one for 姓名：王一."""

    label: str
    at: Cell
    place: Cell
    value: Value | None = None
    more: list[Cell] = field(default_factory=list)

    @property
    def is_filled(self) -> bool:
        """Whether somebody wrote an answer."""
        return says_something(self.value)


def says_something(value: Value | None) -> bool:
    """False for lines, printed units and boxes of which none is ticked."""
    if not isinstance(value, str):
        return value is not None
    text = squash(value).replace("_", "").replace("＿", "").strip("、,.;:()/")
    if not text or text in words("unfilled") or squash(value) in words("unfilled"):
        return False
    options = parse_options(value)
    return options is None or bool(options.ticked)


class PairFinder:
    """Goes through rows from left to right; a cell is used once."""

    def __init__(self, grid: Grid, rows: list[int], taken: set[Cell] | None = None, cols: range | None = None) -> None:
        self.grid, self.rows, self.known_rows = grid, rows, set(rows)
        self.cols = cols or range(1, grid.n_cols + 1)
        self.used = set(taken or ())
        self.labels: dict[Cell, str] = {}
        self.inside: dict[Cell, list[tuple[str, str]]] = {}
        self._find_labels()

    def _find_labels(self) -> None:
        for row in self.rows:
            cells = sorted((col, value) for col, value in self.grid.rows.get(row, {}).items())
            cells = [(col, value) for col, value in cells if col in self.cols and (row, col) not in self.used]
            waiting = False  # a label that has no value yet stands to the left
            for i, (col, value) in enumerate(cells):
                label = pure_label(value)
                if label is None and not waiting and might_be_label(value) and self._is_asked(cells, i):
                    label = str(value).strip()
                answers = is_doubtful(value) or (i > 0 and self._fills_line((row, cells[i - 1][0]), (row, col)))
                if label and waiting and answers and not self._is_asked(cells, i):
                    label = None
                inside = [] if label or (waiting and len(str(value)) > LONG) else pairs_inside(value)
                if label:
                    self.labels[row, col] = label
                elif inside:
                    self.inside[row, col] = inside
                waiting = bool(label)
        for row in self.rows:
            self._complete_heading_row(row)

    def _fills_line(self, label: Cell, at: Cell) -> bool:
        """Merged from the label to the end of the line, no higher than it: the room for its answer."""
        asks, room = self.grid.span_from(*label) or (*label, *label), self.grid.span_from(*at)
        end = min(self.cols.stop - 1, self.grid.n_cols)
        return room is not None and room[1] == asks[3] + 1 and room[3] == end > room[1] and room[2] == asks[2]

    def _complete_heading_row(self, row: int) -> None:
        """In a row of labels with an answer under each, a short word nobody knows is a label too."""
        own = [col for col in self.grid.rows.get(row, {}) if col in self.cols and (row, col) not in self.used]
        labels = [col for col in own if (row, col) in self.labels]
        if len(labels) < HEADINGS or len(labels) < MOSTLY * len(own) or row + 1 not in self.known_rows:
            return
        below = {col for col in self.grid.rows[row + 1] if (row + 1, col) not in self.labels}
        across = range(min(own), max(own) + 1)
        if set(own) != below or any(self.grid.value(row, col) is None for col in across):
            return
        for col in own:
            text = self.grid.own(row, col)
            if isinstance(text, str) and len(text) <= LONG and (row, col) not in self.inside:
                self.labels.setdefault((row, col), text)

    def _is_asked(self, cells: list[tuple[int, Value]], i: int) -> bool:
        """Whether an answer follows: then 电话 is a label, also behind 联系人."""
        return i + 1 < len(cells) and not pure_label(cells[i + 1][1])

    def pairs(self) -> list[Pair]:
        """In reading order."""
        found: list[Pair] = []
        self.used |= set(self.labels)
        for row, col in sorted(self.labels | self.inside):
            if (row, col) in self.inside:
                at = (row, col)
                if at not in self.used:
                    self.used.add(at)
                    found += [Pair(label, at, at, value or None) for label, value in self.inside[at]]
            else:
                found.append(self._pair((row, col)))
        return found

    def _pair(self, at: Cell) -> Pair:
        span = self.grid.span_from(*at) or (*at, *at)
        pair = Pair(self.labels[at], at, at)
        beside = self._beside(span)
        below = self.grid.anchor(span[2] + 1, span[1])
        above = below[0] == span[2] + 1 and self._is_answer(below) and below[0] in self.known_rows
        if beside is None or (above and self.grid.own(*beside) is None and self._follows_label(span)):
            if above:
                self._fill(pair, below)
            pair.place = below if above or not self._has_room(at) else at
            return pair
        pair.place = beside
        if self.grid.own(*beside) is not None:
            self._fill(pair, beside)
            self._go_on_right(pair, beside)
            for row in range(beside[0] + 1, span[2] + 1):
                if self._is_answer((row, beside[1])):
                    self._add(pair, (row, beside[1]), "\n")
        return pair

    def _go_on_right(self, pair: Pair, beside: Cell) -> None:
        """Answers over several cells: boxes each in its own, 1974 | 年 | 3 | 月, a number written digit by digit."""
        run = [beside]
        for col in range(beside[1] + 1, self.cols.stop):
            at = self.grid.anchor(beside[0], col)
            if at[1] == col and self.grid.own(*at) is None and not self.grid.is_merged(*at):
                break
            if at != run[-1]:
                if not self._is_answer(at):
                    break
                run.append(at)
        texts = [shown(self.grid.own(*at)).strip() for at in run]
        if all(parse_options(text) is not None for text in texts):
            sign = " "
        elif all(PIECE.fullmatch(text) for text in texts) and (
            len(texts) >= DIGITS or any(t in "年月日" for t in texts)
        ):
            sign = ""
        else:
            return
        pair.value = texts[0]
        for at in run[1:]:
            self._add(pair, at, sign)

    def _has_room(self, at: Cell) -> bool:
        """姓名： is written on in the same cell."""
        return ENDS_IN_COLON.search(shown(self.grid.own(*at))) is not None

    def _follows_label(self, span: Span) -> bool:
        """A row of labels, whose answers then stand in the row below."""
        return self.grid.anchor(span[0], span[1] - 1) in self.labels

    def _beside(self, span: Span) -> Cell | None:
        """The cell for the value to the right; None where another label or the end of the form stands there."""
        first = span[3] + 1
        for col in range(first, min(first + NEAR + 1, self.cols.stop)):
            at = self.grid.anchor(span[0], col)
            if self.grid.own(*at) is None:
                continue
            if at[0] < span[0] or at in self.labels or at in self.inside or at in self.used:
                break
            return at
        if first not in self.cols or (span[0], first) in self.labels or (span[0], first) in self.inside:
            return None
        return (span[0], first) if not self.grid.is_merged(span[0], first) else self.grid.anchor(span[0], first)

    def _is_answer(self, at: Cell) -> bool:
        return self.grid.own(*at) is not None and not (at in self.labels or at in self.inside or at in self.used)

    def _fill(self, pair: Pair, at: Cell) -> None:
        pair.value = self.grid.own(*at)
        self.used.add(at)

    def _add(self, pair: Pair, at: Cell, sign: str) -> None:
        pair.value = f"{shown(pair.value)}{sign}{shown(self.grid.own(*at)).strip()}"
        pair.more.append(at)
        self.used.add(at)


def known_labels(pairs: list[Pair]) -> set[str]:
    """Different labels of the vocabulary."""
    return {squash(pair.label) for pair in pairs if is_known(pair.label)}
