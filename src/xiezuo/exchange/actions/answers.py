"""Deciding about the problems of a file before it is taken in."""

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.exchange.access import batch_for
from xiezuo.exchange.actions.correcting import correct_sheet, must_wait
from xiezuo.exchange.answers import allowed
from xiezuo.exchange.models import ImportBatch, ImportedSheet, ProblemAnswer
from xiezuo.exchange.said import said_of
from xiezuo.exchange.sheets import SheetLayout, TableLayout
from xiezuo.exchange.sheets.cells import column_number
from xiezuo.orgs.access import Actor
from xiezuo.service.vocab import ServiceLine


def give_answer(
    *, by: Actor, sheet: ImportedSheet, kind: str, answer: str, cell: str = "", value: str = ""
) -> ProblemAnswer | None:
    """Decide about all problems of a kind in a sheet, or about one cell; the last word counts.

    A decision about all goes over those about single cells. Leaving a hidden column out corrects the layout of the
    sheet instead (gives None). Raises RuleBroken for an answer the kind does not allow.
    """
    batch = sheet.batch
    batch_for(by, batch.pk)
    must_wait(batch)
    _must_fit(sheet, kind, answer, cell, value)
    if kind == "hidden_data":
        _columns(by, sheet, cell, leave_out=answer == "column_out")
        return None
    with transaction.atomic():
        must_wait(ImportBatch.objects.select_for_update().get(pk=batch.pk))
        mine = ProblemAnswer.objects.filter(batch=batch, position=sheet.position, kind=kind)
        (mine.filter(cell=cell) if cell else mine).delete()
        given = ProblemAnswer.objects.create(
            batch=batch, position=sheet.position, kind=kind, cell=cell, answer=answer, value=value, by=by.user, at=now()
        )
        happened("exchange.problem.answered", batch, by_id=by.id, position=sheet.position, kind=kind, answer=answer)
    return given


def _must_fit(sheet: ImportedSheet, kind: str, answer: str, cell: str, value: str) -> None:
    there = [problem["cell"] for problem in sheet.understanding["problems"] if problem["kind"] == kind]
    if answer not in allowed(kind) or not there or (cell and cell not in there):
        raise RuleBroken("exchange.no_such_answer", _("This question is not open any more. Look at the sheet again."))
    if answer == "choose" and value not in ServiceLine.values:
        raise RuleBroken("exchange.no_line", _("Choose a service line first."), field="value")


@transaction.atomic
def take_answers_back(*, by: Actor, sheet: ImportedSheet, kind: str, cell: str = "") -> int:
    """The question is open again, for all cells of the kind or for one; how many decisions went."""
    batch_for(by, sheet.batch_id)
    must_wait(ImportBatch.objects.select_for_update().get(pk=sheet.batch_id))
    mine = ProblemAnswer.objects.filter(batch=sheet.batch_id, position=sheet.position, kind=kind)
    gone, _what = (mine.filter(cell=cell) if cell else mine).delete()
    if gone:
        happened("exchange.problem.reopened", sheet.batch, by_id=by.id, position=sheet.position, kind=kind)
    return gone


def _columns(by: Actor, sheet: ImportedSheet, cell: str, *, leave_out: bool) -> None:
    """Leave hidden columns out, or read them after all: a correction of the layout like any other."""
    problems = [p["cell"] for p in sheet.understanding["problems"] if p["kind"] == "hidden_data"]
    hidden = {(cell or place).rstrip("0123456789") for place in problems}
    before = said_of(sheet.batch).get(sheet.position, SheetLayout())
    tables = dict(before.tables)
    for number, table in enumerate(sheet.understanding["tables"]):
        first, last = map(column_number, table["cols"])
        mine = {letters for letters in hidden if first <= column_number(letters) <= last}
        told = tables.get(number, TableLayout())
        kept = {letters: name for letters, name in told.columns.items() if letters not in mine}
        columns = kept | (dict.fromkeys(sorted(mine), "") if leave_out else {})
        if columns != dict(told.columns):
            tables[number] = TableLayout(told.kind or table["kind"], told.header, columns, told.year)
    layout = SheetLayout(before.left_out, before.anew, tables)
    correct_sheet(by=by, batch=sheet.batch, position=sheet.position, layout=layout)
