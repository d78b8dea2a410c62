"""Taking in what was understood, in small steps that each are whole.

A step is one transaction: it takes some waiting rows, writes what they become and marks them arrived. Whatever stops
the process between two steps, the next run goes on with the rows still waiting. Service records arrive in state
`arriving` and count nowhere until the last step turns them all at once.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.common.days import now, today
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.exchange.access import batch_for
from xiezuo.exchange.actions.answers import with_answers
from xiezuo.exchange.actions.centres import Choices
from xiezuo.exchange.actions.households import join_households
from xiezuo.exchange.actions.receiving import PROMOTED
from xiezuo.exchange.models import ImportBatch, ImportedRow
from xiezuo.exchange.promote.activities import activity_facts
from xiezuo.exchange.promote.persons import person_facts
from xiezuo.exchange.rows import candidates_of, vague_month_of, values_of
from xiezuo.exchange.vocab import BatchState, RowState
from xiezuo.exchange.words import site_core
from xiezuo.orgs.access import Actor, actor_for, sites_for
from xiezuo.orgs.actions import open_site
from xiezuo.orgs.models import Site
from xiezuo.orgs.queries import all_sites
from xiezuo.people.actions import take_in_people
from xiezuo.service.actions import take_in_services
from xiezuo.service.taking_back import count_from_now

STEP_ROWS = 200


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
    rows = ImportedRow.objects.filter(sheet__batch=batch, state=RowState.WAITING, record_type__in=PROMOTED)
    return list(rows.select_related("sheet").order_by("id")[:STEP_ROWS])


@transaction.atomic
def one_step(batch_id: int) -> bool:
    """Take in the next rows of one kind; False when none is waiting."""
    batch = _locked(batch_id)
    if batch.state != BatchState.APPLYING:
        return False
    waiting = _waiting(batch)
    if not waiting:
        return False
    by = actor_for(batch.uploaded_by)
    kind = waiting[0].record_type
    rows = with_answers(batch, _new_ones([row for row in waiting if row.record_type == kind]))
    if kind == "person":
        _take_in_people(by, batch, rows)
    elif kind == "activity":
        _take_in_activities(by, batch, rows)
    else:
        join_households(by=by, rows=rows)
    ImportedRow.objects.bulk_update(rows, ["state", "person", "household", "record", "created"])
    promoted = ImportedRow.objects.filter(sheet__batch=batch, record_type__in=PROMOTED)
    batch.rows_done = promoted.exclude(state=RowState.WAITING).count()
    batch.save(update_fields=["rows_done"])
    return True


def _new_ones(rows: list[ImportedRow]) -> list[ImportedRow]:
    """Mark rows that an earlier import brought already; gives those that are new."""
    prints = [row.fingerprint for row in rows]
    here = set(
        ImportedRow.objects.filter(fingerprint__in=prints, state=RowState.ARRIVED).values_list("fingerprint", flat=True)
    )
    known = [row for row in rows if row.fingerprint in here]
    for row in known:
        row.state = RowState.ALREADY_HERE
    ImportedRow.objects.bulk_update(known, ["state"])
    return [row for row in rows if row.fingerprint not in here]


def _take_in_people(by: Actor, batch: ImportBatch, rows: list[ImportedRow]) -> None:
    around = _blocks(rows)
    facts = [person_facts(values_of(row), around.get((row.sheet_id, row.household_label))) for row in rows]
    named = [(row, fact) for row, fact in zip(rows, facts, strict=True) if fact.nickname]
    basis = _("imported from “%(file)s”") % {"file": batch.file_name[:120]}
    people = take_in_people(
        by=by, everyone=[f for _r, f in named], sites=[batch.site] * len(named), on=today(), legal_basis=basis
    )
    for row in rows:
        row.state = RowState.KEPT_ASIDE
    for (row, _facts), person in zip(named, people, strict=True):
        row.state, row.person, row.created = RowState.ARRIVED, person, True


def _blocks(rows: Iterable[ImportedRow]) -> dict[tuple[int, str], dict[str, object]]:
    """What the household blocks around these rows say."""
    labels = {row.household_label for row in rows if row.household_label}
    sheets = {row.sheet_id for row in rows}
    blocks = ImportedRow.objects.filter(sheet__in=sheets, record_type="household", household_label__in=labels)
    return {(block.sheet_id, block.household_label): values_of(block) for block in blocks}


def _take_in_activities(by: Actor, batch: ImportBatch, rows: list[ImportedRow]) -> None:
    sites = {site.pk: site for site in all_sites()}
    chosen: dict[str, int | None] = batch.summary.get("centres", {})
    everything = []
    for row in rows:
        values = values_of(row)
        centre = site_core(str(values.get("centre", "")))
        pk = chosen.get(centre) if centre else batch.site_id
        site = sites.get(pk) if pk else None
        dated = {"year": row.sheet.understanding.get("year"), "month": vague_month_of(row)}
        known = {name: value for name, value in dated.items() if value}
        everything.append(activity_facts(known | values, site=site, candidates=candidates_of(row)))
    for row, record in zip(rows, take_in_services(by=by, everything=everything, on=today()), strict=True):
        row.state, row.record, row.created = RowState.ARRIVED, record, True


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
    counts = {
        "people": rows.filter(person__isnull=False, created=True).count(),
        "services": rows.filter(record__isnull=False, created=True).count(),
        "households": rows.filter(household__isnull=False, created=True).count(),
        "already_here": rows.filter(state=RowState.ALREADY_HERE).count(),
        "kept_aside": rows.filter(state=RowState.KEPT_ASIDE).count(),
        "left_out": rows.filter(state=RowState.LEFT_OUT).count(),
    }
    batch.state = BatchState.APPLIED
    batch.summary = {**batch.summary, **counts}
    batch.save(update_fields=["state", "summary"])
    happened("exchange.import.applied", batch, by_id=batch.uploaded_by_id, **counts)
    return batch
