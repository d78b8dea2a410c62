"""What a colleague says of a day beside what they recorded, and what one shift leaves to the next."""

from django.db import models
from django.db.models import Q

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import Site, User
from xiezuo.service.vocab import ReportState


class DailyReport(models.Model):
    """The report of one colleague of one day: what was done is read from the records, only `remark` is their own.

    `read_by` and `read_at` are the receipt of the supervisor who read it.
    """

    behind_wall = True

    author = models.ForeignKey(User, models.PROTECT, related_name="daily_reports")
    on = models.DateField()
    remark = EncryptedTextField()
    state = models.CharField(max_length=12, choices=ReportState.choices, default=ReportState.DRAFT)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)

    privacy = {"remark": Privacy.SENSITIVE}

    class Meta:
        ordering = ["-on", "author_id"]
        indexes = [models.Index(fields=["on", "state"], name="daily_report_of_day")]
        constraints = [
            models.UniqueConstraint(fields=["author", "on"], name="daily_report_once_a_day"),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT, read_by__isnull=True, read_at__isnull=True)
                | Q(state=ReportState.HANDED_IN, handed_in_at__isnull=False, read_by__isnull=True, read_at__isnull=True)
                | Q(state=ReportState.READ, handed_in_at__isnull=False, read_by__isnull=False, read_at__isnull=False),
                name="daily_report_state_says_by_whom",
            ),
        ]


class Handover(models.Model):
    """A note for the next shift of a site. `matters` are the rows pulled in, as [table, id]; whoever takes it over reads of
    them what is open to them. `taken_by` and `taken_at` are the receipt."""

    behind_wall = True

    site = models.ForeignKey(Site, models.PROTECT, related_name="handovers")
    on = models.DateField()
    text = EncryptedTextField()
    matters = models.JSONField(default=list, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="handovers")
    written_at = models.DateTimeField(default=now)
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)

    privacy = {"text": Privacy.SENSITIVE, "matters": Privacy.INTERNAL}

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["site"], condition=Q(taken_at__isnull=True), name="handover_nobody_took"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True) ^ Q(taken_at__isnull=False), name="handover_taken_by_someone"
            ),
        ]
