"""Putting messages into the outbox, telling them by mouth, dropping them."""

import uuid
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import User
from xiezuo.orgs.vocab import Language
from xiezuo.people.access import must_open
from xiezuo.people.holding import hold
from xiezuo.people.models import MessageWish, OutgoingMessage, Person
from xiezuo.people.outbox.carriers import carrier_for
from xiezuo.people.outbox.deciding import wants_discretion, why_not
from xiezuo.people.outbox.seeing import OUTGOING, message_for
from xiezuo.people.outbox.sending import send_soon
from xiezuo.people.outbox.wording import CHINESE, ENGLISH, Template, template, written
from xiezuo.people.vocab import MessageChannel, OutgoingState, Section, ToldHow

PUT = "an action writes down what is to be told, and reads nothing"


def put_in_outbox(
    *,
    by: Actor | None,
    to_person: Person,
    template: str,
    values: Mapping[str, Any],
    on: date,
    about: models.Model | None = None,
    section: Section = Section.SERVICES,
    channel: MessageChannel | None = None,
    key: uuid.UUID | None = None,
) -> OutgoingMessage:
    """Write down what someone is to be told, in the words of a template; days and times among the values are put into
    words. To be called inside an action that decided so; `by` None where no colleague caused it.

    It waits for a carrier, or for a colleague who tells it. Where it must not be sent it says why, and is there to be told
    by mouth. The same `key` again is the same message. Raises RuleBroken for a record that was erased, KeyError for an
    unknown template or a missing value.
    """
    return _put(by, _standing_for(to_person), None, template, values, on, about, section, channel, key)


def put_for_colleague(
    *,
    by: Actor | None,
    to_user: User,
    template: str,
    values: Mapping[str, Any],
    on: date,
    about: models.Model | None = None,
    key: uuid.UUID | None = None,
) -> OutgoingMessage:
    """The same for someone on the staff, who reads it in the outbox."""
    return _put(by, None, to_user, template, values, on, about, "", MessageChannel.HOUSE, key)


def _standing_for(person: Person) -> Person:
    """The row that stands for someone now. Raises RuleBroken where nothing is known of them any more."""
    hold([person.pk])
    row = Person.objects.select_related("merged_into").get(pk=person.pk)
    while row.merged_into is not None:
        row = row.merged_into
    if row.erased_on is not None:
        raise RuleBroken(
            "people.message_to_nobody", _("This record was erased, so nobody can be told. Nothing was written.")
        )
    return row


@transaction.atomic
def _put(
    by: Actor | None,
    person: Person | None,
    colleague: User | None,
    code: str,
    values: Mapping[str, Any],
    on: date,
    about: models.Model | None,
    section: Section | str,
    channel: MessageChannel | None,
    key: uuid.UUID | None,
) -> OutgoingMessage:
    _must_write(by)
    told = template(code, on)
    way = channel or told.channel
    barred = why_not(person, told.purpose, way, on) if person else None
    with opened(OUTGOING, why=PUT):
        before = OutgoingMessage.objects.filter(key=key).first() if key else None
        if before is not None:
            return before
        message = OutgoingMessage.objects.create(
            key=key or uuid.uuid4(),
            person=person,
            colleague=colleague,
            section=section,
            channel=way,
            purpose=told.purpose,
            template=code,
            pack_version=told.version,
            text=_text(told, values, person, colleague),
            about=about._meta.label_lower if about else "",
            about_id=about.pk if about else None,
            state=OutgoingState.NOT_SENT if barred else OutgoingState.WAITING,
            why_not=barred or "",
            caused_by=by.user if by else None,
        )
    happened("people.message.put", message, by_id=by.id if by else None, template=code, state=message.state)
    if not barred and carrier_for(way) is not None:
        transaction.on_commit(partial(send_soon, message.pk))
    return message


def _must_write(by: Actor | None) -> None:
    if by is not None and by.watched:
        raise NotAllowed(_("You are looking at the house as another role would. Go back to your own to write."))


def _text(told: Template, values: Mapping[str, Any], person: Person | None, colleague: User | None) -> str:
    """In the language of the colleague; nobody has asked people for theirs, so theirs is Chinese."""
    language = ENGLISH if colleague is not None and colleague.language == Language.EN else CHINESE
    return written(told, values, language=language, discreet=person is not None and wants_discretion(person))


@transaction.atomic
def say_told(*, by: Actor, message: OutgoingMessage, how: ToldHow) -> OutgoingMessage:
    """Someone told it by telephone or in person; a message to a colleague is read by that colleague alone."""
    row = _still_open(by, message)
    if (row.colleague_id is not None) != (how == ToldHow.READ):
        raise RuleBroken(
            "people.message_told_how", _("Say how they were told: by telephone or in person."), field="how"
        )
    return _settle(by, row, state=OutgoingState.TOLD, told_how=how)


@transaction.atomic
def drop_message(*, by: Actor, message: OutgoingMessage) -> OutgoingMessage:
    """Nobody needs to be told any more."""
    return _settle(by, _still_open(by, message), state=OutgoingState.DROPPED)


def _still_open(by: Actor, message: OutgoingMessage) -> OutgoingMessage:
    _must_write(by)
    with opened(OUTGOING, why=PUT):
        OutgoingMessage.objects.select_for_update().filter(pk=message.pk).first()
    found = message_for(by, message.pk)
    if not found.is_open:
        raise RuleBroken("people.message_settled", _("A colleague has settled this message already. Nothing changed."))
    return found.row


def _settle(by: Actor, row: OutgoingMessage, **columns: str) -> OutgoingMessage:
    row.settled_by, row.settled_at = by.user, now()
    for name, value in columns.items():
        setattr(row, name, value)
    with opened(OUTGOING, why=PUT):
        row.save(update_fields=["settled_by", "settled_at", *columns])
    happened("people.message.settled", row, by_id=by.id, state=row.state)
    return row


@transaction.atomic
def wish_discretion(*, by: Actor, person: Person, discreet: bool) -> None:
    """The person asks that messages name neither the organisation nor the matter, or asks it no more."""
    _must_write(by)
    hold([person.pk])
    must_open(by, person, Section.CONTACT)
    if discreet:
        _row, changed = MessageWish.objects.get_or_create(person=person, defaults={"noted_by": by.user})
    else:
        changed = bool(MessageWish.objects.filter(person=person).delete()[0])
    if changed:
        happened("people.message.wish", person, by_id=by.id, discreet=discreet)
