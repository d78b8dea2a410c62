"""Whom a form is about, as its definition says."""

from collections.abc import Mapping
from typing import Any

from xiezuo.common.privacy import Privacy
from xiezuo.forms.definitions import FieldDef, FormDefinition
from xiezuo.forms.vocab import FieldType
from xiezuo.people.vocab import Section
from xiezuo.service.vocab import Method

# By these keys a form names the person it is about; without one, who that is is asked above the form.
SUBJECTS = ("person", "child", "applicant", "case")
HOUSEHOLD, PERSON = "household", "person"


def _first(form: FormDefinition, of: tuple[str, ...], keys: tuple[str, ...] = ()) -> FieldDef | None:
    return next(
        (
            one
            for one in form.fields()
            if one.type == FieldType.REFERENCE and one.of in of and (not keys or one.key in keys)
        ),
        None,
    )


def subject_field(form: FormDefinition) -> FieldDef | None:
    return _first(form, (PERSON, "case"), SUBJECTS)


def household_field(form: FormDefinition) -> FieldDef | None:
    return _first(form, (HOUSEHOLD,))


def follows_field(form: FormDefinition, keys: frozenset[str]) -> FieldDef | None:
    """The field that names the earlier form this one goes on from; `keys`: of the forms there are. People and households have
    forms too, but what a field names are the people themselves."""
    earlier = keys - {PERSON, HOUSEHOLD, "case"}
    return next((one for one in form.fields() if one.type == FieldType.REFERENCE and one.of in earlier), None)


def needs_person(form: FormDefinition) -> bool:
    """Whether somebody has to be named above the form."""
    return form.about == PERSON


def may_have_person(form: FormDefinition) -> bool:
    """Whether it is asked above the form whom it is about."""
    return bool(form.about)


def can_be_about(form: FormDefinition) -> bool:
    """Whether it makes sense to begin the form from someone's file."""
    return may_have_person(form) or subject_field(form) is not None or household_field(form) is not None


def section_of(form: FormDefinition) -> Section:
    """The part of a person's file a filled form belongs to."""
    if form.privacy == Privacy.SENSITIVE or form.method == Method.CASE:
        return Section.CASE
    return Section.CONTACT if form.privacy == Privacy.PERSONAL else Section.SERVICES


def named_id(field: FieldDef | None, answers: Mapping[str, Any]) -> int | None:
    """The number of the row that a field names; None where it names none, or something that is not registered."""
    answer = answers.get(field.key) if field else None
    return answer if isinstance(answer, int) and not isinstance(answer, bool) else None
