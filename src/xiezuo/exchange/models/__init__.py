from xiezuo.exchange.models.answers import ProblemAnswer
from xiezuo.exchange.models.imported import ImportBatch, ImportedRow, ImportedSheet, SheetPart
from xiezuo.exchange.models.layouts import Layout

__all__ = ["ImportBatch", "ImportedRow", "ImportedSheet", "Layout", "ProblemAnswer", "SheetPart"]
