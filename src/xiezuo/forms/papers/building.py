"""A form and its answers become the lines of a paper; without answers it is the form to fill in by hand.

What is for its author alone never stands on a paper, nor what the form hides.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.common.privacy import Privacy
from xiezuo.forms.definitions import FieldDef, FormDefinition, SectionDef, words
from xiezuo.forms.papers.content import Band, Cell, Line, Pairs, PaperContent, Rows, Sign, Wide
from xiezuo.forms.papers.layouts import Layout, layout_of
from xiezuo.forms.papers.values import Told, choices_of, chosen_words, is_ticked, row_words, value_words
from xiezuo.forms.vocab import FieldType

SIGN = "SIGN"
BLANK_ROWS, LINES, FEW = 6, 3, 3
SHORT = 18  # characters of choices that still fit beside another answer
LETTERS_A_LINE = 20
WEIGHTS = {
    FieldType.LONG: 4.0,
    FieldType.TEXT: 2.5,
    FieldType.REFERENCES: 3.0,
    FieldType.CHOICES: 3.0,
    FieldType.DATE: 2.2,
    FieldType.DATETIME: 2.6,
    FieldType.INTEGER: 1.2,
    FieldType.TIME: 1.4,
    FieldType.YES_NO: 1.6,
}
LONG_TYPES = {FieldType.LONG, FieldType.CHOICES, FieldType.REFERENCES, FieldType.FILE}


@dataclass(frozen=True)
class Filled:
    """What fills a form: answers by key of the field, what a reference stands for, who wrote it where.

    `told` puts a reference into words (default: as it is). `pictures`: key of a signature → PNG. `words` puts every answer
    into words in place of the usual way.
    """

    answers: Mapping[str, Any] = field(default_factory=dict)
    told: Told = lambda field, value: str(value)
    on: date | None = None
    organisation: str = ""
    unit: str = ""
    serial: str = ""
    printed: str = ""
    head: tuple[Cell, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    words: Callable[[FieldDef, Any], str] | None = None


def paper(form: FormDefinition, filled: Filled | None = None) -> PaperContent:
    """The paper of a form as its layout has it, or in the order of the form where no pack has a layout."""
    filled = filled or Filled()
    layout = layout_of(form, filled.on)
    builder = _Builder(form, filled)
    lines = [*builder.head(), *(builder.laid_out(layout) if layout else builder.in_order())]
    about = f"{form.number} {form.label} {form.version}"
    title = str(layout.title) if layout and layout.title else str(form.label)
    return PaperContent(
        title=title,
        organisation=filled.organisation,
        unit=filled.unit,
        serial=filled.serial,
        about=about,
        printed=filled.printed,
        lines=tuple(lines),
        pictures=dict(filled.pictures),
    )


def stands_on_paper(one: FieldDef) -> bool:
    return not one.hidden and one.privacy != Privacy.AUTHOR_ONLY


class _Builder:
    """Puts the fields of one form into lines."""

    def __init__(self, form: FormDefinition, filled: Filled) -> None:
        self.form, self.filled = form, filled
        self.fields = {one.key: one for one in form.fields() if stands_on_paper(one)}
        self.sign = next((section for section in form.sections if section.block == SIGN), None)
        signed = {one.key for one in self.sign.fields} if self.sign else set()
        self.open = {key: one for key, one in self.fields.items() if key not in signed}

    def head(self) -> Iterator[Line]:
        cells = self.filled.head
        for at in range(0, len(cells), 2):
            yield Pairs(cells[at : at + 2])

    def in_order(self) -> Iterator[Line]:
        """Section by section; short answers beside each other."""
        for section in self.form.sections:
            if section is self.sign:
                yield self._opinion()
                continue
            fields = [one for one in section.fields if stands_on_paper(one) and self._belongs(one)]
            if fields and section.label and len(self.form.sections) > 1 and not _is_only_rows(section):
                yield Band(str(section.label))
            yield from self._packed(fields)

    def laid_out(self, layout: Layout) -> Iterator[Line]:
        """As the layout says; then what it does not name, before the signatures that end the paper."""
        named = set(layout.named())
        rest = [one for key, one in self.open.items() if key not in named and self._belongs(one, layout.omit)]
        lines = list(layout.lines)
        body = len(lines)
        while body and isinstance(lines[body - 1], dict) and "sign" in lines[body - 1]:
            body -= 1
        for told in lines[:body]:
            yield from self._line(told)
        yield from self._packed(rest)
        for told in lines[body:]:
            yield from self._line(told)
        if self.sign and SIGN not in named:
            yield self._opinion()

    def _belongs(self, one: FieldDef, omit: frozenset[str] = frozenset()) -> bool:
        """Nobody works out on paper what the system works out; what a layout omits stands where it was answered."""
        may_miss = one.type == FieldType.COMPUTED or one.key in omit
        return not may_miss or self.filled.answers.get(one.key) not in (None, "", [])

    def _line(self, told: Any) -> Iterator[Line]:
        """One line of a layout; of fields that the form does not have (any more) nothing is left."""
        if isinstance(told, list):
            cells = tuple(self._cell(self.open[key]) for key in told if key in self.open)
            if cells:
                yield Pairs(cells)
        elif "band" in told:
            yield Band(str(words(told["band"])))
        elif "sign" in told:
            yield from self._signed(told)
        elif "list" in told:
            yield self._sheet(told)
        elif told.get("wide") in self.open:
            yield self._wide(self.open[told["wide"]], told.get("lines"))
        elif told.get("rows") in self.open:
            yield self._rows(self.open[told["rows"]], told)

    def _packed(self, fields: list[FieldDef]) -> Iterator[Line]:
        waiting: list[Cell] = []
        for one in fields:
            if self._is_short(one):
                waiting.append(self._cell(one))
                if len(waiting) == 2:
                    yield Pairs(tuple(waiting))
                    waiting = []
                continue
            if waiting:
                yield Pairs(tuple(waiting))
                waiting = []
            yield self._long(one)
        if waiting:
            yield Pairs(tuple(waiting))

    def _long(self, one: FieldDef) -> Line:
        if one.type == FieldType.ROWS:
            return self._rows(one, {})
        if one.type == FieldType.SIGNATURE:
            return self._signature(one, str(one.label), 2)
        if one.type in {FieldType.LONG, FieldType.FILE}:
            return self._wide(one, None)
        return Pairs((self._cell(one),))

    def _is_short(self, one: FieldDef) -> bool:
        if one.type in LONG_TYPES or one.type in {FieldType.ROWS, FieldType.SIGNATURE}:
            return False
        if one.type == FieldType.RATING:
            return len(str(one.label)) < SHORT
        if one.type == FieldType.CHOICE and is_ticked(one, self.filled.on):
            return sum(len(words) + 2 for _code, words in choices_of(one, self.filled.on)) <= SHORT
        return len(self._words(one)) <= LETTERS_A_LINE * 2

    def _words(self, one: FieldDef) -> str:
        value = self.filled.answers.get(one.key)
        if self.filled.words:
            return self.filled.words(one, value)
        return value_words(one, value, self.filled.told, self.filled.on)

    def _row_words(self, one: FieldDef, value: Any) -> str:
        """In a narrow cell of many choices those that were chosen stand alone."""
        if one.type in {FieldType.CHOICE, FieldType.CHOICES} and value and self._has_many(one):
            return chosen_words(one, value, self.filled.on)
        if self.filled.words:
            return self.filled.words(one, value)
        return row_words(one, value, self.filled.told, self.filled.on)

    def _has_many(self, one: FieldDef) -> bool:
        return len(choices_of(one, self.filled.on)) > FEW

    def _cell(self, one: FieldDef) -> Cell:
        return Cell(str(one.label), self._words(one))

    def _wide(self, one: FieldDef, lines: int | None) -> Wide:
        return Wide(str(one.label), self._words(one), lines or (1 if one.type == FieldType.FILE else LINES))

    def _rows(self, one: FieldDef, told: Mapping[str, Any]) -> Rows:
        """Repeated answers; where there are none, rows to fill in by hand."""
        inner = [row for row in one.rows if stands_on_paper(row) and row.type != FieldType.COMPUTED]
        inner = [row for row in inner if row.key in told["only"]] if "only" in told else inner
        answers = [row for row in self.filled.answers.get(one.key) or [] if isinstance(row, Mapping)]
        return self._table(str(one.label), inner, answers, told)

    def _sheet(self, told: Mapping[str, Any]) -> Rows:
        """The form as one row of a sheet, as people sign in one below the other."""
        inner = [self.open[key] for key in told["list"] if key in self.open]
        answers = [self.filled.answers] if any(self.filled.answers.get(one.key) for one in inner) else []
        return self._table("", inner, answers, told)

    def _table(
        self, label: str, inner: list[FieldDef], answers: list[Mapping[str, Any]], told: Mapping[str, Any]
    ) -> Rows:
        shares = told.get("widths", {})
        widths = tuple(float(shares.get(row.key) or WEIGHTS.get(row.type, 2.0)) for row in inner)
        number = pgettext("heading over the numbers of rows", "No.")
        rows = [
            (str(n), *(self._row_words(row, answer.get(row.key)) for row in inner))
            for n, answer in enumerate(answers, 1)
        ]
        blank = told.get("blank", BLANK_ROWS) if not rows else 0
        rows += [(str(n), *map(self._room, inner)) for n in range(1, blank + 1)]
        return Rows(label, (number, *(str(row.label) for row in inner)), (0.7, *widths), tuple(rows))

    def _room(self, row: FieldDef) -> str:
        """In a row to fill in by hand few choices stand to be ticked; a day has its room by the width of its column."""
        few = row.type == FieldType.YES_NO or (row.type == FieldType.CHOICE and 0 < len(choices_of(row, None)) <= FEW)
        return value_words(row, None, self.filled.told, self.filled.on) if few else ""

    def _signed(self, told: Mapping[str, Any]) -> Iterator[Line]:
        """Where the layout lets someone sign: the block with opinion and decision, a field, or a name alone."""
        label, lines = str(words(told)), int(told.get("lines", LINES))
        if told["sign"] == SIGN:
            if self.sign:
                yield self._opinion(label, lines)
        elif told["sign"] in self.open:
            one = self.open[told["sign"]]
            yield self._signature(one, label or str(one.label), lines)
        elif not told["sign"]:
            yield Sign(label, lines=lines)

    def _signature(self, one: FieldDef, label: str, lines: int) -> Sign:
        """A signature given on a screen is a picture; one recorded in words stands there as it was recorded."""
        given = self.filled.answers.get(one.key)
        if one.key in self.filled.pictures:
            return Sign(label, picture=one.key, lines=lines)
        if self.filled.words:
            return Sign(label, name=self.filled.words(one, given), lines=lines)
        if isinstance(given, Mapping):
            day = value_words(_DAY, given.get("on"), self.filled.told) if given.get("on") else ""
            return Sign(label, name=str(given.get("name", "")), day=day, lines=lines)
        return Sign(label, name=str(given or ""), lines=lines)

    def _opinion(self, label: str = "", lines: int = LINES) -> Sign:
        told = {one.key: one for one in (self.sign.fields if self.sign else ())}
        said = {key: self._words(one) for key, one in told.items()}
        given = self.filled.answers
        return Sign(
            label or _("Opinion of the supervisor"),
            text=str(given.get("supervisor_opinion") or ""),
            ticks=said.get("decision", ""),
            name=said.get("decided_by", ""),
            day=said.get("decided_on", "") if given.get("decided_on") else "",
            lines=lines,
        )


_DAY = FieldDef("on", words({}), FieldType.DATE)


def _is_only_rows(section: SectionDef) -> bool:
    """The name of such a section stands over the rows already."""
    first = section.fields[0]
    return first.type == FieldType.ROWS and (len(section.fields) == 1 or str(first.label) == str(section.label))
