"""A whole house as plain values, for comparing two of them: ids become places, and sealed values are read."""

from typing import Any

from django.apps import apps
from django.db import models

from xiezuo.common.walls import all_opened

OF_DJANGO = {"auth", "contenttypes", "sessions", "django_tasks_database"}
# Keys and codes are random, a hash ties ids together, and the second file of a name gets another one.
LEFT_OPEN = {"key", "hash", "password", "file", "join_code", "wall_code", "opinion_code", "token_hash", "digest"}

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


def _told_apart(row: models.Model, found: dict[str, Any], places: Places) -> dict[str, Any]:
    """Events and imports name rows by id in columns and facts that are no pointers of the database."""
    if row._meta.label == "exchange.ImportBatch":
        centres = {core: _place("orgs.Site", pk, places) for core, pk in found["summary"]["centres"].items()}
        return {**found, "summary": {**found["summary"], "centres": centres}}
    if row._meta.label != "common.Event":
        return found
    model = apps.get_model(found["subject"])
    found["subject_id"] = places[model][found["subject_id"]]
    found["by_id"] = _place("orgs.User", found["by_id"], places)
    facts = dict(found["facts"])
    for name, label in (("user", "orgs.User"), ("site", "orgs.Site"), ("person", "people.Person")):
        if isinstance(facts.get(name), int):
            facts[name] = _place(label, facts[name], places)
    if "members" in facts:
        facts["members"] = [_place("people.Person", pk, places) for pk in facts["members"]]
    return {**found, "facts": facts}


def _place(label: str, pk: int | None, places: Places) -> int | None:
    return None if pk is None else places[apps.get_model(label)][pk]
