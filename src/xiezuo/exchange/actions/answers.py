"""Deciding about the problems of a file before it is taken in, and what a decision does to the rows."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.exchange.access import batch_for
from xiezuo.exchange.actions.correcting import correct_sheet, must_wait
from xiezuo.exchange.answers import allowed
from xiezuo.exchange.models import ImportBatch, ImportedRow, ImportedSheet, ProblemAnswer
from xiezuo.exchange.rows import values_of
from xiezuo.exchange.sheets import SheetLayout, TableLayout
from xiezuo.exchange.sheets.cells import column_number
from xiezuo.exchange.vocab import RowState
from xiezuo.exchange.words import words
from xiezuo.orgs.access import Actor
from xiezuo.service.vocab import ServiceLine

Values = dict[str, Any]
Problem = Mapping[str, Any]
# Kind of problem and cell ("" for all of the kind) → answer and the value chosen with it.
Answers = Mapping[tuple[str, str], tuple[str, str]]
Effect = Callable[[Values, Problem, str], Values]


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

    def change(before: SheetLayout, now_read: ImportedSheet) -> SheetLayout:
        problems = [p["cell"] for p in now_read.understanding["problems"] if p["kind"] == "hidden_data"]
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


# ── what a decision does ──


def _keep(values: Values, problem: Problem, value: str) -> Values:
    return values


def _leave_out(values: Values, problem: Problem, value: str) -> Values:
    return {name: kept for name, kept in values.items() if name != problem.get("field")}


def _first_day(values: Values, problem: Problem, value: str) -> Values:
    days = problem.get("candidates") or []
    return values | ({"date": days[0]} if days else {})


def _last_day(values: Values, problem: Problem, value: str) -> Values:
    days = problem.get("candidates") or []
    return values | ({"date": days[-1]} if days else {})


def _sum_counts(values: Values, problem: Problem, value: str) -> Values:
    """Without the parts that a written sum adds up; hours of groups go only with a sum of hours."""
    name = str(problem.get("field", ""))
    of, _sep, measure = name.partition("_total")
    if not _sep:
        return values
    parts = {other for other in values if other.startswith(f"{of}_") and other != name}
    if of == "vol":
        parts = {other for other in parts if other.endswith(measure) and not other.startswith("vol_total")}
    return {other: kept for other, kept in values.items() if other not in parts}


def _nearest(values: Values, problem: Problem, value: str) -> Values:
    near = problem.get("nearest")
    return values | {"service_line": near} if near else values


def _choose(values: Values, problem: Problem, value: str) -> Values:
    written = next((word for word, code in words("service_line").items() if code == value), "")
    return values | {"service_line": written} if written else values


EFFECTS: dict[str, Effect] = {
    "as_known": _keep,
    "as_written": _keep,
    "both": _keep,
    "parts": _keep,
    "leave_empty": _leave_out,
    "leave_out": _leave_out,
    "day_as_written": _first_day,
    "date_as_written": _first_day,
    "day_with_zero": _last_day,
    "sheet_year": _last_day,
    "sum": _sum_counts,
    "nearest": _nearest,
    "choose": _choose,
}
WHOLE_ROW = ("row_out", "once")


def answered(row: ImportedRow, answers: Answers) -> Values | None:
    """The values of a row in the light of what was decided about its problems; None when it is not to be taken in."""
    values = values_of(row)
    for problem in row.problems:
        kind, cell = problem["kind"], problem["cell"]
        answer, value = answers.get((kind, cell)) or answers.get((kind, "")) or ("", "")
        if answer in WHOLE_ROW:
            if kind != "duplicate_person" or cell == row.cell:
                return None
        elif answer:
            values = EFFECTS[answer](values, problem, value)
    return values


def answers_of(batch: ImportBatch) -> Mapping[int, Answers]:
    """What was decided, by position of the sheet."""
    found: dict[int, dict[tuple[str, str], tuple[str, str]]] = {}
    for given in batch.answers.all():
        found.setdefault(given.position, {})[given.kind, given.cell] = (given.answer, given.value)
    return found


def with_answers(batch: ImportBatch, rows: list[ImportedRow]) -> list[ImportedRow]:
    """The rows to be taken in, their values as decided (in memory; the row keeps what the sheet says). The others
    are marked as left out. Guardians and household of a block go with its children."""
    decided = answers_of(batch)
    if not decided:
        return rows
    families = _families_left_out(rows, decided)
    taken, out = [], []
    for row in rows:
        values = answered(row, decided.get(row.sheet.position, {}))
        if values is None or (row.sheet_id, row.household_label) in families:
            row.state = RowState.LEFT_OUT
            out.append(row)
        else:
            row.values = json.dumps(values, ensure_ascii=False)
            taken.append(row)
    ImportedRow.objects.bulk_update(out, ["state"])
    return taken


def _families_left_out(rows: list[ImportedRow], decided: Mapping[int, Answers]) -> set[tuple[int, str]]:
    """Sheet and label of each block of a register all of whose children are left out."""
    deciding = {p for p, given in decided.items() if any(answer in WHOLE_ROW for answer, _value in given.values())}
    labels = {row.household_label for row in rows if row.household_label and row.sheet.position in deciding}
    if not labels:
        return set()
    sheets = {row.sheet_id: row.sheet.position for row in rows}
    members = ImportedRow.objects.filter(sheet__in=sheets, household_label__in=labels, record_type="person")
    staying: dict[tuple[int, str], bool] = {}
    for member in members:
        if values_of(member).get("_role") == "guardian":
            continue
        block = (member.sheet_id, member.household_label)
        stays = answered(member, decided.get(sheets[member.sheet_id], {})) is not None
        staying[block] = staying.get(block, False) or stays
    return {block for block, stays in staying.items() if not stays}
