from xiezuo.exchange.models.imported import STILL_HERE, ImportBatch, ImportedRow, ImportedSheet
from xiezuo.exchange.models.match import PossibleMatch

__all__ = ["STILL_HERE", "ImportBatch", "ImportedRow", "ImportedSheet", "PossibleMatch"]
