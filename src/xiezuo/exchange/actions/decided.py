"""What was decided about the problems of a file, and what it does to the rows that are taken in."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from xiezuo.exchange.models import ImportBatch, ImportedRow
from xiezuo.exchange.rows import key_of, values_of
from xiezuo.exchange.vocab import RowState
from xiezuo.exchange.words import words

Values = dict[str, Any]
Problem = Mapping[str, Any]
# Kind of problem and cell ("" for all of the kind) → answer and the value chosen with it.
Answers = Mapping[tuple[str, str], tuple[str, str]]
Effect = Callable[[Values, Problem, str], Values]


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
    "read": _keep,
    "column_out": _keep,  # its layout was corrected
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


def leave_out_rows(batch: ImportBatch) -> None:
    """Mark the rows that are not to be taken in; part of confirming. What hangs on them goes with them: names on a
    sign-in list with their activity, guardians and household of a block with its children."""
    positions = dict(batch.sheets.values_list("pk", "position"))
    decided = answers_of(batch)
    by_sheet = {pk: decided[position] for pk, position in positions.items() if position in decided}
    deciding = [pk for pk, given in by_sheet.items() if any(answer in WHOLE_ROW for answer, _value in given.values())]
    waiting = ImportedRow.objects.filter(sheet__in=deciding, state=RowState.WAITING)
    out = [row for row in waiting.exclude(problems=[]) if answered(row, by_sheet[row.sheet_id]) is None]
    gone = {row.pk for row in out} | _hanging_on(out) | _families_of(out)
    ImportedRow.objects.filter(pk__in=gone).update(state=RowState.LEFT_OUT)


def _hanging_on(out: Iterable[ImportedRow]) -> set[int]:
    keys = {(row.sheet_id, key_of(row)) for row in out}
    parts = ImportedRow.objects.filter(sheet__in={sheet for sheet, _key in keys}, part_of__in={key for _s, key in keys})
    return {pk for pk, sheet, key in parts.values_list("pk", "sheet", "part_of") if (sheet, key) in keys}


def _families_of(out: Iterable[ImportedRow]) -> set[int]:
    """The rows of each block of a register none of whose children stays."""
    labels = {(row.sheet_id, row.household_label) for row in out if row.household_label}
    gone = {row.pk for row in out}
    kin = ImportedRow.objects.filter(
        sheet__in={sheet for sheet, _label in labels}, household_label__in={label for _sheet, label in labels}
    )
    blocks: dict[tuple[int, str], list[ImportedRow]] = {}
    for row in kin:
        blocks.setdefault((row.sheet_id, row.household_label), []).append(row)
    empty = [rows for label, rows in blocks.items() if label in labels and not any(map(_is_child, _rest(rows, gone)))]
    return {row.pk for rows in empty for row in rows}


def _rest(rows: Iterable[ImportedRow], gone: set[int]) -> list[ImportedRow]:
    return [row for row in rows if row.pk not in gone]


def _is_child(row: ImportedRow) -> bool:
    return row.record_type == "person" and values_of(row).get("_role") != "guardian"
