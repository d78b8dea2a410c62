"""Whether a message may go to someone, and if not, why (CON-1): asked when it is written, and again before it is sent."""

from datetime import date

from xiezuo.people.consents import guardian_decides, standing
from xiezuo.people.models import MessageWish, Person
from xiezuo.people.rights import restricted_on
from xiezuo.people.vocab import ConsentPurpose, MessageChannel, NotSentWhy


def why_not(person: Person, purpose: ConsentPurpose, channel: MessageChannel, on: date) -> NotSentWhy | None:
    """What forbids it, the most dangerous first; None where it may be sent."""
    if not person.safe_to_message:
        return NotSentWhy.NOT_SAFE
    if restricted_on(person, on) is not None:
        return NotSentWhy.RESTING
    if guardian_decides(person, on):
        return NotSentWhy.GUARDIAN
    if purpose != ConsentPurpose.SERVICE and not standing(person, purpose, on).is_open:
        return NotSentWhy.NO_CONSENT
    return None if number_of(person, channel) else NotSentWhy.NO_WAY


def number_of(person: Person, channel: MessageChannel) -> str:
    """Where a message of this channel goes; "" where nothing is written down."""
    return {MessageChannel.SMS: person.phone, MessageChannel.WECHAT: person.wechat}.get(channel, "")


def wants_discretion(person: Person) -> bool:
    return MessageWish.objects.filter(person=person.pk).exists()
