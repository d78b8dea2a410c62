"""What holds for every table of the house."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from tests.architecture.source import FLOORS
from xiezuo.common.privacy import Privacy, free_fields, privacy_of


def own_models() -> Iterator[type[models.Model]]:
    for app in apps.get_app_configs():
        if app.name.startswith("xiezuo."):
            yield from app.get_models(include_auto_created=True)


def test_the_house_has_tables_on_its_floors() -> None:
    assert {model._meta.app_label for model in own_models()} <= set(FLOORS)
    assert "people.person" in {model._meta.label_lower for model in own_models()}


def test_every_free_field_says_whom_it_is_for() -> None:
    undeclared = []
    for model in own_models():
        for field in free_fields(model):
            try:
                declared = privacy_of(model, field)
            except KeyError:
                undeclared.append(f"{model._meta.label}.{field}")
            else:
                assert isinstance(declared, Privacy)
    assert undeclared == []


def test_no_privacy_class_is_left_over_from_a_field_that_is_gone() -> None:
    gone = [
        f"{model._meta.label}.{name}"
        for model in own_models()
        for name in getattr(model, "privacy", {})
        if name not in {field.name for field in model._meta.get_fields()}
    ]
    assert gone == []


def test_foreign_keys_point_down_the_floors() -> None:
    upwards = []
    for model in own_models():
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey | models.ManyToManyField):
                continue
            target = field.remote_field.model._meta.app_label
            if target in FLOORS and FLOORS.index(target) > FLOORS.index(model._meta.app_label):
                upwards.append(f"{model._meta.label}.{field.name} -> {target}")
    assert upwards == []


@pytest.mark.django_db
def test_the_migrations_are_complete() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
