"""Going through answers: who and what is named in them, which files and codes they hold."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from xiezuo.forms.definitions import FieldDef, FormDefinition
from xiezuo.forms.vocab import FieldType

REFERENCES = (FieldType.REFERENCE, FieldType.REFERENCES)


def each_answer(fields: Iterable[FieldDef], answers: Mapping[str, Any]) -> Iterator[tuple[FieldDef, Any]]:
    """Every field that has an answer, those inside rows too."""
    for one in fields:
        if one.key not in answers:
            continue
        if one.type == FieldType.ROWS:
            for row in answers[one.key]:
                yield from each_answer(one.rows, row)
        else:
            yield one, answers[one.key]


def _many(answer: Any) -> list[Any]:
    return answer if isinstance(answer, list) else [answer]


def named_in(form: FormDefinition, answers: Mapping[str, Any]) -> dict[str, set[int]]:
    """Kind of thing → ids of those the answers name."""
    found: dict[str, set[int]] = {}
    for one, answer in each_answer(form.fields(), answers):
        if one.type in REFERENCES:
            found.setdefault(one.of, set()).update(pk for pk in _many(answer) if isinstance(pk, int))
    return found


def files_in(form: FormDefinition, answers: Mapping[str, Any]) -> set[str]:
    found: set[str] = set()
    for one, answer in each_answer(form.fields(), answers):
        if one.type == FieldType.FILE and isinstance(answer, list):
            found.update(answer)
        elif one.type == FieldType.SIGNATURE and "file" in answer:
            found.add(answer["file"])
    return found


def codes_chosen(form: FormDefinition, answers: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
    """(list, code) of every choice; what was chosen once stays readable when the list has lost it."""
    return frozenset(
        (one.code_list, code)
        for one, answer in each_answer(form.fields(), answers)
        if one.type in {FieldType.CHOICE, FieldType.CHOICES}
        for code in _many(answer)
        if isinstance(code, str)
    )


def without(
    fields: Iterable[FieldDef], answers: Mapping[str, Any], left_out: Callable[[FieldDef], bool]
) -> dict[str, Any]:
    """The answers without those to fields that are `left_out`, inside rows too."""
    found: dict[str, Any] = {}
    for one in fields:
        if one.key not in answers or left_out(one):
            continue
        answer = answers[one.key]
        found[one.key] = [without(one.rows, row, left_out) for row in answer] if one.type == FieldType.ROWS else answer
    return found
