"""Putting a record right: correct it, cancel it, finish its next step."""

from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.orgs.access import Actor
from xiezuo.service.access import can_correct, record_for
from xiezuo.service.actions.checks import check
from xiezuo.service.actions.facts import ServiceFacts
from xiezuo.service.actions.writing import columns, write_who
from xiezuo.service.models import ServiceRecord
from xiezuo.service.vocab import RecordState

ERASED = Q(person__isnull=False, person__erased_on__isnull=False)


@transaction.atomic
def correct_service(*, by: Actor, record: ServiceRecord, facts: ServiceFacts, on: date) -> ServiceRecord:
    """Write the record anew as it should have been; the event says that it was corrected and by whom."""
    record = record_for(by, record.pk)
    if not can_correct(by, record):
        raise NotAllowed(_("Only the one who wrote a record, or a supervisor of its site, corrects it."))
    if record.state == RecordState.CANCELLED:
        raise RuleBroken("service.cancelled", _("A cancelled record is not corrected; write a new one."))
    facts = _without_the_erased(record, facts)
    check(by, facts, on)
    values = columns(facts)
    changed = sorted(name for name, value in values.items() if getattr(record, name) != value)
    for name in changed:
        setattr(record, name, values[name])
    record.save()
    record.projects.set(facts.projects)
    record.staff.set(facts.staff)
    record.participations.exclude(ERASED).delete()
    record.volunteer_parts.exclude(ERASED).delete()
    write_who(record, facts)
    happened("service.record.corrected", record, by_id=by.id, fields=changed)
    return record


def _without_the_erased(record: ServiceRecord, facts: ServiceFacts) -> ServiceFacts:
    """Whoever was erased stays on the record as they are: nobody knows any more whether they were there."""
    rows = (record.participations, record.volunteer_parts)
    gone = {pk for row in rows for pk in row.filter(ERASED).values_list("person_id", flat=True)}
    if not gone:
        return facts
    taking = [row for row in facts.taking if row.person not in gone]
    return replace(facts, taking=taking, helping=[row for row in facts.helping if row.person not in gone])


@transaction.atomic
def cancel_service(*, by: Actor, record: ServiceRecord, why: str) -> ServiceRecord:
    """The work did not happen, or was written twice. The record stays, counts nowhere and says why."""
    record = record_for(by, record.pk)
    if not can_correct(by, record):
        raise NotAllowed(_("Only the one who wrote a record, or a supervisor of its site, cancels it."))
    if not tidy(why):
        raise RuleBroken("service.cancel_needs_reason", _("Write why this record should not count."), field="why")
    record.state = RecordState.CANCELLED
    record.cancelled_why = tidy(why)
    record.save(update_fields=["state", "cancelled_why"])
    happened("service.record.cancelled", record, by_id=by.id)
    return record


@transaction.atomic
def finish_step(*, by: Actor, record: ServiceRecord, on: date) -> ServiceRecord:
    """The next step named on the record is done."""
    record = record_for(by, record.pk)
    if not record.next_step:
        raise RuleBroken("service.no_step", _("This record names no next step."))
    record.next_done_on = on
    record.save(update_fields=["next_done_on"])
    happened("service.step.finished", record, by_id=by.id, on=on.isoformat())
    return record
