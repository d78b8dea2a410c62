"""What was told to someone outside the pages, checks of their background and complaints they made, as they themselves read it."""

from dataclasses import dataclass
from datetime import date, datetime

from xiezuo.common.days import local
from xiezuo.common.walls import opened
from xiezuo.people.members import Reader
from xiezuo.people.models import BackgroundCheck, BreachTelling, Complaint, OutgoingMessage, Restriction

OWN = "the person reads what was told to them"


@dataclass(frozen=True)
class OwnMessage:
    """`how`: over which channel; `state`: whether it was sent, told by somebody, or held back."""

    at: datetime
    how: str
    text: str
    state: str
    state_words: str


@dataclass(frozen=True)
class OwnCheck:
    on: date
    source: str
    result: str
    words: str


@dataclass(frozen=True)
class OwnComplaint:
    received_on: date
    about: str
    facts: str
    wish: str
    result: str
    told_on: date | None


@dataclass(frozen=True)
class OwnRest:
    """A time in which the record rests."""

    from_on: date
    to_on: date | None


@dataclass(frozen=True)
class OwnTold:
    """That they were told of a breach of their data, or are still to be told (null)."""

    told_on: date | None


def own_messages(reader: Reader) -> list[OwnMessage]:
    """To themselves; what was told to a young person is not the guardian's."""
    if not reader.own or reader.reduced:
        return []
    with opened("people.OutgoingMessage", why=OWN):
        rows = list(OutgoingMessage.objects.filter(person=reader.subject))
    return [
        OwnMessage(
            row.written_at,
            str(row.get_channel_display()),
            str(row.text),
            row.state,
            str(row.get_state_display()),
        )
        for row in rows
    ]


def own_checks(reader: Reader) -> list[OwnCheck]:
    if not reader.own or reader.reduced:
        return []
    rows = BackgroundCheck.objects.filter(person=reader.subject)
    return [OwnCheck(row.checked_on, row.source, row.result, str(row.get_result_display())) for row in rows]


def own_complaints(reader: Reader) -> list[OwnComplaint]:
    if not reader.own or reader.reduced:
        return []
    rows = Complaint.objects.filter(person=reader.subject)
    return [
        OwnComplaint(r.received_on, r.about, r.facts, r.wish, r.result if r.told_on else "", r.told_on) for r in rows
    ]


def own_rests(reader: Reader) -> list[OwnRest]:
    if reader.reduced:
        return []
    return [OwnRest(row.from_on, row.to_on) for row in Restriction.objects.filter(person=reader.subject)]


def own_tellings(reader: Reader) -> list[OwnTold]:
    if reader.reduced:
        return []
    rows = BreachTelling.objects.filter(person=reader.subject)
    return [OwnTold(local(row.told_at).date() if row.told_at else None) for row in rows]
