"""Who a field is for. Every free field of a model is declared in the model's `privacy` mapping."""

from enum import StrEnum

from django.db import models


class Privacy(StrEnum):
    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    AUTHOR_ONLY = "author_only"


FREE_FIELDS = (models.CharField, models.TextField, models.JSONField, models.FileField, models.BinaryField)


def free_fields(model: type[models.Model]) -> list[str]:
    """Names of the fields of `model` that take whatever someone types (choices are not free)."""
    return [
        field.name
        for field in model._meta.local_fields
        if isinstance(field, FREE_FIELDS) and not field.choices and not field.primary_key
    ]


def privacy_of(model: type[models.Model], field: str) -> Privacy:
    """The declared class of a field. Raises KeyError when the model does not declare it."""
    declared: dict[str, Privacy] = getattr(model, "privacy", {})
    return declared[field]
