"""The forms that came with the product, and every field in them."""

from collections.abc import Iterable, Iterator

from xiezuo.forms.definitions import FieldDef, FormDefinition, SectionDef, form_definitions

FORMS_HERE = form_definitions()


def inside(fields: Iterable[FieldDef]) -> Iterator[FieldDef]:
    for one in fields:
        yield one
        yield from inside(one.rows)


def own(form: FormDefinition) -> list[SectionDef]:
    return [section for section in form.sections if not section.block]


def everything() -> Iterator[tuple[str, FieldDef]]:
    for form in FORMS_HERE:
        yield from ((f"{form.key}.{one.key}", one) for one in inside(form.fields()))
