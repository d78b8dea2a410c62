"""How a table with certain headings is to be read, once someone has said it."""

from django.db import models
from django.db.models import Q

from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User


class Layout(models.Model):
    """A layout of tables. It holds for every table with the same headings in any order, whatever the file is called.

    `columns`: [heading, field] of each column, left to right; the heading without width, case and white space, several
    rows of it joined by ›; the field "" is left out, null was never understood. `shape` is a digest of the headings.
    `came_with` tells of the pack it was imported with: id, version, author, licence.
    """

    uid = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=32)
    height = models.PositiveSmallIntegerField(default=1)  # rows of headings
    columns = models.JSONField(default=list)
    shape = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="layouts")
    at = models.DateTimeField(default=now)
    came_with = models.JSONField(default=dict, blank=True)
    used = models.PositiveIntegerField(default=0)  # files taken in that were read so
    last_used_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    privacy = {
        "uid": Privacy.INTERNAL,
        "name": Privacy.INTERNAL,
        "kind": Privacy.INTERNAL,
        "columns": Privacy.INTERNAL,
        "shape": Privacy.INTERNAL,
        "came_with": Privacy.INTERNAL,
    }

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["shape"], condition=Q(retired_at__isnull=True), name="one_layout_per_shape")
        ]

    def __str__(self) -> str:
        return self.name
