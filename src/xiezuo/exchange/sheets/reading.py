"""Reading a workbook from bytes to records."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

from .as_form import read_form
from .as_tables import read_tables
from .cells import column_letter
from .forms.recognise import RecognisedForm, loosely_recognised, recognise_forms
from .layouts import KnownLayout, Layouts, SheetLayout
from .model import SheetReading, WorkbookReading
from .opening import OpenedSheet, open_workbook
from .recognise import kind_of_workbook
from .regions import count_cells
from .roles import is_old
from .weighing import best_of

NOT_DATA = ("empty", "instructions", "template", "left_out")
NOTHING_SAID = Layouts()


def read_workbook(
    path_or_bytes: bytes | str | os.PathLike[str], file_name: str, layouts: Layouts = NOTHING_SAID
) -> WorkbookReading:
    """Everything a workbook says, sheet by sheet; raises UnreadableWorkbook for bytes that are none.

    ``layouts``: what people said of this file and of others; it is followed, the rest is recognised.
    """
    opened = open_workbook(path_or_bytes)
    sheets = [
        _read_sheet(sheet, file_name, layouts.of(position), layouts.known)
        for position, sheet in enumerate(opened.sheets)
    ]
    _set_old_apart(sheets)
    weights: Counter[str] = Counter()
    for sheet in sheets:
        if sheet.role not in NOT_DATA and sheet.kind != "unknown":
            weights[kind_of_workbook(sheet.kind)] += sheet.grid.count()
    kind = max(weights, key=lambda k: weights[k], default="unknown")
    return WorkbookReading(file_name, opened.format, kind, sheets)


def _read_sheet(opened: OpenedSheet, file_name: str, said: SheetLayout, known: tuple[KnownLayout, ...]) -> SheetReading:
    if opened.grid.count() and not said.left_out:
        return best_of(_readings(opened, file_name, said, () if said.anew else known))
    reading = _unread(opened)
    reading.role = "left_out" if said.left_out and opened.grid.count() else "empty"
    reading.kind = "empty" if reading.role == "empty" else reading.kind
    reading.cells = count_cells(reading, [])
    return reading


def _unread(opened: OpenedSheet) -> SheetReading:
    reading = SheetReading(opened.name, opened.grid.unmarked(), state=opened.state)
    hidden = sorted(opened.grid.hidden_columns)
    reading.hidden_columns = [column_letter(col) for col in hidden if col <= opened.grid.n_cols]
    return reading


def _readings(
    opened: OpenedSheet, file_name: str, said: SheetLayout, known: tuple[KnownLayout, ...]
) -> Iterator[SheetReading]:
    """The ways to read a sheet, the likeliest first; each is made when it is asked for."""
    names = [opened.name, file_name]
    forms = [] if said.tables else recognise_forms(opened.grid, names)
    yield from (_as_form(opened, form, file_name) for form in forms[:1])
    tables = read_tables(_unread(opened), file_name, said, known)
    yield tables
    if said.tables:
        return
    others = forms[1:] or (loosely_recognised(opened.grid, names) if not forms else [])
    yield from (_as_form(opened, form, file_name) for form in others)
    tried: list[str] = []
    while tables.kind not in ("unknown", *tried):
        tried.append(tables.kind)
        tables = read_tables(_unread(opened), file_name, said, known, tried)
        yield tables


def _as_form(opened: OpenedSheet, form: RecognisedForm, file_name: str) -> SheetReading:
    return read_form(_unread(opened), form, file_name)


def _is_old(sheet: SheetReading) -> bool:
    return is_old(sheet.name) and not any(table.fixed for table in sheet.tables)


def _set_old_apart(sheets: list[SheetReading]) -> None:
    """A sheet named as kept from before is not imported where another sheet holds data."""
    current = [sheet for sheet in sheets if sheet.role == "data" and not _is_old(sheet)]
    for sheet in sheets:
        if current and sheet.role == "data" and _is_old(sheet):
            sheet.role = "old"
            sheet.records, sheet.problems = [], []
            sheet.cells = {
                "imported": 0,
                "classified": sheet.grid.count(),
                "reported": 0,
                "total": sheet.grid.count(),
            }
