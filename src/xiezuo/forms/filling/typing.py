"""Answers as they would have been typed: for going on, for correcting, for taking over from last time."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from xiezuo.forms.definitions import FieldDef, FormDefinition
from xiezuo.forms.filling.reading import UNANSWERED
from xiezuo.forms.filling.values import NO, UNREGISTERED, YES, Typed
from xiezuo.forms.vocab import FieldType


def typed_again(form: FormDefinition, answers: Mapping[str, Any]) -> Typed:
    """Reading this gives the same answers."""
    return dict(_fields(form.fields(), answers, ""))


def _fields(fields: Iterable[FieldDef], answers: Mapping[str, Any], before: str) -> Iterator[tuple[str, list[str]]]:
    for one in fields:
        if one.is_asked and one.key in answers:
            yield from _field(one, answers[one.key], f"{before}{one.key}")


def _field(one: FieldDef, answer: Any, name: str) -> Iterator[tuple[str, list[str]]]:
    if isinstance(answer, dict):
        yield from _told(answer, name)
    elif one.type == FieldType.ROWS:
        yield name, [str(number) for number in range(len(answer))]
        for number, row in enumerate(answer):
            yield from _fields(one.rows, row, f"{name}.{number}.")
    else:
        yield name, [_text(one, value) for value in (answer if isinstance(answer, list) else [answer])]


def _told(answer: Mapping[str, Any], name: str) -> Iterator[tuple[str, list[str]]]:
    """Why there is no answer, or a signature."""
    if UNANSWERED in answer:
        yield f"{name}.{UNANSWERED}", [answer[UNANSWERED]]
    elif answer.get("verbal"):
        yield f"{name}.verbal", [YES]
        yield f"{name}.witness", [answer["witness"]]
    else:
        yield name, [answer["file"]]


def _text(one: FieldDef, value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if one.type in {FieldType.REFERENCE, FieldType.REFERENCES} and isinstance(value, str):
        return f"{UNREGISTERED}{value}"
    return str(value)
