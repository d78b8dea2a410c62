"""Writing and proving the chain of events."""

import hmac
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.db import models, transaction

from xiezuo.common.days import now
from xiezuo.common.keys import house_keys
from xiezuo.common.models import Event, EventHead

START = "0" * 64


def link(event: Event, before: str) -> str:
    """The keyed hash (64 hex digits) that ties `event` to the row before it."""
    content = json.dumps(
        [
            before,
            event.at.astimezone(UTC).isoformat(),
            event.by_id,
            event.code,
            event.subject,
            event.subject_id,
            event.facts,
        ],
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hmac.new(house_keys().chain_key_of(event.pk), content.encode(), sha256).hexdigest()


def happened(code: str, thing: models.Model, *, by_id: int | None, **facts: Any) -> Event:
    """Write that `code` happened to `thing`; call it inside the action's own transaction.

    `facts` may hold ids, codes, numbers and ISO dates only.
    """
    return happened_to_each(code, [(thing, now(), facts)], by_id=by_id)[0]


def happened_to_each(
    code: str, things: Sequence[tuple[models.Model, datetime, dict[str, Any]]], *, by_id: int | None
) -> list[Event]:
    """Write that `code` happened to several things, each at its moment and with its facts, as one piece of the chain."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An event belongs to the transaction of the action it tells of.")
    head = EventHead.objects.select_for_update().filter(pk=1).first() or EventHead.objects.create(pk=1)
    events = []
    for thing, moment, facts in things:
        subject, pk = thing._meta.label_lower, thing.pk
        event = Event(at=moment, by_id=by_id, code=code, subject=subject, subject_id=pk, facts=facts)
        event.hash = link(event, head.hash or START)
        head.hash, head.length = event.hash, head.length + 1
        events.append(event)
    Event.objects.bulk_create(events)
    head.save(update_fields=["hash", "length"], force_update=True)
    return events


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold: the id of the first event that does not fit, or None when the end is missing."""

    event_id: int | None


def verify_chain(*, progress: Callable[[int], object] = lambda done: None) -> Iterator[Break]:
    """Walk the whole chain in order; yields each break, nothing when it is whole.

    `progress` is told every thousand events how many have been read.
    """
    # Read first: what is written while we walk lies beyond this end, and is no break.
    head = EventHead.objects.filter(pk=1).first() or EventHead()
    before, length, end = START, 0, ""
    for event in Event.objects.order_by("id").iterator(chunk_size=2000):
        if event.hash != link(event, before):
            yield Break(event.pk)
        before, length = event.hash, length + 1
        if length <= max(head.length, 1):
            end = event.hash
        if length % 1000 == 0:
            progress(length)
    if head.hash != end or length < head.length:
        yield Break(None)
