"""Taking a whole import back. What people wrote on it since is kept, and said before and after."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.exchange.access import batch_for
from xiezuo.exchange.actions.describing import facts_of_rows
from xiezuo.exchange.actions.step import Step
from xiezuo.exchange.models import ExportedPerson, ImportBatch, ImportedRow
from xiezuo.exchange.vocab import BatchState, RowState
from xiezuo.orgs.access import Actor
from xiezuo.orgs.actions import close_unused_sites
from xiezuo.people.taking_back import (
    households_joined_since,
    merges_that_hold,
    people_worked_with_since,
    take_back_households,
    take_back_people,
    take_back_ties,
    take_back_what_was_added,
)
from xiezuo.service.taking_back import (
    homes_in_other_services,
    people_in_other_services,
    services_worked_on_since,
    take_back_services,
)

AT_ONCE = 500  # ids in one statement
TIES = ("assignments", "roles", "members", "relationships")


@dataclass(frozen=True)
class Undoing:
    """Ids of what an import made: what goes when it is undone, and what stays because of work written since."""

    services: set[int]
    households: set[int]
    people: set[int]
    kept_services: set[int]
    kept_households: set[int]
    kept_people: set[int]


def _in_parts(ids: Iterable[int]) -> Iterable[list[int]]:
    ordered = sorted(ids)
    return (ordered[i : i + AT_ONCE] for i in range(0, len(ordered), AT_ONCE))


def what_undoing_means(batch: ImportBatch) -> Undoing:
    """What would go and what would stay if this import were undone now."""
    rows = ImportedRow.objects.filter(sheet__batch=batch)
    services = set(rows.filter(created=True, record__isnull=False).values_list("record_id", flat=True))
    households = set(rows.filter(household_created=True).values_list("household_id", flat=True))
    people = set(rows.filter(person__isnull=False, person_created=True).values_list("person_id", flat=True))
    kept_services = {pk for part in _in_parts(services) for pk in services_worked_on_since(part)}
    going_services = services - kept_services
    kept_households = households_joined_since(households, people | _linked(batch))
    kept_households |= {pk for part in _in_parts(households) for pk in homes_in_other_services(part, going_services)}
    going = households - kept_households
    kept_people = set()
    for part in _in_parts(people):
        kept_people |= people_worked_with_since(part, going) | people_in_other_services(part, going_services)
        kept_people |= _named_by_others(batch, part) | _left_in_lists(part)
    return Undoing(going_services, going, people - kept_people, kept_services, kept_households, kept_people)


def _linked(batch: ImportBatch) -> set[int]:
    """People who were here before and to whom the import linked rows."""
    rows = ImportedRow.objects.filter(sheet__batch=batch, person__isnull=False, person_created=False)
    return set(rows.values_list("person_id", flat=True))


def _left_in_lists(people: list[int]) -> set[int]:
    """Those of `people` who stood in a list that left the house: that they did is told to them."""
    left = ExportedPerson.objects.filter(person__in=people, export__written_at__isnull=False)
    return set(left.values_list("person_id", flat=True))


def _named_by_others(batch: ImportBatch, people: list[int]) -> set[int]:
    """Those of `people` whom a later import knows, too."""
    others = ImportedRow.objects.filter(person__in=people, state=RowState.ARRIVED).exclude(sheet__batch=batch)
    return set(others.values_list("person_id", flat=True))


def merges_in_the_way(batch: ImportBatch) -> set[int]:
    """Ids of standing merges that took in people or rows of this import: what it made cannot be told apart until
    they are taken back."""
    rows = ImportedRow.objects.filter(sheet__batch=batch, person__isnull=False)
    found: set[int] = set()
    made: set[int] = set(rows.filter(person_created=True).values_list("person_id", flat=True))
    for part in _in_parts(made):
        found |= merges_that_hold(part, "exchange.importedrow", ())
    for part in _in_parts(rows.values_list("pk", flat=True)):
        found |= merges_that_hold((), "exchange.importedrow", part)
    return found


@transaction.atomic
def undo_import(*, by: Actor, batch: ImportBatch) -> ImportBatch:
    """Take back everything one import made, in one transaction. Raises RuleBroken if it was not imported, or while
    people of it are merged with others.

    Records worked on since, and people on whom new work was written, stay; the summary says how many.
    """
    batch_for(by, batch.pk)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != BatchState.APPLIED:
        raise RuleBroken("exchange.not_applied", _("Only a finished import can be undone."))
    if merges := merges_in_the_way(batch):
        raise RuleBroken(
            "exchange.merged_since",
            ngettext(
                "Someone of this file was merged with another record since. Take that merge back first, then undo"
                " the import.",
                "People of this file were merged with other records since (%(n)s merges). Take these back first, then"
                " undo the import.",
                len(merges),
            )
            % {"n": len(merges)},
            merges=sorted(merges),
        )
    undoing = what_undoing_means(batch)
    _take_back_additions(batch)
    _take_back(undoing)
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
    rows = ImportedRow.objects.filter(sheet__batch=batch)
    rows.filter(created=False, person_created=False, household_created=False).update(
        state=RowState.UNDONE, person=None, household=None, record=None, added={}
    )
    batch.state, batch.summary = BatchState.UNDONE, batch.summary | kept
    batch.save(update_fields=["state", "summary"])
    happened("exchange.import.undone", batch, by_id=by.id, **kept)
    return batch


def _take_back(undoing: Undoing) -> None:
    """Records first, then homes, then those who took part and lived there."""
    rows = ImportedRow.objects
    for part in _in_parts(undoing.services):
        rows.filter(record__in=part).update(record=None, created=False, state=RowState.UNDONE)
        take_back_services(part)
    for part in _in_parts(undoing.households):
        rows.filter(household__in=part).update(household=None, household_created=False, state=RowState.UNDONE)
        take_back_households(part)
    for part in _in_parts(undoing.people):
        rows.filter(person__in=part).update(person=None, person_created=False, state=RowState.UNDONE)
        # A list that was only asked for has not told of them yet, and is written without them.
        ExportedPerson.objects.filter(person__in=part).delete()
        take_back_people(part)


def _take_back_additions(batch: ImportBatch) -> None:
    """What was added to people who were here before: fields, sites, roles, places in a household, relations."""
    rows = list(ImportedRow.objects.filter(sheet__batch=batch).exclude(added={}).select_related("person"))
    ties: dict[str, set[int]] = {name: {pk for row in rows for pk in row.added.get(name, [])} for name in TIES}
    take_back_ties(**ties)
    filled = [row for row in rows if row.added.get("fields") or row.added.get("tags")]
    told = []
    for row, facts in facts_of_rows(Step.of(batch), filled):
        if row.person is not None:
            told.append((row.person, facts, row.added.get("fields", []), row.added.get("tags", [])))
    take_back_what_was_added(told=told)


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
