"""Taking in what was understood, in small steps that each are whole.

A step is one transaction: it takes some waiting rows, writes what they become and marks them arrived. Whatever stops
the process between two steps, the next run goes on with the rows still waiting. Service records arrive in state
`arriving` and count nowhere until the last step turns them all at once.
"""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from xiezuo.common.bulk import save_columns
from xiezuo.common.days import now
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.exchange.access import batch_for
from xiezuo.exchange.actions.aiding import take_aid
from xiezuo.exchange.actions.asking_later import ask_later
from xiezuo.exchange.actions.centres import Choices
from xiezuo.exchange.actions.decided import leave_out_rows
from xiezuo.exchange.actions.households import take_cases, take_households
from xiezuo.exchange.actions.peopling import take_people
from xiezuo.exchange.actions.step import Step
from xiezuo.exchange.actions.working import (
    parts_of,
    take_activities,
    take_contacts,
    take_hours,
    take_hours_rows,
    take_visits,
)
from xiezuo.exchange.models import ImportBatch, ImportedRow
from xiezuo.exchange.vocab import BatchState, RowState
from xiezuo.orgs.access import Actor, sites_for
from xiezuo.orgs.actions import open_site
from xiezuo.orgs.models import Site
from xiezuo.people.access import people_for
from xiezuo.service.taking_back import count_from_now

STEP_ROWS = 500
# What a step does with rows of a type; types that are not here hang on others or are kept aside at the end.
TAKE: dict[str, Callable[[Step, Sequence[ImportedRow]], None]] = {
    "person": take_people,
    "volunteer": take_people,
    "case": take_cases,
    "household": take_households,
    "activity": take_activities,
    "volunteer_hours_row": take_hours_rows,
    "service_hours": take_hours,
    "visit": take_visits,
    "contact": take_contacts,
    "aid": take_aid,
}
WRITTEN = ("state", "person", "person_created", "household", "household_created", "record", "created", "added")


@transaction.atomic
def begin_apply(*, by: Actor, batch: ImportBatch, site: Site | None, centres: Choices) -> ImportBatch:
    """Say yes to what was understood. `centres` maps a centre's core name to a site, to the name of a new one, or
    to None (no site); `site` is where rows without a centre belong. The rows are taken in afterwards."""
    batch_for(by, batch.pk)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state in {BatchState.APPLYING, BatchState.APPLIED}:
        return batch
    if batch.state != BatchState.UNDERSTOOD:
        raise RuleBroken("exchange.not_understood", _("This file is not waiting to be imported."))
    _must_work_at(by, site)
    chosen: dict[str, int | None] = {}
    new_sites = []
    for core, choice in centres.items():
        if isinstance(choice, str):
            choice = open_site(by=by, name=choice)
            new_sites.append(choice.pk)
        else:
            _must_work_at(by, choice)
        chosen[core] = choice.pk if choice else None
    batch.site = site
    batch.summary = {"centres": chosen, "new_sites": new_sites}
    batch.state, batch.rows_done, batch.step_began_at = BatchState.APPLYING, 0, now()
    batch.save()
    leave_out_rows(batch)
    happened("exchange.import.confirmed", batch, by_id=by.id)
    return batch


def _must_work_at(by: Actor, site: Site | None) -> None:
    if site is not None and not sites_for(by).filter(pk=site.pk).exists():
        raise NotAllowed(_("You do not work at this site, so you cannot bring its records."))


def apply_batch(batch_id: int) -> ImportBatch:
    """Take in every waiting row, step by step. Safe to repeat and to interrupt at any moment."""
    while one_step(batch_id):
        pass
    return finish(batch_id)


def _locked(batch_id: int) -> ImportBatch:
    return ImportBatch.objects.select_for_update().get(pk=batch_id)


def _waiting(batch: ImportBatch) -> list[ImportedRow]:
    """The next rows, of one type and, where several become one record, all of those."""
    waiting = ImportedRow.objects.filter(state=RowState.WAITING, record_type__in=TAKE)
    rows: list[ImportedRow] = []
    for sheet in batch.sheets.order_by("id").values_list("pk", flat=True):
        # Of one sheet an index has the waiting rows in their order; those that arrived need not be looked at again.
        rows += waiting.filter(sheet=sheet).order_by("id")[: STEP_ROWS - len(rows)]
        if len(rows) == STEP_ROWS:
            break
    rows = [row for row in rows if row.record_type == rows[0].record_type]
    shared = {row.together for row in rows} - {""}
    if not shared:
        return rows
    others = waiting.filter(sheet__in={row.sheet_id for row in rows}, together__in=shared)
    return list(others.filter(record_type=rows[0].record_type).order_by("id"))


@transaction.atomic
def one_step(batch_id: int) -> bool:
    """Take in the next rows of one type; False when none is waiting."""
    batch = _locked(batch_id)
    if batch.state != BatchState.APPLYING:
        return False
    waiting = _waiting(batch)
    if not waiting:
        return False
    step = Step.of(batch)
    new = _new_ones(step, waiting)
    here = [row for row in waiting if row.state == RowState.ALREADY_HERE]
    hanging = [part for parts in parts_of(here).values() for part in parts]
    _new_ones(step, hanging)
    step.also(hanging)
    if new:
        TAKE[new[0].record_type](step, new)
    for row in new:
        row.state = RowState.KEPT_ASIDE if row.state == RowState.WAITING else row.state
    done = [*waiting, *step.parts]
    save_columns(done, WRITTEN)
    batch.rows_done += len(done)
    batch.save(update_fields=["rows_done"])
    return True


def _new_ones(step: Step, rows: list[ImportedRow]) -> list[ImportedRow]:
    """Mark rows that an earlier import brought already, with what they became; gives those that are new.

    A row whose person the importer does not work with is not known to them, and is new.
    """
    twins = ImportedRow.objects.filter(fingerprint__in=[row.fingerprint for row in rows], state=RowState.ARRIVED)
    here = {twin[0]: twin[1:] for twin in twins.values_list("fingerprint", "person_id", "household_id", "record_id")}
    people = {person for person, _household, _record in here.values() if person}
    seen = set(people_for(step.by).filter(pk__in=people).values_list("pk", flat=True)) if people else set()
    new = []
    for row in rows:
        person, household, record = here.get(row.fingerprint, (None, None, None))
        if row.fingerprint not in here or (person and person not in seen):
            new.append(row)
            continue
        row.state = RowState.ALREADY_HERE
        row.person_id, row.household_id, row.record_id = person, household, record
    return new


@transaction.atomic
def finish(batch_id: int) -> ImportBatch:
    """The last step: what arrived counts from now on, all of it at once."""
    batch = _locked(batch_id)
    if batch.state != BatchState.APPLYING:
        return batch
    rows = ImportedRow.objects.filter(sheet__batch=batch)
    made = rows.filter(record__isnull=False, created=True)
    count_from_now(made.values_list("record_id", flat=True))
    rows.filter(state=RowState.WAITING).update(state=RowState.KEPT_ASIDE)
    counts = rows.aggregate(
        people=Count("person", filter=Q(person_created=True), distinct=True),
        services=Count("record", filter=Q(created=True), distinct=True),
        households=Count("household", filter=Q(household_created=True), distinct=True),
        linked=Count("id", filter=_LINKED),
        already_here=Count("id", filter=Q(state=RowState.ALREADY_HERE)),
        kept_aside=Count("id", filter=Q(state=RowState.KEPT_ASIDE)),
        left_out=Count("id", filter=Q(state=RowState.LEFT_OUT)),
    )
    by_type = rows.values_list("record_type", "state").annotate(n=Count("id")).order_by("record_type", "state")
    kinds: dict[str, dict[str, int]] = {}
    for record_type, state, n in by_type:
        kinds.setdefault(record_type, {})[state] = n
    batch.state = BatchState.APPLIED
    batch.summary = {**batch.summary, **counts, "kinds": kinds}
    batch.save(update_fields=["state", "summary"])
    happened("exchange.import.applied", batch, by_id=batch.uploaded_by_id, **counts)
    ask_later(batch)
    return batch


# Rows with a line of their own whose person was here before, or stood earlier in the file.
_LINKED = Q(state=RowState.ARRIVED, person__isnull=False, person_created=False, who="", record__isnull=True)
