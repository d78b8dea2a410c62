"""What someone may say a table and its columns are: the kinds and fields of the vocabulary, in its order."""

from __future__ import annotations

from .kinds import READERS
from .vocabulary import table


def kinds_of_tables() -> list[str]:
    """Kinds whose columns are read."""
    return [kind for kind in table("kinds") if kind in READERS]


def fields_of(kind: str) -> list[str]:
    """The fields a column of this kind may be; none for a kind without columns."""
    spec = table("kinds").get(kind, {})
    return [*spec.get("fields", {}), *spec.get("also", [])]
