"""A whole house as plain values, for comparing two of them: ids become places, and sealed values are read."""

from typing import Any

from django.apps import apps
from django.db import models

from xiezuo.common.walls import all_opened
from xiezuo.forms.definitions import FieldDef, form_definition
from xiezuo.forms.filling import without
from xiezuo.forms.models import EarlierSubmission, Submission
from xiezuo.forms.submitting import answers_in
from xiezuo.forms.vocab import FieldType

OF_DJANGO = {"auth", "contenttypes", "sessions", "django_tasks_database"}
# Keys and codes are random, a hash ties ids together, and the second file of a name gets another one.
LEFT_OPEN = {"key", "hash", "password", "file", "join_code", "wall_code", "opinion_code", "token_hash", "digest"}

# Facts of events that name rows by id, and of which table.
NAMED = {
    "user": "orgs.User",
    "leaders": "orgs.User",
    "site": "orgs.Site",
    "person": "people.Person",
    "members": "people.Person",
    "record": "service.ServiceRecord",
    "form": "service.FilledForm",
    "cases": "service.Case",
    "member": "service.GroupMember",
    "activity": "service.Activity",
    "day": "service.ActivityDay",
    "sign_in": "service.SignIn",
    "helper": "service.DayHelper",
    "child": "people.Person",
    "guardian": "people.Person",
    "to": "orgs.User",
    "project": "orgs.Project",
    "agreement": "orgs.DonorAgreement",
    "collector": "people.Collector",
}

Places = dict[type[models.Model], dict[int, int]]


def tables() -> list[type[models.Model]]:
    return [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label not in OF_DJANGO]


@all_opened(why="a test compares every row of two houses")
def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table in the order of writing; a pointer becomes the place of the row it points to.

    What a table of Django's own between two others holds is a set: it is written in no order that anyone promised.
    """
    places: Places = {
        model: {pk: n for n, pk in enumerate(model._base_manager.order_by("pk").values_list("pk", flat=True))}
        for model in tables()
    }
    found = {
        model: [_row(row, places) for row in model._base_manager.order_by("pk").iterator(2000)] for model in places
    }
    return {
        model._meta.label: sorted(rows, key=lambda row: list(row.values())) if model._meta.auto_created else rows
        for model, rows in found.items()
    }


def _row(row: models.Model, places: Places) -> dict[str, Any]:
    found = {}
    for field in row._meta.local_concrete_fields:
        value = getattr(row, field.attname)
        if field.name in LEFT_OPEN or field.primary_key:
            continue
        if isinstance(field, models.ForeignKey) and value is not None:
            value = places[field.related_model][value]
        found[field.name] = value
    return _told_apart(row, found, places)


def _names_a_row(one: FieldDef) -> bool:
    return one.type in {FieldType.REFERENCE, FieldType.REFERENCES}


def _told_apart(row: models.Model, found: dict[str, Any], places: Places) -> dict[str, Any]:
    """Events, imports and answers of forms name rows by id where no pointer of the database is."""
    if row._meta.label == "exchange.ImportBatch":
        centres = {core: _place("orgs.Site", pk, places) for core, pk in found["summary"]["centres"].items()}
        return {**found, "summary": {**found["summary"], "centres": centres}}
    if found.get("about") and found.get("about_id"):
        return {**found, "about_id": places[apps.get_model(found["about"])][found["about_id"]]}
    if row._meta.label == "service.Handover":
        return {**found, "matters": [[table, places[apps.get_model(table)][pk]] for table, pk in found["matters"]]}
    if isinstance(row, Submission | EarlierSubmission):
        form = form_definition(row.form if isinstance(row, Submission) else row.submission.form)
        return {**found, "answers": without([*form.fields()], answers_in(row.answers), _names_a_row)}
    if row._meta.label != "common.Event":
        return found
    model = apps.get_model(found["subject"])
    found["subject_id"] = places[model][found["subject_id"]]
    found["by_id"] = _place("orgs.User", found["by_id"], places)
    facts = dict(found["facts"])
    for name, label in NAMED.items():
        if isinstance(facts.get(name), int):
            facts[name] = _place(label, facts[name], places)
        elif isinstance(facts.get(name), list):
            facts[name] = [_place(label, pk, places) for pk in facts[name]]
    return {**found, "facts": facts}


def _place(label: str, pk: int | None, places: Places) -> int | None:
    return None if pk is None else places[apps.get_model(label)][pk]
