"""Figures that left the house: which file, for whom, by whom, and what every row of it said on that day."""

from django.db import models
from django.db.models import F, Q

from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import Project, Site, User


class Release(models.Model):
    """One file with figures. Without a site it covers the whole house; `k` is 0 where small numbers were not hidden.

    `layout` and `layout_version` name the ledger layout (a pack) it was written in; `sha256` is of the file.
    """

    layout = models.CharField(max_length=60)
    layout_version = models.CharField(max_length=12)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField()
    reason = models.CharField(max_length=200)
    k = models.PositiveSmallIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    released_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    released_at = models.DateTimeField(default=now)

    privacy = {
        "layout": Privacy.INTERNAL,
        "layout_version": Privacy.INTERNAL,
        "reason": Privacy.INTERNAL,
        "sha256": Privacy.INTERNAL,
    }

    class Meta:
        ordering = ["-released_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="release_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="release_says_why"),
        ]


class ReleasedRow(models.Model):
    """One row of a released sheet; its code, made from its number, leads back to the records behind it.

    `scope` narrows the release to the row (as `insight.scopes` reads it), `figures` are the numbers of the row by
    column letter as they were, without those that were hidden.
    """

    release = models.ForeignKey(Release, models.CASCADE, related_name="rows")
    part = models.PositiveSmallIntegerField()  # which sheet of the layout, from 0
    row = models.PositiveIntegerField()  # as in the file, from 1
    scope = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)

    privacy = {"scope": Privacy.INTERNAL, "figures": Privacy.INTERNAL}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "part", "row"], name="released_row_once")]
