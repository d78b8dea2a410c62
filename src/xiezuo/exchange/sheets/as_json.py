"""A reading as JSON, in the shape in which imports are measured."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from .model import Record, SheetReading, WorkbookReading


def workbook_as_json(reading: WorkbookReading) -> dict[str, Any]:
    """records, problems, columns, ignored_rows of all sheets, and how each sheet was understood."""
    sheets = reading.sheets
    return {
        "file": reading.file_name,
        "format": reading.format,
        "kind": reading.kind,
        "records": [_record(record) for sheet in sheets for record in sheet.records],
        "problems": [_problem_of(p) for sheet in sheets for p in sheet.problems],
        "columns": {sheet.name: sheet.columns for sheet in sheets if sheet.columns},
        "ignored_rows": [{"sheet": sheet.name, **row} for sheet in sheets for row in sheet.ignored_rows],
        "sheets": [_sheet(sheet) for sheet in sheets],
    }


def _problem_of(problem: Any) -> dict[str, Any]:
    given: dict[str, Any] = asdict(problem)
    return given.pop("params") | given


def _record(record: Record) -> dict[str, Any]:
    given = {key: value for key, value in asdict(record).items() if value is not None}
    given.pop("cells")
    return given


def _sheet(sheet: SheetReading) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "role": sheet.role,
        "kind": sheet.kind,
        "state": sheet.state,
        "header_rows": list(sheet.header_rows) if sheet.header_rows else None,
        "data_rows": list(sheet.data_rows) if sheet.data_rows else None,
        "total_row": sheet.total_rows[0] if sheet.total_rows else None,
        "total_rows": sheet.total_rows,
        "year": sheet.year,
        "hidden_columns": sheet.hidden_columns,
        "side_ranges": sheet.side_ranges,
        "columns": [{"col": c, "header": h, "field": sheet.columns.get(c)} for c, h in sheet.headings.items()],
        "cells": sheet.cells,
    }
