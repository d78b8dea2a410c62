"""Small workbooks for tests."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import xlsxwriter

from xiezuo.exchange.sheets import SheetReading, read_workbook

Rows = list[list[Any]]


def xlsx(sheets: dict[str, Rows], merges: tuple[str, ...] = (), hidden: tuple[str, ...] = ()) -> bytes:
    """A workbook; merges and hidden columns (as A:A) are those of the first sheet."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy/m/d"})
    for i, (name, rows) in enumerate(sheets.items()):
        sheet = book.add_worksheet(name)
        for r, cells in enumerate(rows):
            for c, value in enumerate(cells):
                if isinstance(value, dt.date):
                    sheet.write_datetime(r, c, dt.datetime(value.year, value.month, value.day), day)
                elif isinstance(value, str) and value.startswith("#"):
                    sheet.write_formula(r, c, "=1/0", None, value)
                elif isinstance(value, str):
                    sheet.write_string(r, c, value)
                elif value is not None:
                    sheet.write(r, c, value)
        if i == 0:
            for span in merges:
                first, _, _ = span.partition(":")
                row, col = xlsxwriter.utility.xl_cell_to_rowcol(first)
                value = rows[row][col] if col < len(rows[row]) else ""
                sheet.merge_range(span, value if not isinstance(value, dt.date) else str(value))
            for cols in hidden:
                sheet.set_column(cols, None, None, {"hidden": True})
    book.close()
    return stream.getvalue()


def read(
    rows: Rows, *, merges: tuple[str, ...] = (), hidden: tuple[str, ...] = (), name: str = "Sheet1"
) -> SheetReading:
    """The reading of a workbook with one sheet."""
    return read_workbook(xlsx({name: rows}, merges, hidden), "表.xlsx").sheets[0]


def values(sheet: SheetReading, kind: str) -> list[dict[str, Any]]:
    """The values of the records of one type, in order."""
    return [record.values for record in sheet.records if record.type == kind]


def problems(sheet: SheetReading) -> set[tuple[str, str]]:
    """Cell and kind of every problem."""
    return {(problem.cell, problem.kind) for problem in sheet.problems}
