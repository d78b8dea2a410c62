"""Reading the kept values of imported rows."""

import json
import re
from typing import Any

from xiezuo.exchange.models import ImportedRow


def values_of(row: ImportedRow) -> dict[str, Any]:
    """The values of a row as the reader of the sheet gave them."""
    return dict(json.loads(str(row.values))) if row.values else {}


def vague_month_of(row: ImportedRow) -> int | None:
    """The month of a date that names no day of the calendar: 4月底 → 4."""
    vague = (problem for problem in row.problems if problem.get("kind") in {"date_vague", "date_impossible"})
    written = next((str(problem.get("written", "")) for problem in vague), "")
    found = re.search(r"(?<!\d)(\d{1,2})\s*月", written)
    month = int(found[1]) if found else 0
    return month if 1 <= month <= 12 else None


def candidates_of(row: ImportedRow) -> list[str]:
    """The ISO days that an unclear date of this row may mean."""
    return [day for problem in row.problems for day in problem.get("candidates", []) if isinstance(day, str)]
