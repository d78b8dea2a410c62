"""How long each class of record is kept (RET, pack retention-default). Who destroys asks here; this floor only tells."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language

from xiezuo.forms.packs import pack


@dataclass(frozen=True)
class RecordClass:
    """`held`: a rule from outside asks for the time. `counted_from` names what the period is counted from."""

    code: str
    zh: str
    en: str
    months: int
    counted_from: str
    held: bool
    source: str
    mark: str

    def __str__(self) -> str:
        return self.en if (get_language() or "").startswith("en") else self.zh


def _class(row: dict[str, Any]) -> RecordClass:
    return RecordClass(
        code=row["record_class"],
        zh=row["zh"],
        en=row["en"],
        months=row.get("years", 0) * 12 + row.get("months", 0),
        counted_from=row["counted_from"],
        held=row["held"],
        source=row["source"],
        mark=row["mark"],
    )


def record_classes() -> dict[str, RecordClass]:
    """Every class of the pack by its code."""
    return {row["record_class"]: _class(row) for row in pack("retention-default")["classes"]}


def kept_until(code: str, start: date) -> date:
    """The first day on which a record of the class may end, `start` being the day from which is counted.

    A day that a month does not have is the first of the next. Raises KeyError for a class that no pack has.
    """
    months = start.year * 12 + start.month - 1 + record_classes()[code].months
    year, month = divmod(months, 12)
    try:
        return date(year, month + 1, start.day)
    except ValueError:
        return date(year + month // 11, (month + 1) % 12 + 1, 1)


def is_stored_only(code: str, start: date, on: date) -> bool:
    """Whether a rule from outside keeps the record on that day though its person asked for its end (DAT-7)."""
    return record_classes()[code].held and on < kept_until(code, start)
