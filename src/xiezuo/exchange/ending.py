"""What erasing a person does to sheets that were imported: the row goes empty, the file it came in goes whole.

A file cannot be cut. So once one of its people is erased, the upload and its cells are destroyed; what the other rows
became stands in the house, and their own values stay, with every trace of this person covered.
"""

from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from xiezuo.exchange.actions.exporting import expire_lists_with
from xiezuo.exchange.models import (
    Export,
    ExportedPerson,
    ImportBatch,
    ImportedRow,
    ImportedSheet,
    PossibleMatch,
    SheetPart,
)
from xiezuo.exchange.vocab import BatchState
from xiezuo.people.ending import held_on
from xiezuo.people.erasing import Ends, Erasing, dropped, end, stays
from xiezuo.people.retention import Over, RecordClass, Rows, earlier, tell_rows

FILES = "exchange.importbatch"
FINISHED = (BatchState.APPLIED, BatchState.UNDONE, BatchState.DISCARDED, BatchState.UNREADABLE)
# Of a row of an erased person nothing is left by which it, or the one it tells of, would be recognised.
NOTHING: dict[str, Any] = {
    "values": None,
    "problems": [],
    "household_label": "",
    "fingerprint": "",
    "who": "",
    "together": "",
    "added": {},
    "person": None,
    "person_created": False,
}


def _rows(erasing: Erasing) -> None:
    theirs = ImportedRow.objects.filter(person__in=erasing.ids)
    batches = set(theirs.values_list("sheet__batch", flat=True))
    named = Q(record__participations__person__in=erasing.ids) | Q(record__volunteer_parts__person__in=erasing.ids)
    batches |= set(ImportedRow.objects.filter(named).values_list("sheet__batch", flat=True))
    erasing.rows += theirs.update(**NOTHING)
    beside = ImportedRow.objects.filter(sheet__batch__in=batches, values__isnull=False)
    erasing.mask(beside, "values", "household_label", "problems")
    for batch in ImportBatch.objects.filter(pk__in=batches):
        erasing.mask(ImportBatch.objects.filter(pk=batch.pk), "file_name", "summary")
        erasing.mask(batch.sheets.all(), "name", "understanding")
        erasing.rows += forget_file(batch)


def forget_file(batch: ImportBatch) -> int:
    """The upload and its cells go; what was taken in of it stays. How many rows and files that were."""
    parts = SheetPart.objects.filter(sheet__batch=batch).delete()[0]
    if not batch.file.name:
        return parts
    storage, name = batch.file.storage, str(batch.file.name)
    ImportBatch.objects.filter(pk=batch.pk).update(file="")
    transaction.on_commit(partial(storage.delete, name))
    return parts + 1


def _with_someone_held(on: date) -> Exists:
    return Exists(ImportedRow.objects.filter(sheet__batch=OuterRef("pk"), person__in=held_on(on)))


def _old_files(of: RecordClass, on: date) -> list[Over]:
    old: QuerySet[ImportBatch] = ImportBatch.objects.filter(
        uploaded_at__date__lte=earlier(on, years=of.years, months=of.months), state__in=FINISHED
    ).exclude(file="")
    told = old.annotate(held=_with_someone_held(on)).values_list("pk", "uploaded_at__date", "held")
    return [
        Over(FILES, pk, of.code, since, of.over_on(since), held=held)
        for pk, since, held in told
        if of.over_on(since) <= on
    ]


def _forget(pk: int) -> int:
    batch = ImportBatch.objects.filter(pk=pk).first()
    if batch is None:
        return 0
    return forget_file(batch) + ImportedRow.objects.filter(sheet__batch=pk).update(values=None, problems=[])


def _lists(erasing: Erasing) -> None:
    """Files that left are beyond reach; those that could still be fetched go, and what was written of them is covered."""
    expire_lists_with(erasing.ids)
    erasing.mask(Export.objects.all(), "reason", "chosen", "words")


def tell() -> None:
    end(
        Ends(model=Export, erase=_lists),
        stays(ExportedPerson, "person"),
        Ends(model=ImportedRow, columns=("person",), erase=_rows),
        dropped(PossibleMatch, "person"),
        # The three below belong to a file and are emptied with it.
        stays(ImportBatch),
        stays(ImportedSheet),
        stays(SheetPart),
    )
    tell_rows(Rows(code="import_file", table=FILES, over=_old_files, destroy=_forget))
