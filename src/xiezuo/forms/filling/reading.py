"""A whole form: from what was typed to answers, with a problem for each field that cannot be taken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.forms.definitions import FieldDef, FormDefinition
from xiezuo.forms.filling.fitting import fits, is_must
from xiezuo.forms.filling.rows import row_ids
from xiezuo.forms.filling.values import Fault, Known, Typed, read_value
from xiezuo.forms.vocab import FieldType, Unanswered

UNANSWERED = "unanswered"  # the only key of an answer that says why there is none
MOST_ROWS = 300
TERM = ("from_on", "to_on")


@dataclass(frozen=True)
class Problem:
    """`name`: of the field on the page; `words`: a sentence that names the field and says what to do."""

    name: str
    label: str
    words: str


@dataclass
class Reading:
    """What was read of a form. Answers that had a problem are left out."""

    answers: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def asked_fields(form: FormDefinition, leave: Iterable[str] = ()) -> tuple[FieldDef, ...]:
    """What someone fills in, without the sections of these blocks."""
    left = set(leave)
    return tuple(
        one for section in form.sections if section.block not in left for one in section.fields if one.is_asked
    )


def read_form(form: FormDefinition, typed: Typed, known: Known, *, leave: Iterable[str] = ()) -> Reading:
    """The answers of a form, without the sections of the blocks `leave`. What does not fit (`when`) is not in them."""
    reading = Reading()
    reading.answers = _read(asked_fields(form, leave), typed, known, "", reading)
    return reading


def _read(fields: tuple[FieldDef, ...], typed: Typed, known: Known, before: str, reading: Reading) -> dict[str, Any]:
    answers = {}
    for one in fields:
        if one.is_asked and fits(one, fields, typed, before):
            answer = _answer(one, f"{before}{one.key}", typed, known, reading)
            if answer is not None:
                answers[one.key] = answer
    if all(key in answers for key in TERM) and _later(*(answers[key] for key in TERM)):
        last = next(one for one in fields if one.key == TERM[1])
        words = _("“%(field)s” lies before the first day. Choose a later day.") % {"field": last.label}
        reading.problems.append(Problem(f"{before}{last.key}", str(last.label), words))
    return answers


def _later(first: Any, last: Any) -> bool:
    return isinstance(first, str) and isinstance(last, str) and first > last


def _answer(one: FieldDef, name: str, typed: Typed, known: Known, reading: Reading) -> Any:
    if one.type == FieldType.ROWS:
        return _rows(one, name, typed, known, reading)
    try:
        answer = read_value(one, name, typed, known)
    except Fault as fault:
        words = _("“%(field)s”: %(what)s") % {"field": one.label, "what": fault.words}
        reading.problems.append(Problem(name, str(one.label), words))
        return None
    if answer is not None:
        _count(one, name, answer, reading)
        return answer
    why = (typed.get(f"{name}.{UNANSWERED}") or [""])[0]
    if one.unknown_allowed and why in Unanswered.values:
        return {UNANSWERED: why}
    if is_must(one):
        reading.problems.append(Problem(name, str(one.label), _missing(one)))
    return None


def _missing(one: FieldDef) -> str:
    if one.unknown_allowed:
        words = _("“%(field)s” is still empty. Fill it in, or say why it is not known.")
    elif one.type in {FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO, FieldType.RATING, FieldType.REFERENCE}:
        words = _("“%(field)s” is still open. Choose an answer.")
    elif one.type == FieldType.SIGNATURE:
        words = _("“%(field)s” is missing. Let them sign, or note who heard their consent.")
    elif one.type == FieldType.FILE:
        words = _("“%(field)s” is missing. Add the file or take a photo.")
    else:
        words = _("“%(field)s” is still empty. Fill it in.")
    return words % {"field": one.label}


def _rows(one: FieldDef, name: str, typed: Typed, known: Known, reading: Reading) -> list[dict[str, Any]] | None:
    """Rows in their order; one in which nothing was typed is none."""
    found = []
    for number in row_ids(typed, name)[:MOST_ROWS]:
        before = f"{name}.{number}."
        if is_typed_in(one, before, typed):
            found.append(_read(one.rows, typed, known, before, reading))
    if not found and is_must(one):
        words = _("“%(field)s” has no row yet. Add one.") % {"field": one.label}
        reading.problems.append(Problem(name, str(one.label), words))
    if found:
        _count(one, name, found, reading)
    return found or None


def _count(one: FieldDef, name: str, answer: Any, reading: Reading) -> None:
    """Of rows and of several things there may be a least and a most."""
    if not isinstance(answer, list):
        return
    if one.least is not None and len(answer) < one.least:
        words = _("“%(field)s” needs at least %(n)s; there are %(here)s.")
        told = words % {"field": one.label, "n": f"{one.least:g}", "here": len(answer)}
        reading.problems.append(Problem(name, str(one.label), told))
    if one.most is not None and len(answer) > one.most:
        words = _("“%(field)s” takes %(n)s at most; there are %(here)s.")
        told = words % {"field": one.label, "n": f"{one.most:g}", "here": len(answer)}
        reading.problems.append(Problem(name, str(one.label), told))


def is_typed_in(one: FieldDef, before: str, typed: Typed) -> bool:
    """Whether anything was typed in a row, a choice that stands on "no" included."""
    return any(any(text.strip() for text in texts) for key, texts in typed.items() if key.startswith(before))


def must_be_answers(form: FormDefinition, answers: Mapping[str, Any]) -> None:
    """Raises KeyError for a key that the form does not have: nothing is kept that nobody asked for."""
    _must_know({one.key: one for one in form.fields()}, answers)


def _must_know(fields: Mapping[str, FieldDef], answers: Mapping[str, Any]) -> None:
    for key, answer in answers.items():
        one = fields.get(key)
        if one is None:
            raise KeyError(key)
        if one.type == FieldType.ROWS:
            for row in answer:
                _must_know({inside.key: inside for inside in one.rows}, row)
