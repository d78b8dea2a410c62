"""Opening text tables: the encoding and the separator are found by looking, not by asking."""

from __future__ import annotations

import csv
import io
import json
from itertools import islice
from typing import Literal

from ..cells import Value
from ..errors import UnreadableWorkbook
from ..grid import Grid
from ..vocabulary import table
from .limits import MAX_CELLS
from .opened import OpenedSheet, OpenedWorkbook

BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
CHINESE = ("gb18030", "big5")  # most bytes of one can be read as nonsense in the other
SEPARATORS = ",\t;|"
SAMPLE_CHARACTERS = 1_000_000
LONGEST_FIELD = 200_000  # characters; a cell of a spreadsheet holds 32,767
MAX_COLUMNS = 16_384  # as a spreadsheet
SAMPLE_LINES = 200
MOST_DAMAGED = 0.01
FAMILIAR_SAMPLE = 20_000
CONTROL = frozenset(map(chr, range(32))) - set("\t\n\r\x0b\x0c\x1a")


def open_csv(data: bytes) -> OpenedWorkbook:
    """One sheet named csv. Row numbers are record numbers: a record may hold line breaks."""
    text = decode(data).rstrip("\x1a")
    if _is_json(text):
        raise UnreadableWorkbook("not_a_workbook", looks_like="json")
    csv.field_size_limit(LONGEST_FIELD)
    try:
        rows = _rows(text, quoted=True)
    except csv.Error:
        # A quotation mark that nobody closed takes everything after it for one field: read line by line instead.
        rows = _rows(text, quoted=False)
    return OpenedWorkbook("csv", [OpenedSheet("csv", Grid(rows, all_text=True))])


def _is_json(text: str) -> bool:
    """Data of a program, which lines and commas would make into a nonsense of a table."""
    if not text.lstrip().startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _rows(text: str, *, quoted: bool) -> dict[int, dict[int, Value]]:
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), quoting=quoting)
    rows: dict[int, dict[int, Value]] = {}
    budget = MAX_CELLS
    try:
        for number, fields in enumerate(reader, 1):
            kept: dict[int, Value] = {col: _plain(field) for col, field in enumerate(fields, 1) if field != ""}
            if kept:
                rows[number] = kept
            budget -= len(kept)
            if budget < 0 or len(fields) > MAX_COLUMNS:
                raise UnreadableWorkbook("too_large", limit=MAX_CELLS)
    except csv.Error as error:
        if quoted:
            raise
        raise UnreadableWorkbook("not_a_workbook", detail=str(error)) from error
    return rows


def _plain(field: str) -> str:
    """="110105…" is how programs keep a spreadsheet from taking a number for a number."""
    return field[2:-1] if len(field) > 3 and field.startswith('="') and field.endswith('"') else field


def decode(data: bytes) -> str:
    """The text in the first encoding that fits without loss; bytes that are no text are refused."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _printable(data.decode(encoding, errors="replace"))
    text = _decoded(data, "utf-8")
    if text is not None:
        return _printable(text)
    readings = [text for encoding in CHINESE if (text := _decoded(data, encoding)) is not None]
    readings = readings or [text for encoding in ("utf-8", *CHINESE) if (text := _mended(data, encoding))]
    if not readings:
        raise UnreadableWorkbook("not_a_workbook", looks_like="binary")
    return _printable(max(readings, key=_familiar))


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _mended(data: bytes, encoding: str) -> str | None:
    """The text with a substitute character for each damaged one, where these are few."""
    text = data.decode(encoding, errors="replace")
    return text if text.count("\ufffd") <= MOST_DAMAGED * len(text) else None


def _familiar(text: str) -> int:
    """How many characters are ones that headings are made of."""
    known = {char for all_of in table("concepts").values() for word in all_of for char in word}
    return sum(char in known and not char.isascii() for char in text[:FAMILIAR_SAMPLE])


def _printable(text: str) -> str:
    if any(char in CONTROL for char in text[:4096]) or text.lstrip().startswith(("%PDF", "{\\rtf")):
        raise UnreadableWorkbook("not_a_workbook", looks_like="binary")
    return text


def separator(text: str) -> str:
    """The separator that cuts the first lines into the most even number of fields."""
    lines = list(islice(io.StringIO(text[:SAMPLE_CHARACTERS]), SAMPLE_LINES))

    def evenness(sign: str) -> tuple[float, int]:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=sign) if row]
        except csv.Error:
            return (0.0, 0)
        if not widths:
            return (0.0, 0)
        usual = max(set(widths), key=widths.count)
        return (widths.count(usual) / len(widths) if usual > 1 else 0.0, usual)

    return max(SEPARATORS, key=evenness)
