"""The aid someone asked for, as they read it themselves: when, what kind, how much, and how it stands."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xiezuo.people.members import Reader
from xiezuo.service.aid.balance import kind_words
from xiezuo.service.models import Aid


@dataclass(frozen=True)
class OwnAid:
    """Amounts in yuan; `handed_on`: the day on which it was handed over."""

    asked_on: date
    number: str
    kind: str
    kind_words: str
    asked: Decimal | None
    received: Decimal | None
    handed_on: date | None
    state: str
    state_words: str


def own_aids(reader: Reader) -> list[OwnAid]:
    if reader.reduced:
        return []
    return [_told(row) for row in Aid.objects.filter(applicant=reader.subject)]


def _told(row: Aid) -> OwnAid:
    return OwnAid(
        row.asked_on,
        row.number,
        row.kind,
        kind_words(row.kind),
        row.amount_asked,
        row.amount_paid,
        row.handed_on,
        row.state,
        str(row.get_state_display()),
    )
