"""Reading the kept values of imported rows, and the digests by which rows belong together."""

import json
import re
from typing import Any

from xiezuo.common.crypto import blind
from xiezuo.exchange.kinds import MENTIONED
from xiezuo.exchange.models import ImportedRow

# What rows share that become one service record.
SHARED = {"service_hours": ("activity", "date", "year", "month"), "contact": ("place", "date")}


def values_of(row: ImportedRow) -> dict[str, Any]:
    """The values of a row as the reader of the sheet gave them."""
    return dict(json.loads(str(row.values))) if row.values else {}


def shared_by(record_type: str, values: dict[str, Any]) -> str:
    """What rows of one service record have in common, as text; empty for a type that is one record a row."""
    if record_type not in SHARED:
        return ""
    return json.dumps([values.get(name) for name in SHARED[record_type]], ensure_ascii=False)


def together_of(record_type: str, values: dict[str, Any]) -> str:
    return blind(shared_by(record_type, values), "exchange.together")


def who_of(record_type: str, values: dict[str, Any]) -> str:
    """The digest of someone who is only mentioned: a full name, with the telephone where there is one."""
    if record_type not in MENTIONED or not values.get("name"):
        return ""
    return blind(f"{values['name']}#{values.get('phone', '')}", "exchange.who")


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


def key_of(row: ImportedRow) -> str:
    """By what other rows of the sheet point at this one (`part_of`)."""
    return row.cell or str(row.row)
