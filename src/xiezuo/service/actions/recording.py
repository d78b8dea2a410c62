"""Writing work down: once, several at a time, or from an imported sheet."""

import uuid
from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from xiezuo.common.days import now
from xiezuo.common.events import happened, happened_to_each
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_do_casework
from xiezuo.people.actions import sites_now_serve
from xiezuo.service.access import written_under
from xiezuo.service.actions.checks import check, check_day, check_known, check_people, check_site, named_in
from xiezuo.service.actions.facts import ServiceFacts
from xiezuo.service.actions.writing import columns, next_serials, write_records, write_who
from xiezuo.service.models import ServiceRecord
from xiezuo.service.vocab import RecordState


@transaction.atomic
def record_service(*, by: Actor, facts: ServiceFacts, on: date, key: uuid.UUID | None = None) -> ServiceRecord:
    """Write down one piece of work, on the day `on`. The same `key` again gives the record already written."""
    if key is None:
        return _write(by, facts, on, uuid.uuid4())
    written = written_under(by, key)
    if written is not None:
        return written
    try:
        with transaction.atomic():
            return _write(by, facts, on, key)
    except IntegrityError:
        # The same form arrived twice at the same moment, and the other one was first.
        written = written_under(by, key)
        if written is None:
            raise
        return written


def _write(by: Actor, facts: ServiceFacts, on: date, key: uuid.UUID) -> ServiceRecord:
    check(by, facts, on)
    record = ServiceRecord.objects.create(
        **columns(facts),
        key=key,
        serial_no=next_serials((facts.service_date or on).year)[0],
        recorded_by=by.user,
        recorded_at=now(),
    )
    if facts.projects:
        record.projects.set(facts.projects)
    if facts.staff:
        record.staff.set(facts.staff)
    write_who(record, facts)
    happened("service.record.written", record, by_id=by.id, method=facts.method, people=len(facts.taking))
    return record


@transaction.atomic
def record_services(*, by: Actor, everything: Sequence[ServiceFacts], on: date) -> list[ServiceRecord]:
    """Write down several pieces of work of one site at once; each is checked and has its event."""
    must_do_casework(by)
    for facts in everything:
        check_day(facts, on)
        check_site(by, facts)
        check_people(facts)
    named = {pk for facts in everything for pk in named_in(facts)}
    check_known(by, named)
    records = write_records(by, everything, on, RecordState.RECORDED)
    for site in {facts.site for facts in everything if facts.site}:
        sites_now_serve(people={pk for f in everything if f.site == site for pk in named_in(f)}, site=site, on=on)
    told = [
        (record, record.recorded_at, {"method": facts.method, "people": len(facts.taking)})
        for record, facts in zip(records, everything, strict=True)
    ]
    happened_to_each("service.record.written", told, by_id=by.id)
    return records


def take_in_services(*, by: Actor, everything: Sequence[ServiceFacts], on: date) -> list[ServiceRecord]:
    """Services of an imported sheet; part of the import's own transaction and event.

    They arrive in state `arriving` and count nowhere until the import is whole.
    """
    must_do_casework(by)
    return write_records(by, everything, on, RecordState.ARRIVING)
