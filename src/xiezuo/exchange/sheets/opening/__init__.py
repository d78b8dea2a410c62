"""From bytes to grids: the format is found by content, never by the file's name."""

from .formats import open_workbook
from .opened import OpenedSheet, OpenedWorkbook

__all__ = ["OpenedSheet", "OpenedWorkbook", "open_workbook"]
