"""The service record: the atom of every count. Case note, ledger, hours and reports are views of it."""

import uuid

from django.db import models
from django.db.models import Q

from xiezuo.common.days import Precision, now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import Project, Site, User
from xiezuo.service.vocab import Method, RecordState, SeriesKind, ServiceLine


class Series(models.Model):
    """One group, one series of activities, one site's check-in list or one outreach area (CNT-1)."""

    kind = models.CharField(max_length=16, choices=SeriesKind.choices)
    name = models.CharField(max_length=120)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="series")

    privacy = {"name": Privacy.INTERNAL}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "name", "site"], name="series_once_per_site"),
            models.UniqueConstraint(
                fields=["kind", "name"], condition=Q(site__isnull=True), name="series_once_without_site"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SerialCounter(models.Model):
    """The last serial number given out in a year; one row a year makes writers take turns."""

    year = models.PositiveIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)


class ServiceRecord(models.Model):
    """HEAD and WHEN of every form. `minutes` is the duration of the service; times are the house's local time.

    A partial date stays partial: `service_date` holds the first day it may be, `date_precision` how much is known.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    serial_no = models.CharField(max_length=16, unique=True)
    state = models.CharField(max_length=12, choices=RecordState.choices, default=RecordState.RECORDED)
    method = models.CharField(max_length=12, choices=Method.choices)
    service_line = models.CharField(max_length=12, choices=ServiceLine.choices, blank=True)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="service_records")
    projects = models.ManyToManyField(Project, blank=True, related_name="service_records")
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="service_records")
    title = models.CharField(max_length=200, blank=True)
    service_date = models.DateField(null=True, blank=True)
    date_precision = models.CharField(max_length=8, choices=Precision.choices, default=Precision.DAY)
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    place_text = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    own_words = models.TextField(blank=True)
    next_step = models.CharField(max_length=200, blank=True)
    next_on = models.DateField(null=True, blank=True)
    next_done_on = models.DateField(null=True, blank=True)
    staff = models.ManyToManyField(User, blank=True, related_name="service_records")
    for_testing = models.BooleanField(default=False)
    cancelled_why = models.CharField(max_length=200, blank=True)
    form_version = models.CharField(max_length=12, default="1.0")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="recorded_services")
    recorded_at = models.DateTimeField()

    privacy = {
        "serial_no": Privacy.INTERNAL,
        "title": Privacy.INTERNAL,
        "place_text": Privacy.PERSONAL,
        "note": Privacy.SENSITIVE,
        "own_words": Privacy.SENSITIVE,
        "next_step": Privacy.PERSONAL,
        "cancelled_why": Privacy.INTERNAL,
        "form_version": Privacy.INTERNAL,
    }

    class Meta:
        ordering = ["-service_date", "-id"]
        indexes = [
            models.Index(fields=["service_date", "site"]),
            models.Index(fields=["recorded_by", "-recorded_at"]),
            models.Index(fields=["next_on"], condition=Q(next_done_on__isnull=True), name="record_next_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(service_date__isnull=True, date_precision=Precision.UNKNOWN)
                | Q(service_date__isnull=False) & ~Q(date_precision=Precision.UNKNOWN),
                name="record_date_says_how_exact",
            ),
            models.CheckConstraint(
                condition=~Q(state=RecordState.CANCELLED) | ~Q(cancelled_why=""),
                name="record_cancelled_says_why",
            ),
            models.CheckConstraint(
                condition=Q(next_done_on__isnull=True) | ~Q(next_step=""), name="record_done_step_is_named"
            ),
        ]

    is_closed = False  # set on a record of which whoever looks may only know that it was

    def __str__(self) -> str:
        return self.title or str(self.get_method_display())


class Evidence(models.Model):
    """A file bound to a record by its hash; where it was taken is removed before it is kept."""

    record = models.ForeignKey(ServiceRecord, models.PROTECT, related_name="evidence")
    file = models.FileField(upload_to="evidence", max_length=160)
    name = models.CharField(max_length=200)
    caption = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now)

    privacy = {
        "file": Privacy.PERSONAL,
        "name": Privacy.PERSONAL,
        "caption": Privacy.PERSONAL,
        "content_type": Privacy.INTERNAL,
        "sha256": Privacy.INTERNAL,
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "sha256"], name="evidence_once_per_record")]
