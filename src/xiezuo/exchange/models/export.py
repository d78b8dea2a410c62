"""A list of people or of their services that leaves the house: why, for whom, who said yes, until when."""

import uuid

from django.db import models
from django.db.models import F, Q

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.days import local, now
from xiezuo.common.periods import in_order
from xiezuo.common.privacy import Privacy
from xiezuo.exchange.vocab import ExportKind, ExportState
from xiezuo.orgs.models import Site, User
from xiezuo.people.models import Person

INTERNAL = Privacy.INTERNAL


class SharingAgreement(models.Model):
    """What is agreed with another legal person about facts that are passed on (CON-7, PIPL 20 to 23).

    `sections` are the parts of a file it covers; it holds from its first to its last day, once it is signed.
    """

    with_whom = models.CharField(max_length=120)
    for_what = models.TextField()
    sections = models.JSONField(default=list)
    from_on = models.DateField()
    to_on = models.DateField()
    signed_on = models.DateField(null=True, blank=True)
    paper = models.CharField(max_length=200, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=now)

    privacy = {"with_whom": INTERNAL, "for_what": INTERNAL, "sections": INTERNAL, "paper": INTERNAL}

    class Meta:
        ordering = ["-id"]
        constraints = [
            in_order("sharing_agreement_in_order"),
            models.CheckConstraint(condition=~Q(with_whom="") & ~Q(for_what=""), name="sharing_agreement_says_what"),
        ]

    def __str__(self) -> str:
        return self.with_whom


class Export(models.Model):
    """One list. `key` is that of the form it was asked on: pressed twice it is asked once.

    `chosen` holds what was chosen (codes and numbers), `columns` the columns by code. `second_for` says why a second
    person has to say yes. Until it is over the rows lie in `file`, sealed with `file_key`; `locked` is the archive with a
    password, sealed too. The password itself stands nowhere: who forgot it has a new archive made.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    kind = models.CharField(max_length=12, choices=ExportKind.choices)
    state = models.CharField(max_length=12, choices=ExportState.choices, default=ExportState.ASKED)
    purpose = models.CharField(max_length=32)
    reason = models.TextField()
    recipient = models.CharField(max_length=120, blank=True)
    agreement = models.ForeignKey(SharingAgreement, models.PROTECT, null=True, blank=True, related_name="exports")
    columns = models.JSONField(default=list)
    chosen = models.JSONField(default=dict)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    second_for = models.JSONField(default=list, blank=True)
    rows = models.PositiveIntegerField(default=0)
    minors = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=dict, blank=True)
    closed = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="exports")
    asked_at = models.DateTimeField(default=now)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    fetch_until = models.DateTimeField(null=True, blank=True)
    delete_after = models.DateField(null=True, blank=True)
    fetched = models.PositiveIntegerField(default=0)
    fetched_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to="exports", max_length=160, blank=True)
    locked = models.FileField(upload_to="exports", max_length=160, blank=True)
    file_key = EncryptedTextField()

    privacy = {
        "purpose": INTERNAL,
        "reason": Privacy.PERSONAL,
        "recipient": INTERNAL,
        "columns": INTERNAL,
        "chosen": Privacy.PERSONAL,
        "second_for": INTERNAL,
        "left_out": INTERNAL,
        "words": Privacy.PERSONAL,
        "file": Privacy.SENSITIVE,
        "locked": Privacy.SENSITIVE,
        "file_key": Privacy.SENSITIVE,
    }

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["fetch_until"], condition=Q(state=ExportState.WRITTEN), name="export_to_be_removed")
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="export_says_why"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="export_not_decided_by_asker"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="export_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state=ExportState.EXPIRED) | Q(file="", locked="", file_key__isnull=True),
                name="export_over_keeps_no_file",
            ),
        ]

    def __str__(self) -> str:
        return self.serial

    @property
    def serial(self) -> str:
        """What stands in the file and finds it again: E2026-00012."""
        return f"E{local(self.asked_at).year}-{self.pk:05d}"


class ExportedPerson(models.Model):
    """Someone in a list: while it is asked for, whom it would tell of; once written, whom it tells of."""

    export = models.ForeignKey(Export, models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, models.PROTECT, related_name="exported")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["export", "person"], name="exported_person_once")]
