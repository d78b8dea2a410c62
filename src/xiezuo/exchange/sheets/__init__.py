"""Understanding the spreadsheets that people already have. No database; nothing is ever evaluated."""

from .as_json import workbook_as_json
from .errors import UnreadableWorkbook
from .grid import Grid
from .model import Problem, Record, SheetReading, WorkbookReading
from .problem_kinds import PROBLEM_KINDS, ProblemKind
from .reading import read_workbook

__all__ = [
    "PROBLEM_KINDS",
    "Grid",
    "Problem",
    "ProblemKind",
    "Record",
    "SheetReading",
    "UnreadableWorkbook",
    "WorkbookReading",
    "read_workbook",
    "workbook_as_json",
]
