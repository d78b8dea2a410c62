"""Rights at work: a matter whose limit by law is watched, and what interrupted it."""

import uuid

from django.db import models
from django.db.models import Q

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User
from xiezuo.people.models import Person
from xiezuo.service.vocab import InterruptionKind, LabourKind


class LabourMatter(models.Model):
    """What happened to someone at work, and when. The limits are worked out from it each time and never kept: the law, or
    what is known, may change."""

    behind_wall = True

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, models.PROTECT, related_name="labour_matters")
    kind = models.CharField(max_length=16, choices=LabourKind.choices)
    happened_on = models.DateField(null=True, blank=True)
    migrant_worker = models.BooleanField(default=False)
    work_injury = models.BooleanField(default=False)
    words = EncryptedTextField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=now)
    ended_on = models.DateField(null=True, blank=True)
    ended_why = EncryptedTextField()

    privacy = {"words": Privacy.SENSITIVE, "ended_why": Privacy.SENSITIVE}

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=LabourKind.EMPLOYED) ^ Q(happened_on__isnull=False), name="labour_matter_has_its_day"
            ),
        ]


class LabourInterruption(models.Model):
    """A claim, a request for help, or the other side's agreement: the period begins anew (LAB-3). `proof` says what shows it."""

    behind_wall = True

    matter = models.ForeignKey(LabourMatter, models.CASCADE, related_name="interruptions")
    kind = models.CharField(max_length=12, choices=InterruptionKind.choices)
    on = models.DateField()
    proof = EncryptedTextField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=now)

    privacy = {"proof": Privacy.SENSITIVE}

    class Meta:
        ordering = ["on", "id"]
