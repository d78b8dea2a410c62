"""Periods from one day to another, either end open."""

from django.db import models
from django.db.models import F, Q


def in_order(name: str) -> models.CheckConstraint:
    """The database's promise that `to_on` does not lie before `from_on`; `name` is the name of the constraint."""
    return models.CheckConstraint(
        condition=Q(to_on__isnull=True) | Q(from_on__isnull=True) | Q(to_on__gte=F("from_on")), name=name
    )
