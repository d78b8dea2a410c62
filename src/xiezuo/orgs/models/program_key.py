"""A key with which a program asks in the name of a login."""

from django.db import models
from django.db.models import F, Q

from xiezuo.common.days import now, today
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models.user import User


class ProgramKey(models.Model):
    """`name` says what the program is for. Of the key only the digest is kept; it ends on `ends_on` or when it is taken back."""

    user = models.ForeignKey(User, models.CASCADE, related_name="program_keys")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=now)
    from_on = models.DateField(default=today)
    ends_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy = {"name": Privacy.INTERNAL, "digest": Privacy.AUTHOR_ONLY}

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="program_key_is_named"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("from_on")), name="program_key_ends_later"),
        ]

    def __str__(self) -> str:
        return self.name
