"""What someone may say a table and its columns are: the kinds and fields of the vocabulary, in its order."""

from __future__ import annotations

from .vocabulary import table


def kinds_of_tables() -> list[str]:
    """Kinds that have columns."""
    return list(table("kinds"))


def fields_of(kind: str) -> list[str]:
    """The fields a column of this kind may be; none for a kind without columns."""
    spec = table("kinds").get(kind, {})
    return [*spec.get("fields", {}), *spec.get("also", [])]
