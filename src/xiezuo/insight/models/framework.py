"""What was promised: a framework of targets for a project, a site or the whole organisation over a period."""

from django.db import models
from django.db.models import F, Q

from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import Project, Site


class Framework(models.Model):
    """A table of targets as a contract, a plan or a grant agreement has it. Without project and site it is the
    organisation's own. `promised_in` says where it stands written."""

    name = models.CharField(max_length=120)
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="frameworks")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="frameworks")
    from_on = models.DateField()
    to_on = models.DateField()
    promised_in = models.CharField(max_length=200, blank=True)

    privacy = {"name": Privacy.INTERNAL, "promised_in": Privacy.INTERNAL}

    class Meta:
        ordering = ["-from_on", "name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="framework_in_order"),
            models.CheckConstraint(
                condition=Q(project__isnull=True) | Q(site__isnull=True), name="framework_of_project_or_site"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """How much of an indicator was promised. `amount` is in the indicator's own unit, minutes for hours."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="targets")
    indicator = models.CharField(max_length=40)
    amount = models.PositiveIntegerField()

    privacy = {"indicator": Privacy.INTERNAL}

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "indicator"], name="target_once_per_framework"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="target_above_nothing"),
        ]
