"""Deciding about the problems of a file before it is taken in."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.exchange.access import batch_for
from xiezuo.exchange.actions.correcting import correct_sheet, must_wait
from xiezuo.exchange.answers import allowed
from xiezuo.exchange.models import ImportBatch, ImportedSheet, ProblemAnswer
from xiezuo.exchange.sheets import SheetLayout, TableLayout
from xiezuo.exchange.sheets.cells import column_number
from xiezuo.exchange.vocab import BatchState
from xiezuo.orgs.access import Actor
from xiezuo.service.vocab import ServiceLine

OF_COLUMNS = "hidden_data"  # its answers are about columns, not about rows


def give_answer(
    *, by: Actor, sheet: ImportedSheet, kind: str, answer: str, cell: str = "", value: str = ""
) -> ProblemAnswer:
    """Decide about all problems of a kind in a sheet, or about one cell; the last word counts.

    A decision about all goes over those about single cells. Leaving a hidden column out also corrects the layout of
    the sheet, which is read again. Raises RuleBroken for an answer the kind does not allow.
    """
    batch = sheet.batch
    batch_for(by, batch.pk)
    must_wait(batch)
    _must_fit(sheet, kind, answer, cell, value)
    if kind == OF_COLUMNS:
        _columns(by, sheet, cell, leave_out=answer == "column_out")
    with transaction.atomic():
        _must_still_wait(sheet)
        mine = ProblemAnswer.objects.filter(batch=batch, position=sheet.position, kind=kind)
        (mine.filter(cell=cell) if cell else mine).delete()
        given = ProblemAnswer.objects.create(
            batch=batch, position=sheet.position, kind=kind, cell=cell, answer=answer, value=value, by=by.user, at=now()
        )
        happened("exchange.problem.answered", batch, by_id=by.id, position=sheet.position, kind=kind, answer=answer)
    return given


def _must_still_wait(sheet: ImportedSheet) -> None:
    """Nobody took the file in meanwhile; a large one may be read again just now."""
    batch = ImportBatch.objects.select_for_update().get(pk=sheet.batch_id)
    if batch.state != BatchState.READING:
        must_wait(batch)


def _must_fit(sheet: ImportedSheet, kind: str, answer: str, cell: str, value: str) -> None:
    there = [problem["cell"] for problem in sheet.understanding["problems"] if problem["kind"] == kind]
    if answer not in allowed(kind) or not there or (cell and cell not in there):
        raise RuleBroken("exchange.no_such_answer", _("This question is not open any more. Look at the sheet again."))
    if answer == "choose" and value not in ServiceLine.values:
        raise RuleBroken("exchange.no_line", _("Choose a service line first."), field="value")


def take_answers_back(*, by: Actor, sheet: ImportedSheet, kind: str, cell: str = "") -> int:
    """The question is open again, for all cells of the kind or for one; how many decisions went."""
    batch_for(by, sheet.batch_id)
    must_wait(ImportBatch.objects.get(pk=sheet.batch_id))
    mine = ProblemAnswer.objects.filter(batch=sheet.batch_id, position=sheet.position, kind=kind)
    if kind == OF_COLUMNS and mine.exists():
        _columns(by, sheet, cell, leave_out=False)
    with transaction.atomic():
        _must_still_wait(sheet)
        gone, _what = (mine.filter(cell=cell) if cell else mine).delete()
        if gone:
            happened("exchange.problem.reopened", sheet.batch, by_id=by.id, position=sheet.position, kind=kind)
    return gone


def _columns(by: Actor, sheet: ImportedSheet, cell: str, *, leave_out: bool) -> None:
    """Leave hidden columns out, or read them after all: a correction of the layout like any other."""

    def change(before: SheetLayout, now_read: ImportedSheet) -> SheetLayout:
        problems = [p["cell"] for p in now_read.understanding["problems"] if p["kind"] == OF_COLUMNS]
        hidden = {(cell or place).rstrip("0123456789") for place in problems}
        tables = dict(before.tables)
        for number, table in enumerate(now_read.understanding["tables"]):
            first, last = map(column_number, table["cols"])
            mine = {letters for letters in hidden if first <= column_number(letters) <= last}
            told = tables.get(number, TableLayout())
            kept = {letters: name for letters, name in told.columns.items() if letters not in mine}
            columns = kept | (dict.fromkeys(sorted(mine), "") if leave_out else {})
            if columns != dict(told.columns):
                tables[number] = replace(told, kind=told.kind or table["kind"], columns=columns)
        return replace(before, tables=tables)

    correct_sheet(by=by, batch=sheet.batch, position=sheet.position, change=change)
