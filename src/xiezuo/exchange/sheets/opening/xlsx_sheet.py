"""One worksheet part, read as a stream: values, merges, hidden columns. Formulas count by their result."""

from __future__ import annotations

import re

from ..cells import CellError, Value, column_number
from ..errors import UnreadableWorkbook
from ..grid import Grid, Span
from .limits import MAX_CELLS, MAX_MERGES, MAX_ROWS
from .serials import from_iso, from_serial
from .texts import plain
from .xml_stream import Attributes, local

REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)$")


def position(reference: str) -> tuple[int, int]:
    """C12 → (12, 3)."""
    match = REFERENCE.match(reference)
    return (int(match[2]), column_number(match[1])) if match else (1, 1)


class SheetParser:
    """Handlers for the stream of one sheet; ``grid()`` gives the result."""

    def __init__(self, strings: list[str], date_styles: frozenset[int], epoch_1904: bool, budget: int) -> None:
        self.strings, self.date_styles, self.epoch_1904, self.budget = (
            strings,
            date_styles,
            epoch_1904,
            budget,
        )
        self.rows: dict[int, dict[int, Value]] = {}
        self.merges: list[Span] = []
        self.hidden_columns: set[int] = set()
        self.hidden_rows: set[int] = set()
        self.n_cells = 0
        self._row = self._col = 0
        self._type = self._style = ""
        self._pieces: list[str] = []
        self._reading = self._phonetic = False
        self._prefix = ""

    def start(self, name: str, attributes: Attributes) -> None:
        tag = local(name) if ":" in name else name
        if tag == "c":
            reference = attributes.get("r")
            self._row, self._col = position(reference) if reference else (self._row, self._col + 1)
            self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._pieces = []
        elif tag == "v" or (tag == "t" and self._type == "inlineStr"):
            self._reading = not self._phonetic
        elif tag == "row":
            self._row, self._col = int(attributes.get("r", self._row + 1)), 0
            if attributes.get("hidden") in ("1", "true") and self._row <= MAX_ROWS:
                self.hidden_rows.add(self._row)
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
            self.hidden_columns.update(range(first, min(last, 16384) + 1))

    def text(self, piece: str) -> None:
        if self._reading:
            self._pieces.append(piece)

    def end(self, name: str) -> None:
        tag = local(name) if ":" in name else name
        if tag in ("v", "t"):
            self._reading = False
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "c" and self._pieces:
            value = self._value("".join(self._pieces))
            if value is not None and value != "":
                self._keep(value)

    def _keep(self, value: Value) -> None:
        self.n_cells += 1
        if self.n_cells > self.budget:
            raise UnreadableWorkbook("too_large", cells=self.n_cells, limit=MAX_CELLS)
        self.rows.setdefault(self._row, {})[self._col] = value

    def _value(self, written: str) -> Value | None:
        kind = self._type
        if kind == "s":
            index = int(written)
            return self.strings[index] if 0 <= index < len(self.strings) else None
        if kind in ("str", "inlineStr"):
            return plain(written)
        if kind == "e":
            return CellError(written)
        if kind == "b":
            return written.strip() in ("1", "true")
        if kind == "d":
            return from_iso(written)
        try:
            number = float(written)
        except ValueError:
            return written
        if self._style and int(self._style) in self.date_styles:
            return from_serial(number, self.epoch_1904)
        return number

    def _merge(self, reference: str) -> None:
        if len(self.merges) >= MAX_MERGES:
            return
        first, _, last = reference.partition(":")
        r1, c1 = position(first)
        r2, c2 = position(last or first)
        self.merges.append((r1, c1, r2, c2))

    def grid(self) -> Grid:
        """The sheet without its empty cells."""
        hidden = {col for col in self.hidden_columns if any(col in row for row in self.rows.values())}
        return Grid(self.rows, self.merges, hidden or self.hidden_columns, self.hidden_rows)
