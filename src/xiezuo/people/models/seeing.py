"""Asking to read someone's file, and what was answered."""

from django.db import models
from django.db.models import F, Q

from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User
from xiezuo.people.models.person import Person
from xiezuo.people.vocab import AccessKind, AccessState


class AccessRequest(models.Model):
    """F07. Somebody asks to read the file of a person until a moment (CHD-3); one who is responsible decides.

    In an emergency it is open at once, and whoever is responsible looks at it afterwards: `decided_by` then says who
    did, `fitting` what they thought of it.
    """

    asker = models.ForeignKey(User, models.PROTECT, related_name="access_requests")
    person = models.ForeignKey(Person, models.PROTECT, related_name="access_requests")
    kind = models.CharField(max_length=12, choices=AccessKind.choices, default=AccessKind.ORDINARY)
    state = models.CharField(max_length=12, choices=AccessState.choices, default=AccessState.ASKED)
    why = models.TextField()
    until = models.DateTimeField()
    asked_at = models.DateTimeField(default=now)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(blank=True)
    fitting = models.BooleanField(null=True)

    privacy = {"why": Privacy.SENSITIVE, "words": Privacy.SENSITIVE}

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["asker", "person"], condition=Q(state=AccessState.APPROVED), name="access_in_force"),
            models.Index(fields=["id"], condition=Q(decided_at__isnull=True), name="access_waiting"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="access_says_why"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="access_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asker")), name="access_not_decided_by_asker"
            ),
            models.CheckConstraint(
                condition=Q(kind=AccessKind.EMERGENCY)
                | Q(state=AccessState.ASKED, decided_by__isnull=True)
                | ~Q(state=AccessState.ASKED) & Q(decided_by__isnull=False),
                name="access_open_only_when_decided",
            ),
        ]
