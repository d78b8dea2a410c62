"""What the references in answers stand for, as far as whoever prints may know it. Each kind is asked once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.forms.definitions import FieldDef, FormDefinition
from xiezuo.forms.papers.values import Told
from xiezuo.forms.vocab import FieldType
from xiezuo.orgs.access import Actor, colleagues_for, projects_for, sites_for
from xiezuo.people.access import households_for, people_for
from xiezuo.service.access import known_records

# What a reference of a form may point to, and where it is looked up.
SEEN: dict[str, Callable[[Actor], Any]] = {
    "person": people_for,
    "household": households_for,
    "user": colleagues_for,
    "site": sites_for,
    "centre": sites_for,
    "project": projects_for,
    "service_record": known_records,
}
POINTS = {FieldType.REFERENCE, FieldType.REFERENCES}


def told_to(actor: Actor, form: FormDefinition, answers: Mapping[str, Any]) -> Told:
    """Puts references into words. Whoever is not open to the actor stands there as such; a text stays as it is."""
    wanted: dict[str, set[int]] = {}
    for kind, value in _points(form.fields(), answers):
        if kind in SEEN and str(value).isdecimal():
            wanted.setdefault(kind, set()).add(int(value))
    names = {kind: _names(SEEN[kind](actor), ids) for kind, ids in wanted.items()}

    def told(field: FieldDef, value: Any) -> str:
        if field.of not in SEEN or not str(value).isdecimal():
            return str(value)
        return names.get(field.of, {}).get(int(value)) or _("not open to you")

    return told


def _names(seen: Any, ids: set[int]) -> dict[int, str]:
    return {thing.pk: str(thing) for thing in seen.filter(pk__in=ids)}


def _points(fields: Iterable[FieldDef], answers: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """(kind, value) of every reference, also those in rows."""
    for one in fields:
        value = answers.get(one.key)
        if one.type == FieldType.ROWS:
            for row in value or []:
                yield from _points(one.rows, row)
        elif one.type in POINTS and value not in (None, ""):
            yield from ((one.of, each) for each in (value if isinstance(value, list) else [value]))
