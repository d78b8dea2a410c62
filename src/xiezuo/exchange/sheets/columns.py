"""Which column of a table is which field."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Columns:
    """Column → field, and how much of the table was understood. ``doubted``: columns for which only their cells speak."""

    fields: dict[int, str] = field(default_factory=dict)
    concepts: dict[str, float] = field(default_factory=dict)
    profiles: dict[int, Counter[str]] = field(default_factory=dict)
    unknown_parts: set[str] = field(default_factory=set)
    doubted: set[int] = field(default_factory=set)
    _cols: dict[str, int] = field(default_factory=dict)

    def col(self, name: str) -> int | None:
        """The column of a field."""
        return self._cols.get(name)

    def place(self, col: int, name: str) -> bool:
        """Give a column to a field; False when either is taken."""
        if col in self.fields or name in self._cols:
            return False
        self.fields[col] = name
        self._cols[name] = col
        return True

    def add(self, col: int, name: str) -> None:
        """Give a further column to a field of figures; ``col`` keeps naming the first."""
        self.fields.setdefault(col, name)

    def rename(self, names: dict[str, str]) -> None:
        """Call fields by other names; an empty name drops the field."""
        self.fields = {col: new for col, name in self.fields.items() if (new := names.get(name, name))}
        self._cols = {name: col for col, name in reversed(self.fields.items())}
