"""A file comes in: it is kept as it came, read, and shown before anything of it is written."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256
from itertools import islice
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xiezuo.common.crypto import blind
from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.exchange.actions.answering import answer_again, what_was_answered
from xiezuo.exchange.actions.finding import find_matches
from xiezuo.exchange.answers import field_of
from xiezuo.exchange.kinds import ORDER, TAKEN_IN
from xiezuo.exchange.models import STILL_HERE, ImportBatch, ImportedRow, ImportedSheet, SheetPart
from xiezuo.exchange.rows import together_of, who_of
from xiezuo.exchange.said import what_was_said
from xiezuo.exchange.sheets import (
    Grid,
    Problem,
    Record,
    SheetReading,
    UnreadableWorkbook,
    WorkbookReading,
    read_workbook,
)
from xiezuo.exchange.sheets.grid import Span
from xiezuo.exchange.vocab import BatchState
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_do_casework

MAX_MB = 20
MAX_BYTES = MAX_MB * 1024 * 1024
PART_ROWS = 60  # a part is what the page shows at once
PART_COLUMNS = 120
CELL_TEXT = 80
IMPERSONAL = {"found", "expected", "count", "nearest", "same_as_row", "same_as_cell"} | {
    "heads",
    "attendances",
    "hours",
    "candidates",
    "length",
}
DATES_OF_ACTIVITIES = {"date_vague", "date_impossible", "date_ambiguous", "date_outside_period"}
PROMOTED = TAKEN_IN
SLICE = 1000  # rows written at once
PARTS_AT_ONCE = 50


def same_file(content: bytes) -> ImportBatch | None:
    """The import of exactly this file that is under way or done, if there is one."""
    digest = sha256(content).hexdigest()
    return ImportBatch.objects.filter(sha256=digest, state__in=STILL_HERE).order_by("id").first()


def _check_size(size: int) -> None:
    if not size:
        raise RuleBroken("exchange.file_empty", _("This file is empty."), field="files")
    if size > MAX_BYTES:
        words = _("A file may have %(mb)s MB at most. Split the workbook, or remove pictures from it.")
        raise RuleBroken("exchange.file_too_large", words % {"mb": MAX_MB}, field="files")


def receive_file(*, by: Actor, content: bytes, file_name: str) -> ImportBatch:
    """Keep a file as it came, in state `reading`. The same file again gives the import there already is.

    Raises RuleBroken for a file that is empty or larger than the house takes.
    """
    return keep_file(by=by, content=content, file_name=file_name)[0]


@transaction.atomic
def keep_file(*, by: Actor, content: bytes, file_name: str) -> tuple[ImportBatch, bool]:
    """As `receive_file`, with whether the import is new. Of two that come at the same moment one is."""
    must_do_casework(by)
    _check_size(len(content))
    known = same_file(content)
    if known is not None:
        return known, False
    digest = sha256(content).hexdigest()
    batch = ImportBatch(
        file_name=file_name[-200:], sha256=digest, size=len(content), uploaded_by=by.user, step_began_at=now()
    )
    try:
        with transaction.atomic():
            batch.save()
    except IntegrityError:
        # The same file arrived at the same moment, and the other one was first.
        known = same_file(content)
        if known is None:
            raise
        return known, False
    batch.file.save(digest, ContentFile(content))
    happened("exchange.import.received", batch, by_id=by.id, size=len(content))
    return batch, True


def read_batch(batch_id: int) -> ImportBatch:
    """Read the kept file and write down what was understood. Safe to repeat: it begins anew."""
    batch = ImportBatch.objects.get(pk=batch_id)
    if batch.state != BatchState.READING:
        return batch
    try:
        reading = read_again(batch)
    except UnreadableWorkbook as problem:
        return cannot_be_read(batch_id, problem.code)
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
        if batch.state != BatchState.READING:
            return batch
        keep_reading(batch, reading)
    return batch


def read_again(batch: ImportBatch) -> WorkbookReading:
    """What the kept file says in the light of what was said of it. Raises UnreadableWorkbook."""
    with batch.file.open("rb") as file:
        content = file.read()
    return read_workbook(content, batch.file_name, what_was_said(batch))


def keep_reading(batch: ImportBatch, reading: WorkbookReading) -> None:
    """Write down how a file was understood and who its people may be, in place of what was written before; inside a
    transaction. What someone said of its people stays said. Takes the sheets out of `reading`."""
    said = what_was_answered(batch)
    batch.sheets.all().delete()
    batch.format, batch.kind = reading.format, reading.kind
    for position in range(len(reading.sheets)):
        _keep_sheet(batch, position, reading.sheets.pop(0))
    batch.rows_total = ImportedRow.objects.filter(sheet__batch=batch, record_type__in=PROMOTED).count()
    batch.state = BatchState.UNDERSTOOD
    batch.save()
    find_matches(batch)
    answer_again(batch, said)


@transaction.atomic
def cannot_be_read(batch_id: int, why: str) -> ImportBatch:
    """Set a file that is being read aside, with the code of the reason."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state == BatchState.READING:
        batch.state, batch.why_unreadable = BatchState.UNREADABLE, why[:40]
        batch.save(update_fields=["state", "why_unreadable"])
    return batch


def _impersonal(problem: Problem) -> dict[str, Any]:
    """The details of a problem that tell nothing about a person; they are kept unencrypted."""
    shown = IMPERSONAL | ({"written"} if problem.kind in DATES_OF_ACTIVITIES else set())
    return {name: value for name, value in problem.params.items() if name in shown}


def _understanding(sheet: SheetReading) -> dict[str, Any]:
    """What the pages show of a sheet: ids, numbers, headings and places of problems, no value of a data cell."""
    return {
        "state": sheet.state,
        "header_rows": sheet.header_rows,
        "data_rows": sheet.data_rows,
        "total_rows": sheet.total_rows,
        "year": sheet.year,
        "hidden_columns": sheet.hidden_columns,
        "side_ranges": sheet.side_ranges,
        "columns": sheet.columns,
        "headings": sheet.headings,
        "ignored_rows": sheet.ignored_rows,
        "cells": sheet.cells,
        "size": [sheet.grid.n_rows, sheet.grid.n_cols],
        "tables": [asdict(table) for table in sheet.tables],
        "records": dict(Counter(record.type for record in sheet.records)),
        "centres": list(_centres(sheet).items()),  # pairs: a database may sort the keys of a mapping
        "problems": [
            {"cell": p.cell, "kind": p.kind, "severity": p.severity, "params": _impersonal(p)} for p in sheet.problems
        ],
    }


def _centres(sheet: SheetReading) -> Counter[str]:
    """Names of centres and how many activities name them; where work is done is no secret."""
    named = (str(record.values.get("centre", "")).strip() for record in sheet.records if record.type == "activity")
    return Counter(name for name in named if name)


def _parts(sheet: SheetReading) -> Iterator[tuple[int, str]]:
    """First row and content of each part: its rows as they are, the region of each cell, the merged ranges in it."""
    grid = sheet.grid
    columns = range(1, min(grid.n_cols, PART_COLUMNS) + 1)
    merges: dict[int, list[Span]] = {}
    for span in grid.merges:
        for part in range((span[0] - 1) // PART_ROWS, (span[2] - 1) // PART_ROWS + 1):
            merges.setdefault(part, []).append(span)
    for part in range(-(-grid.n_rows // PART_ROWS)):
        rows = range(part * PART_ROWS + 1, min(grid.n_rows, (part + 1) * PART_ROWS) + 1)
        cells = [[_cell(grid, row, col) for col in columns] if row in grid.rows else [] for row in rows]
        content = {"rows": cells, "merges": merges.get(part, [])}
        yield rows.start, json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _cell(grid: Grid, row: int, col: int) -> list[str] | int:
    """Text and region; 0 for a cell with nothing in it."""
    text = grid.text(row, col)[:CELL_TEXT]
    return [text, str(grid.region(row, col))] if text else 0


def _keep_sheet(batch: ImportBatch, position: int, sheet: SheetReading) -> None:
    kept = ImportedSheet.objects.create(
        batch=batch,
        position=position,
        name=sheet.name[:120],
        kind=sheet.kind,
        role=sheet.role,
        understanding=_understanding(sheet),
    )
    parts = (SheetPart(sheet=kept, first_row=first_row, cells=cells) for first_row, cells in _parts(sheet))
    while some := list(islice(parts, PARTS_AT_ONCE)):
        SheetPart.objects.bulk_create(some)
    sheet.grid = Grid({})  # the cells are kept; a large sheet need not be held while its rows are written
    problems: dict[int, list[Problem]] = {}
    for problem in sheet.problems:
        problems.setdefault(int("".join(filter(str.isdigit, problem.cell)) or 0), []).append(problem)
    texts = Texts(sheet.records)
    records = sorted(sheet.records, key=lambda record: ORDER.get(record.type, 2))
    records.reverse()  # taken from the end, so that what is kept need not be held any longer
    sheet.records.clear()
    while records:
        part = [records.pop() for _n in range(min(SLICE, len(records)))]
        ImportedRow.objects.bulk_create([_kept_row(kept, record, problems, texts) for record in part])


class Texts:
    """The records of a sheet as text, by which the same row of the same file is known again.

    What hangs on another record is the same only with that record: 小雨 signs in every week. The second of two equal
    records is another than the first.
    """

    def __init__(self, records: list[Record]) -> None:
        heads = {record.part_of for record in records if record.part_of}
        self._heads = {record.key: self._plain(record) for record in records if record.key in heads}
        self._seen: Counter[str] = Counter()

    @staticmethod
    def _plain(record: Record) -> str:
        return json.dumps([record.type, values_kept(record)], ensure_ascii=False, sort_keys=True)

    def next(self, record: Record) -> str:
        text = self._plain(record) + (self._heads.get(record.part_of, "") if record.part_of else "")
        self._seen[text] += 1
        return f"{text}#{self._seen[text]}"


def values_kept(record: Record) -> dict[str, Any]:
    return {**record.values, **({"_role": record.role} if record.role else {})}


def _problems_of(record: Record, by_row: dict[int, list[Problem]]) -> list[dict[str, Any]]:
    """The problems of the rows of a record and of the cells it was read from, each with the value it concerns."""
    first, last = record.rows or (record.row, record.row)
    cells = set(record.cells.values())
    rows = {*range(first, last + 1), *(int("".join(filter(str.isdigit, cell)) or 0) for cell in cells)}
    found = [problem for row in sorted(rows) for problem in by_row.get(row, ())]
    return [
        {"kind": problem.kind, "cell": problem.cell, **_impersonal(problem), **_concerned(record, problem)}
        for problem in found
        if problem.cell in cells or first <= int("".join(filter(str.isdigit, problem.cell))) <= last
    ]


def _concerned(record: Record, problem: Problem) -> dict[str, str]:
    """The value of the record that was read from the problem's cell, where exactly one can be meant."""
    name = field_of(problem.kind)
    if name and record.cells.get(name) == problem.cell:
        return {"field": name}
    there = [value for value, cell in record.cells.items() if cell == problem.cell]
    return {"field": there[0]} if len(there) == 1 and not name else {}


def _kept_row(sheet: ImportedSheet, record: Record, problems: dict[int, list[Problem]], texts: Texts) -> ImportedRow:
    values = values_kept(record)
    return ImportedRow(
        sheet=sheet,
        row=record.row,
        cell=record.cell or "",
        record_type=record.type,
        values=json.dumps(values, ensure_ascii=False),
        problems=_problems_of(record, problems),
        household_label=record.household or "",
        part_of=record.part_of or "",
        fingerprint=blind(texts.next(record), "exchange.row"),
        who=who_of(record.type, values) if not _under_a_volunteer(record) else "",
        together=together_of(record.type, values),
    )


def _under_a_volunteer(record: Record) -> bool:
    """In a grid of hours the person is the volunteer in whose line the hours stand."""
    return record.type == "service_hours" and bool(record.part_of)
