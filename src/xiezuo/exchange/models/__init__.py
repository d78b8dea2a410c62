from xiezuo.exchange.models.imported import ImportBatch, ImportedRow, ImportedSheet

__all__ = ["ImportBatch", "ImportedRow", "ImportedSheet"]
