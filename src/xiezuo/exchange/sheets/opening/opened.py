"""A workbook whose bytes have been read, before anything is understood."""

from __future__ import annotations

from dataclasses import dataclass

from ..grid import Grid


@dataclass
class OpenedSheet:
    """One sheet as stored: its name, its grid and whether people see it."""

    name: str
    grid: Grid
    state: str = "visible"


@dataclass
class OpenedWorkbook:
    """``format`` is the true one: xlsx, xls, csv or html."""

    format: str
    sheets: list[OpenedSheet]
