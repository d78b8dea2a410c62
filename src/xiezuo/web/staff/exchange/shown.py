"""A sheet as the page shows it beside its grid: its tables and their columns, its problems, all in words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.exchange.actions.correcting import NO_KIND, NO_TABLE, plain
from xiezuo.exchange.kinds import TAKEN_IN
from xiezuo.exchange.models import ImportedSheet, Layout, ProblemAnswer
from xiezuo.exchange.sheets.cells import column_letter, column_number
from xiezuo.exchange.sheets.choices import fields_of, kinds_of_tables
from xiezuo.web.staff.exchange.answer_words import answer_words, choices
from xiezuo.web.staff.exchange.grid import Window
from xiezuo.web.staff.exchange.problems import PROBLEMS, SEVERITIES, Told, Words
from xiezuo.web.staff.exchange.sheet_words import IGNORED, KINDS, RECORDS, ROLES, field_words

EXAMPLES = 12


@dataclass
class Question:
    """All problems of one kind in a sheet. `examples` are cell addresses, `given` what was decided about all."""

    kind: str
    severity: str
    told: Told
    count: int = 0
    examples: list[str] = field(default_factory=list)
    details: list[str] = field(default_factory=list)
    given: ProblemAnswer | None = None
    singly: int = 0

    @property
    def severity_words(self) -> Words:
        return SEVERITIES[self.severity]

    @property
    def choices(self) -> list[tuple[str, Words]]:
        return choices(self.kind)

    @property
    def given_words(self) -> Words:
        return answer_words(self.kind, self.given.answer) if self.given else ""

    @property
    def example_rows(self) -> list[tuple[str, int]]:
        return [(cell, row_of(cell)) for cell in self.examples]


@dataclass(frozen=True)
class Column:
    letters: str
    heading: str
    field: str
    understood: bool
    doubted: bool = False


@dataclass(frozen=True)
class Table:
    """One table as the form for it shows it. `layout` is the remembered one it was read by, if any."""

    number: int
    kind: str
    kinds: list[tuple[str, Words]]
    header: tuple[int | str, int | str]
    year: int | str
    columns: list[Column]
    fields: list[tuple[str, str]]
    fixed: bool
    layout: Layout | None
    cols: tuple[str, str] | None = None

    @property
    def not_understood(self) -> int:
        return sum(not column.understood for column in self.columns)

    @property
    def doubted(self) -> int:
        return sum(column.doubted for column in self.columns)


@dataclass(frozen=True)
class ShownSheet:
    sheet: ImportedSheet
    grid: Window
    questions: list[Question]
    tables: list[Table]

    @property
    def understanding(self) -> dict[str, Any]:
        return dict(self.sheet.understanding)

    @property
    def kind(self) -> Words:
        return KINDS.get(self.sheet.kind, KINDS["unknown"])

    @property
    def role(self) -> Words:
        return ROLES.get(self.sheet.role, self.sheet.role)

    @property
    def to_decide(self) -> list[Question]:
        return [question for question in self.questions if question.choices]

    @property
    def decided(self) -> int:
        return sum(1 for question in self.to_decide if question.given)

    @property
    def by_itself(self) -> list[Question]:
        return [question for question in self.questions if not question.choices]

    @property
    def records(self) -> list[tuple[Words, int, bool]]:
        """What was found, how many, and whether there is a place for it yet."""
        found: dict[str, int] = self.understanding["records"]
        return [(RECORDS.get(kind, kind), n, kind in TAKEN_IN) for kind, n in found.items()]

    @property
    def ignored(self) -> list[tuple[Words, int, list[int]]]:
        why: Counter[str] = Counter(row["why"] for row in self.understanding["ignored_rows"])
        rows = self.understanding["ignored_rows"]
        return [(IGNORED.get(w, w), n, [r["row"] for r in rows if r["why"] == w][:EXAMPLES]) for w, n in why.items()]


def row_of(cell: str) -> int:
    return int("".join(filter(str.isdigit, cell)) or 1)


def detail(problem: Mapping[str, Any]) -> str:
    """What one problem says, beside its address."""
    said = problem["params"]
    if "found" in said and "expected" in said:
        return _("%(found)s written, %(expected)s expected") % said
    if said.get("candidates"):
        return _("may be %(days)s") % {"days": " / ".join(said["candidates"])}
    if "heads" in said and "attendances" in said:
        return _("%(attendances)s person-times, %(heads)s people") % _plainly(said)
    if said.get("nearest"):
        return _("nearest in the list: %(nearest)s") % said
    if said.get("written"):
        return _("“%(written)s” written") % said
    return _("as in row %(row)s") % {"row": said["same_as_row"]} if said.get("same_as_row") else ""


def _plainly(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: int(n) if isinstance(n, float) and n.is_integer() else n for name, n in said.items()}


def questions_of(sheet: ImportedSheet, answers: Iterable[ProblemAnswer]) -> list[Question]:
    """Problems by kind: what is lost first, then what to look at, then what is only told; the most frequent first."""
    found: dict[tuple[str, str], Question] = {}
    given = [answer for answer in answers if answer.position == sheet.position]
    for problem in sheet.understanding["problems"]:
        kind, severity = problem["kind"], problem["severity"]
        question = found.setdefault((kind, severity), Question(kind, severity, PROBLEMS[kind]))
        question.count += 1
        if len(question.examples) < EXAMPLES:
            question.examples.append(problem["cell"])
        if len(question.details) < 2 and (said := detail(problem | {"params": _plainly(problem["params"])})):
            question.details.append(f"{problem['cell']}: {said}")
    for question in found.values():
        mine = [answer for answer in given if answer.kind == question.kind]
        question.given = next((answer for answer in mine if not answer.cell), None)
        question.singly = sum(1 for answer in mine if answer.cell)
    order = list(SEVERITIES)
    return sorted(found.values(), key=lambda q: (order.index(q.severity), -q.count))


def tables_of(sheet: ImportedSheet, layouts: Mapping[str, Layout]) -> list[Table]:
    """Every table of a sheet as a form; a sheet in which none was found has one empty form."""
    if sheet.role in {"empty", "left_out"}:
        return []
    found = sheet.understanding["tables"] or [{**NO_TABLE, "kind": sheet.kind}]
    return [_table(number, table, layouts) for number, table in enumerate(found)]


def _table(number: int, table: dict[str, Any], layouts: Mapping[str, Layout]) -> Table:
    kind = table["kind"]
    kinds: list[tuple[str, Words]] = [(k, KINDS.get(k, k)) for k in kinds_of_tables()]
    if kind not in kinds_of_tables() and kind != NO_KIND:
        kinds.append((kind, KINDS.get(kind, kind)))
    chosen = plain(table["columns"])
    fields = fields_of(kind) if table["cols"] else []
    fields += [name for name in chosen.values() if name not in fields]
    heads = table["header_rows"] or ("", "")
    return Table(
        number=number,
        kind=kind,
        kinds=[(NO_KIND, _("none of these; its rows stay out")), *kinds],
        header=(heads[0], heads[1]),
        year=table["year"] or "",
        columns=_columns(table, chosen) if fields else [],
        fields=[(name, field_words(name, kind)) for name in fields],
        fixed=table["fixed"] and not table["known"],
        layout=layouts.get(table["known"]),
        cols=table["cols"],
    )


def _columns(table: dict[str, Any], chosen: dict[str, str]) -> list[Column]:
    first, last = map(column_number, table["cols"])
    named = {*table["headings"], *chosen, *table["said"]}
    letters = [at for at in (column_letter(col) for col in range(first, last + 1)) if at in named - {*table["across"]}]
    headings: dict[str, list[str]] = table["headings"]
    doubted = table.get("doubted", ())  # what was understood before the house knew doubt has none
    return [
        Column(
            at,
            " › ".join(headings.get(at, [])),
            chosen.get(at, ""),
            at in chosen or at in table["said"],
            at in doubted and at in chosen,
        )
        for at in letters
    ]
