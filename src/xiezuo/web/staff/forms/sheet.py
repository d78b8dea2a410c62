"""What is typed on one open form page, and who may name what on it."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.http import QueryDict

from xiezuo.forms.definitions import FormDefinition
from xiezuo.forms.filling import Typed, is_must, typed_again
from xiezuo.forms.models import SubmissionFile
from xiezuo.forms.submitting import SIGN, is_authors
from xiezuo.forms.vocab import FieldType
from xiezuo.service.filling.things import Thing

Search = Callable[[str, str], list[Thing]]
Names = Callable[[str, set[int]], Mapping[int, Thing]]


def _none(of: str, scrap: str) -> list[Thing]:
    return []


def _nobody(of: str, ids: set[int]) -> Mapping[int, Thing]:
    return {}


@dataclass
class Data:
    """What rendering a form needs beside its definition. Without an actor (a form that is only tried out) nothing is named
    by its row, and no file is kept."""

    on: date
    typed: Typed = field(default_factory=dict)
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    kinds: frozenset[str] = frozenset()
    names: Names = _nobody
    search: Search = _none
    choices: Callable[[str], list[Thing]] = lambda of: []
    files: Mapping[str, SubmissionFile] = field(default_factory=dict)
    errors: Mapping[str, list[str]] = field(default_factory=dict)
    computed: Mapping[str, Any] = field(default_factory=dict)
    last_on: Mapping[str, str] = field(default_factory=dict)


def left_out(form: FormDefinition) -> frozenset[str]:
    """Blocks that are not filled in like other fields: whoever signs does so later; who took part stands on the record."""
    return frozenset({SIGN, *(["WHO"] if form.method else [])})


def without_private(form: FormDefinition) -> FormDefinition:
    """The form as someone else than its author corrects it."""
    sections = (
        replace(section, fields=tuple(one for one in section.fields if not is_authors(one)))
        for section in form.sections
    )
    return replace(form, sections=tuple(section for section in sections if section.fields or section.block))


def querydict(typed: Mapping[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, list(values))
    return data


def fresh(form: FormDefinition) -> Typed:
    """A new form: what stands there before anyone answers, and one empty row where a row is asked for."""
    typed: Typed = {one.key: [one.default] for one in form.fields() if one.default and one.is_asked}
    typed |= {one.key: ["0"] for one in form.fields() if one.type == FieldType.ROWS and is_must(one)}
    return typed


def taken_over(form: FormDefinition, section: str, typed: Typed, answers: Mapping[str, Any]) -> None:
    """Fill what is still empty in a section with what was answered last time; files and signatures are given anew."""
    keys = {one.key for found in form.sections if found.key == section for one in found.fields}
    never = {one.key for one in form.fields() if one.type in {FieldType.SIGNATURE, FieldType.FILE}}
    before = typed_again(form, {key: value for key, value in answers.items() if key in keys - never})
    filled = {name.partition(".")[0] for name, texts in typed.items() if any(texts) and not _is_bare(form, name, typed)}
    for name, texts in before.items():
        if name.partition(".")[0] not in filled:
            typed[name] = texts


def _is_bare(form: FormDefinition, name: str, typed: Typed) -> bool:
    """Rows of which nothing is typed yet are as good as empty."""
    inside = [texts for key, texts in typed.items() if key.startswith(f"{name}.")]
    rows = {one.key for one in form.fields() if one.type == FieldType.ROWS}
    return name in rows and not any(any(texts) for texts in inside)
