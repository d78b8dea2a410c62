"""Two rows of one human become one: every column that points at a person says how its rows follow."""

from django.db import models

from tests.architecture.test_models import own_models
from xiezuo.people.following import ways
from xiezuo.people.models import Person


def pointing_at_people() -> set[tuple[str, str]]:
    return {
        (model._meta.label_lower, field.name)
        for model in own_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and not field.auto_created
        and field.remote_field.model is Person
    }


def test_every_column_that_points_at_a_person_says_how_it_follows_a_merge() -> None:
    assert ("people.consent", "person") in pointing_at_people()
    assert {(way.table, way.column) for way in ways()} == pointing_at_people()


def test_what_a_person_may_have_once_is_told_to_the_merge() -> None:
    """A table whose rows are unique for each person names the same columns, or merging two would break on it."""
    forgotten = []
    for way in ways():
        for rule in way.model._meta.constraints:
            if way.stays or not isinstance(rule, models.UniqueConstraint) or way.column not in rule.fields:
                continue
            others = {way.model._meta.get_field(name).attname for name in rule.fields if name != way.column}
            if not others <= {*(way.once or ())}:
                forgotten.append((way.table, way.column, rule.name))
    assert forgotten == []
