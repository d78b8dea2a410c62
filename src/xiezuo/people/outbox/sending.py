"""Handing messages to a carrier, in the background."""

import logging

from django.db import transaction
from django_tasks import task

from xiezuo.common.days import now, today
from xiezuo.common.events import happened
from xiezuo.common.walls import opened
from xiezuo.people.models import OutgoingMessage
from xiezuo.people.outbox.carriers import CouldNotCarry, carrier_for
from xiezuo.people.outbox.deciding import number_of, why_not
from xiezuo.people.outbox.seeing import OUTGOING
from xiezuo.people.vocab import ConsentPurpose, MessageChannel, OutgoingState

logger = logging.getLogger(__name__)
HANDED = "the house hands over a message that it was told to send"


@task()
def send_in_background(message_id: int) -> None:
    send(message_id)


def send_soon(message_id: int) -> None:
    send_in_background.enqueue(message_id)


def send(message_id: int) -> str:
    """Hand one waiting message to its carrier; gives the state it has then. What forbids it is asked anew: since it was
    written someone may have said that messages are not safe."""
    with opened(OUTGOING, why=HANDED), transaction.atomic():
        row = OutgoingMessage.objects.select_for_update(of=("self",)).select_related("person").get(pk=message_id)
        if row.state != OutgoingState.WAITING or row.person is None:
            return row.state
        channel = MessageChannel(row.channel)
        carrier, barred = carrier_for(channel), why_not(row.person, ConsentPurpose(row.purpose), channel, today())
        if barred is None and carrier is None:
            return row.state
        row.why_not = barred or ""
        row.state = OutgoingState.NOT_SENT if barred else OutgoingState.SENT
        if carrier is not None and barred is None:
            try:
                carrier.carry(key=str(row.key), channel=channel, to=number_of(row.person, channel), text=str(row.text))
            except CouldNotCarry as failed:
                logger.warning("A carrier could not take message %s: %s", row.pk, failed)
                row.state = OutgoingState.FAILED
        row.settled_at = now()
        row.save(update_fields=["state", "why_not", "settled_at"])
        happened(f"people.message.{row.state}", row, by_id=None, channel=row.channel)
        return row.state
