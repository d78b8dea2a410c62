"""Imports in the background: reading a file, taking in what was understood. Ids in, an action called."""

import logging
from datetime import datetime

from django.db import transaction
from django_tasks import task

from xiezuo.common.days import now
from xiezuo.exchange.actions.applying import apply_batch, begin_apply
from xiezuo.exchange.actions.centres import Choices
from xiezuo.exchange.actions.exporting import expire_exports, write_export
from xiezuo.exchange.actions.layouts import remember_layouts
from xiezuo.exchange.actions.receiving import cannot_be_read, keep_file, read_batch
from xiezuo.exchange.models import Export, ImportBatch
from xiezuo.exchange.vocab import BatchState, ExportState
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site

logger = logging.getLogger(__name__)


@task()
def read_file(batch_id: int) -> None:
    """Read a kept file. A file that breaks the reader is set aside as unreadable; nobody waits for it forever."""
    try:
        read_batch(batch_id)
    except Exception:
        logger.exception("The file of import %s broke the reader.", batch_id)
        cannot_be_read(batch_id, "reader_failed")


@task()
def take_in(batch_id: int) -> None:
    """Take in the rows of a confirmed import; goes on where an interrupted run stopped."""
    apply_batch(batch_id)


@transaction.atomic
def bring_file(*, by: Actor, content: bytes, file_name: str) -> tuple[ImportBatch, bool]:
    """Keep a file and have it read. The import, and whether it is a new one (else this very file was here)."""
    batch, new = keep_file(by=by, content=content, file_name=file_name)
    if new:
        read_file.enqueue(batch.pk)
    return batch, new


@transaction.atomic
def confirm_import(*, by: Actor, batch: ImportBatch, site: Site | None, centres: Choices) -> ImportBatch:
    """Say yes to what was understood, and have it taken in."""
    waiting = batch.state == BatchState.UNDERSTOOD
    batch = begin_apply(by=by, batch=batch, site=site, centres=centres)
    if waiting:
        remember_layouts(by=by, batch=batch)
        take_in.enqueue(batch.pk)
    return batch


def read_in_background(batch: ImportBatch) -> ImportBatch:
    """Have a large file, of which something was said, read again; a small one has been."""
    if batch.state == BatchState.READING:
        read_file.enqueue(batch.pk)
    return batch


@task()
def remove_what_is_over() -> None:
    """Remove the files of lists that may not be fetched any more."""
    expire_exports(at=now())


@transaction.atomic
def write_list(*, by: Actor, export: Export, at: datetime) -> str:
    """Write the file of a list and have it removed when its time is over. Gives the password, this once."""
    new = export.state == ExportState.APPROVED
    password = write_export(by=by, export=export, at=at)
    if new:
        export.refresh_from_db(fields=["fetch_until"])
        remove_what_is_over.using(run_after=export.fetch_until).enqueue()
    return password


def resume_unfinished() -> int:
    """Have everything done that an interrupted worker left; how many imports that are. Safe to call at any time."""
    expire_exports(at=now())
    going_on = ImportBatch.objects.filter(state__in=[BatchState.READING, BatchState.APPLYING])
    unfinished = list(going_on.values_list("pk", "state"))
    tasks = {BatchState.READING: read_file, BatchState.APPLYING: take_in}
    for pk, state in unfinished:
        tasks[BatchState(state)].enqueue(pk)
    return len(unfinished)
