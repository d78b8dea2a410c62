"""Opening old .xls with calamine."""

from __future__ import annotations

import datetime as dt
import io

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from ..cells import Value
from ..errors import UnreadableWorkbook
from ..grid import Grid
from .biff_guard import looked_over
from .limits import MAX_CELLS, MAX_SHEETS
from .opened import OpenedSheet, OpenedWorkbook


def open_compound(data: bytes) -> OpenedWorkbook:
    """An OLE compound file: an old .xls, an encrypted .xlsx, or no workbook at all."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableWorkbook("password")
    if "Workbook".encode("utf-16-le") not in data and "Book".encode("utf-16-le") not in data:
        raise UnreadableWorkbook("not_a_workbook", looks_like="compound")
    return _open_by_calamine(looked_over(data))


def _open_by_calamine(data: bytes) -> OpenedWorkbook:
    """Every worksheet as calamine sees it; errors in cells are lost there and read as empty."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return OpenedWorkbook("xls", _sheets(book))
    except PasswordError as error:
        raise UnreadableWorkbook("password") from error
    except BaseException as error:
        # A damaged file can make the reader panic, which is no Exception in Python.
        if not isinstance(error, CalamineError | OSError) and type(error).__name__ != "PanicException":
            raise
        code = "password" if "password" in str(error).lower() or "encrypt" in str(error).lower() else "truncated"
        raise UnreadableWorkbook(code, detail=str(error)) from error


def _sheets(book: CalamineWorkbook) -> list[OpenedSheet]:
    sheets: list[OpenedSheet] = []
    budget = MAX_CELLS
    for meta in book.sheets_metadata[:MAX_SHEETS]:
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        rows: dict[int, dict[int, Value]] = {}
        first_row, first_col = sheet.start or (0, 0)
        for number, cells in enumerate(sheet.to_python(skip_empty_area=True), first_row + 1):
            kept = {col: _plain(v) for col, v in enumerate(cells, first_col + 1) if v != ""}
            if kept:
                rows[number] = kept
                budget -= len(kept)
                if budget < 0:
                    raise UnreadableWorkbook("too_large", limit=MAX_CELLS)
        merges = [(r1 + 1, c1 + 1, r2 + 1, c2 + 1) for (r1, c1), (r2, c2) in sheet.merged_cell_ranges or []]
        sheets.append(OpenedSheet(meta.name, Grid(rows, merges), _state(meta.visible)))
    return sheets


def _state(visible: SheetVisibleEnum) -> str:
    if visible == SheetVisibleEnum.Hidden:
        return "hidden"
    return "very_hidden" if visible == SheetVisibleEnum.VeryHidden else "visible"


def _plain(value: Value) -> Value:
    """A datetime at midnight is a date."""
    if isinstance(value, dt.datetime) and value.time() == dt.time(0):
        return value.date()
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
