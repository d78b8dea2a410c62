"""The table of all kinds of problem, for the pages that put words to them."""

from __future__ import annotations

from dataclasses import dataclass

from .vocabulary import table


@dataclass(frozen=True)
class ProblemKind:
    """``severity``: error, warning or info; ``concerns``: what the cell stands for (cell, row or column)."""

    severity: str
    concerns: str


PROBLEM_KINDS: dict[str, ProblemKind] = {kind: ProblemKind(**spec) for kind, spec in table("problem_kinds").items()}
