"""Understanding the spreadsheets that people already have. No database; nothing is ever evaluated."""

from .as_json import workbook_as_json
from .errors import UnreadableWorkbook
from .grid import Grid
from .layouts import LEVELS, KnownLayout, Layouts, SheetLayout, TableLayout, heading_key
from .model import Problem, Record, SheetReading, TableReading, WorkbookReading
from .problem_kinds import PROBLEM_KINDS, ProblemKind
from .reading import read_workbook

__all__ = [
    "LEVELS",
    "PROBLEM_KINDS",
    "Grid",
    "KnownLayout",
    "Layouts",
    "Problem",
    "ProblemKind",
    "Record",
    "SheetLayout",
    "SheetReading",
    "TableLayout",
    "TableReading",
    "UnreadableWorkbook",
    "WorkbookReading",
    "heading_key",
    "read_workbook",
    "workbook_as_json",
]
