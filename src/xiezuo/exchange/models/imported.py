"""A file that came in: what was read, what became of each row, and how to take it all back."""

from django.db import models
from django.db.models import Q

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.exchange.vocab import BatchState, RowState
from xiezuo.orgs.models import Site, User
from xiezuo.people.models import Household, Person
from xiezuo.service.models import ServiceRecord

# An import in one of these states holds its file: the same file again is this one.
STILL_HERE = (BatchState.READING, BatchState.UNDERSTOOD, BatchState.APPLYING, BatchState.APPLIED)


class ImportBatch(models.Model):
    """One file of one upload. The file itself is kept as it came, named by its hash, until it is discarded.

    `site` is where rows without a centre belong. `rows_done` of `rows_total` is the progress of the step under way.
    `corrections`: by position of the sheet, what someone said of it (letters, rows, fields, a year; no cell's content).
    """

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes
    file = models.FileField(upload_to="imports", max_length=160)
    format = models.CharField(max_length=8, blank=True)
    kind = models.CharField(max_length=32, blank=True)
    state = models.CharField(max_length=12, choices=BatchState.choices, default=BatchState.READING)
    why_unreadable = models.CharField(max_length=40, blank=True)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="import_batches")
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="import_batches")
    uploaded_at = models.DateTimeField(default=now)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    step_began_at = models.DateTimeField(null=True, blank=True)
    summary = models.JSONField(default=dict)
    corrections = models.JSONField(default=dict, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)  # when the last correction was sent

    privacy = {
        "file_name": Privacy.INTERNAL,
        "sha256": Privacy.INTERNAL,
        "file": Privacy.SENSITIVE,
        "format": Privacy.INTERNAL,
        "kind": Privacy.INTERNAL,
        "why_unreadable": Privacy.INTERNAL,
        "summary": Privacy.INTERNAL,
        "corrections": Privacy.INTERNAL,
    }

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["sha256"])]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"], condition=Q(state__in=STILL_HERE), name="one_live_import_of_a_file"
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportedSheet(models.Model):
    """How one sheet was understood (the reader's own words: role, columns, regions, counts)."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="sheets")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=32, blank=True)
    role = models.CharField(max_length=16)
    understanding = models.JSONField(default=dict)

    privacy = {
        "name": Privacy.INTERNAL,
        "kind": Privacy.INTERNAL,
        "role": Privacy.INTERNAL,
        "understanding": Privacy.INTERNAL,
    }

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="sheet_once_per_batch")]


class SheetPart(models.Model):
    """Some rows of a sheet as it is, with the region of each cell: a page opens a part without opening the file."""

    sheet = models.ForeignKey(ImportedSheet, models.CASCADE, related_name="parts")
    first_row = models.PositiveIntegerField()
    cells = EncryptedTextField()

    privacy = {"cells": Privacy.SENSITIVE}

    class Meta:
        ordering = ["first_row"]
        constraints = [models.UniqueConstraint(fields=["sheet", "first_row"], name="part_once_per_sheet")]


class ImportedRow(models.Model):
    """One record found in a sheet with its source cell, its values as read, and what it became.

    Values that have no home yet stay here, encrypted, until a later floor takes them in. Three keyed digests:
    `fingerprint` of type, values and occurrence, by which the same row of the same file is recognised; `who` of the
    name (and telephone) of someone who is only mentioned, a second mention in the file being the same person;
    `together` of what rows share that become one service record.

    `added` holds what the row added to a person who was here before: field names, and ids of ties by kind.
    """

    sheet = models.ForeignKey(ImportedSheet, models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField()
    cell = models.CharField(max_length=12, blank=True)
    record_type = models.CharField(max_length=32)
    values = EncryptedTextField()
    problems = models.JSONField(default=list)
    household_label = models.CharField(max_length=60, blank=True)  # ties the rows of one block of a register
    part_of = models.CharField(max_length=12, blank=True)  # cell, else row, of the record of this sheet it belongs to
    fingerprint = models.CharField(max_length=64)
    who = models.CharField(max_length=64, blank=True)
    together = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=12, choices=RowState.choices, default=RowState.WAITING)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="imported_rows")
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="imported_rows")
    record = models.ForeignKey(ServiceRecord, models.PROTECT, null=True, blank=True, related_name="imported_rows")
    created = models.BooleanField(default=False)  # the record it points at was made by this import
    person_created = models.BooleanField(default=False)  # so was the person
    household_created = models.BooleanField(default=False)  # so was the household
    added = models.JSONField(default=dict, blank=True)

    privacy = {
        "cell": Privacy.INTERNAL,
        "record_type": Privacy.INTERNAL,
        "values": Privacy.SENSITIVE,
        "problems": Privacy.INTERNAL,
        "household_label": Privacy.PERSONAL,
        "part_of": Privacy.INTERNAL,
        "fingerprint": Privacy.INTERNAL,
        "who": Privacy.INTERNAL,
        "together": Privacy.INTERNAL,
        "added": Privacy.INTERNAL,
    }

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["fingerprint"]),
            models.Index(fields=["sheet", "household_label"]),
            models.Index(fields=["sheet", "part_of"], condition=~Q(part_of=""), name="imported_row_part_of"),
            models.Index(fields=["sheet", "state"]),
            models.Index(fields=["who"], condition=~Q(who=""), name="imported_row_who"),
            models.Index(fields=["sheet", "together"], condition=~Q(together=""), name="imported_row_together"),
            models.Index(fields=["person"], condition=Q(person__isnull=False), name="imported_row_person"),
        ]
