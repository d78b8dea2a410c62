"""Taking a whole import back. What people wrote on it since is kept, and said before and after."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.exchange.access import batch_for
from xiezuo.exchange.models import ImportBatch, ImportedRow
from xiezuo.exchange.vocab import BatchState, RowState
from xiezuo.orgs.access import Actor
from xiezuo.orgs.actions import close_unused_sites
from xiezuo.people.taking_back import (
    households_joined_since,
    people_worked_with_since,
    take_back_households,
    take_back_people,
)
from xiezuo.service.taking_back import services_worked_on_since, take_back_services

AT_ONCE = 500  # ids in one statement


@dataclass(frozen=True)
class Undoing:
    """Ids of what an import made: what goes when it is undone, and what stays because of work written since."""

    services: set[int]
    households: set[int]
    people: set[int]
    kept_services: set[int]
    kept_households: set[int]
    kept_people: set[int]


def _in_parts(ids: set[int]) -> Iterable[list[int]]:
    ordered = sorted(ids)
    return (ordered[i : i + AT_ONCE] for i in range(0, len(ordered), AT_ONCE))


def what_undoing_means(batch: ImportBatch) -> Undoing:
    """What would go and what would stay if this import were undone now."""
    made = ImportedRow.objects.filter(sheet__batch=batch, created=True)
    services = set(made.filter(record__isnull=False).values_list("record_id", flat=True))
    households = set(made.filter(household__isnull=False).values_list("household_id", flat=True))
    people = set(made.filter(person__isnull=False).values_list("person_id", flat=True))
    kept_services = {pk for part in _in_parts(services) for pk in services_worked_on_since(part)}
    kept_households = households_joined_since(households, people)
    going = households - kept_households
    kept_people = people_worked_with_since(people, going)
    return Undoing(services - kept_services, going, people - kept_people, kept_services, kept_households, kept_people)


@transaction.atomic
def undo_import(*, by: Actor, batch: ImportBatch) -> ImportBatch:
    """Take back everything one import made, in one transaction. Raises RuleBroken if it was not imported.

    Records worked on since, and people on whom new work was written, stay; the summary says how many.
    """
    batch_for(by, batch.pk)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != BatchState.APPLIED:
        raise RuleBroken("exchange.not_applied", _("Only a finished import can be undone."))
    undoing = what_undoing_means(batch)
    for part in _in_parts(undoing.services):
        ImportedRow.objects.filter(record__in=part).update(record=None, created=False, state=RowState.UNDONE)
        take_back_services(part)
    for part in _in_parts(undoing.households):
        ImportedRow.objects.filter(household__in=part).update(household=None, created=False, state=RowState.UNDONE)
        take_back_households(part)
    for part in _in_parts(undoing.people):
        ImportedRow.objects.filter(person__in=part).update(person=None, created=False, state=RowState.UNDONE)
        take_back_people(part)
    elsewhere = ImportBatch.objects.exclude(pk=batch.pk).filter(site__isnull=False).values_list("site_id", flat=True)
    batch.site = None
    batch.save(update_fields=["site"])
    close_unused_sites(set(batch.summary.get("new_sites", [])) - set(elsewhere))
    kept = {
        "kept_records": len(undoing.kept_services),
        "kept_households": len(undoing.kept_households),
        "kept_people": len(undoing.kept_people),
    }
    # Rows whose thing stays keep saying so: brought again, they are recognised as already here.
    ImportedRow.objects.filter(sheet__batch=batch, created=False).update(state=RowState.UNDONE)
    batch.state, batch.summary = BatchState.UNDONE, batch.summary | kept
    batch.save(update_fields=["state", "summary"])
    happened("exchange.import.undone", batch, by_id=by.id, **kept)
    return batch


@transaction.atomic
def discard_import(*, by: Actor, batch: ImportBatch) -> ImportBatch:
    """Put a file aside that was read but not imported: its rows and the file itself go."""
    batch_for(by, batch.pk)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state not in {BatchState.UNDERSTOOD, BatchState.UNREADABLE}:
        raise RuleBroken("exchange.not_waiting", _("Only a file that was not imported can be put aside."))
    batch.sheets.all().delete()
    batch.state = BatchState.DISCARDED
    batch.save(update_fields=["state"])
    happened("exchange.import.discarded", batch, by_id=by.id)
    storage, name = batch.file.storage, str(batch.file.name)
    transaction.on_commit(lambda: storage.delete(name))
    return batch
