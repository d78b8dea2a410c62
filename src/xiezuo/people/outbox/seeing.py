"""Who sees which messages: those to a person whoever may know how to reach them and reads that part of the file, those to a
colleague that colleague."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for, sections_of, volunteers_for
from xiezuo.people.models import OutgoingMessage, Person
from xiezuo.people.outbox.deciding import number_of
from xiezuo.people.vocab import MessageChannel, NotSentWhy, OutgoingState, Section

OUTGOING = "people.OutgoingMessage"
DECIDED = "whom the message is to; the file is asked next"
OPEN = (OutgoingState.WAITING, OutgoingState.FAILED, OutgoingState.NOT_SENT)
MOST = 200  # rows looked at for one list


@dataclass(frozen=True)
class Outgoing:
    """A message as it is shown. `number`: where it would go; empty where that must not be used."""

    row: OutgoingMessage
    text: str
    number: str

    @property
    def is_open(self) -> bool:
        return self.row.state in OPEN

    @property
    def is_dangerous(self) -> bool:
        """Messages to them are not safe: whoever tells them does it by mouth, and only if that is safe."""
        return self.row.person is not None and (
            not self.row.person.safe_to_message or self.row.why_not == NotSentWhy.NOT_SAFE
        )


def outbox_of(actor: Actor, *, only_open: bool) -> list[Outgoing]:
    """What is to be told to people and to the actor, the latest first."""
    return _shown(actor, Q(state__in=OPEN) if only_open else ~Q(state__in=OPEN))


def messages_to(actor: Actor, person: Person) -> list[Outgoing]:
    """What was, or should be, told to one person, the latest first."""
    return _shown(actor, Q(person=person))


def message_for(actor: Actor, pk: int) -> Outgoing:
    """One message. Raises NotAllowed with the same words whether it exists or not."""
    found = _shown(actor, Q(pk=pk))
    if not found:
        raise NotAllowed(_("This message is to someone whom you do not look after, or there is no such message."))
    return found[0]


def _shown(actor: Actor, which: Q) -> list[Outgoing]:
    people, volunteers = people_for(actor).values("pk"), volunteers_for(actor).values("pk")
    known = Q(colleague=actor.user) | Q(person__in=people) | Q(person__in=volunteers)
    with opened(OUTGOING, why=DECIDED):
        rows = OutgoingMessage.objects.filter(which & known).select_related(
            "person", "colleague", "caused_by", "settled_by"
        )
        return _open_to(actor, list(rows[:MOST]))


def _open_to(actor: Actor, rows: Iterable[OutgoingMessage]) -> list[Outgoing]:
    found = list(rows)
    sections = sections_of(actor, {row.person for row in found if row.person})
    return [
        Outgoing(row, str(row.text), _number(row))
        for row in found
        if row.person is None or {Section.CONTACT, Section(row.section)} <= sections[row.person.pk].open
    ]


def _number(row: OutgoingMessage) -> str:
    if row.person is None or not row.person.safe_to_message or row.why_not == NotSentWhy.NOT_SAFE:
        return ""
    return number_of(row.person, MessageChannel(row.channel))
