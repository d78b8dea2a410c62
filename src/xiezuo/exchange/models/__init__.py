from xiezuo.exchange.models.answers import ProblemAnswer
from xiezuo.exchange.models.export import Export, ExportedPerson, SharingAgreement
from xiezuo.exchange.models.imported import STILL_HERE, ImportBatch, ImportedRow, ImportedSheet, SheetPart
from xiezuo.exchange.models.layouts import Layout
from xiezuo.exchange.models.match import PossibleMatch

__all__ = [
    "STILL_HERE",
    "Export",
    "ExportedPerson",
    "ImportBatch",
    "ImportedRow",
    "ImportedSheet",
    "Layout",
    "PossibleMatch",
    "ProblemAnswer",
    "SharingAgreement",
    "SheetPart",
]
