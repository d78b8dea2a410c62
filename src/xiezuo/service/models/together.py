"""What workers look at together: case conferences, and supervision sessions as those who were supervised read them."""

import uuid

from django.db import models
from django.db.models import Q

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import Site, User
from xiezuo.service.models.case import Case
from xiezuo.service.models.filled import FilledForm


class Conference(models.Model):
    """Several workers decide about cases. `guests`: who came from elsewhere. What was said stands with each case."""

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    on = models.DateField()
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="conferences")
    present = models.ManyToManyField(User, related_name="conferences")
    guests = models.CharField(max_length=200, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=now)

    privacy = {"guests": Privacy.PERSONAL}

    class Meta:
        ordering = ["-on", "-id"]


class ConferenceCase(models.Model):
    """What a conference said and decided about one case; only who may read that case reads it."""

    behind_wall = True

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="about")
    case = models.ForeignKey(Case, models.PROTECT, related_name="conferences")
    discussed = EncryptedTextField()
    decision = EncryptedTextField()

    privacy = {"discussed": Privacy.SENSITIVE, "decision": Privacy.SENSITIVE}

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["conference", "case"], name="case_once_per_conference")]


class SupervisionReceipt(models.Model):
    """That someone was supervised (form F19), read what was written of it, answered, and signed.

    `mode`, `supervisor`, `on` and `minutes` are those of the form, so that hours can be added up.
    """

    behind_wall = True

    filled = models.ForeignKey(FilledForm, models.CASCADE, related_name="receipts")
    supervisee = models.ForeignKey(User, models.PROTECT, related_name="supervised")
    supervisor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="supervising")
    mode = models.CharField(max_length=12)
    on = models.DateField()
    minutes = models.PositiveIntegerField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    reply = EncryptedTextField()

    privacy = {"mode": Privacy.INTERNAL, "reply": Privacy.SENSITIVE}

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["filled", "supervisee"], name="receipt_once_per_supervisee"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(read_at__isnull=False), name="signed_receipt_was_read"
            ),
        ]
