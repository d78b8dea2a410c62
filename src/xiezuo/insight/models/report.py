"""What the organisation writes itself into its annual report."""

from django.db import models

from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.insight.vocab import ReportPart
from xiezuo.orgs.models import User


class ReportText(models.Model):
    """One part of one year's report, written for everyone who reads the report."""

    year = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=12, choices=ReportPart.choices)
    text = models.TextField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=now)

    privacy = {"text": Privacy.INTERNAL}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "part"], name="report_part_once_a_year")]
