"""A home visit that is planned: who goes, to whom, what for. Made, it is the form F18."""

import uuid

from django.db import models
from django.db.models import F, Q

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import Site, User
from xiezuo.people.models import Household
from xiezuo.service.models.filled import FilledForm


class PlannedVisit(models.Model):
    """Always two go: a colleague, and another one or (`companion`) somebody without a login. `made`: the form they wrote."""

    behind_wall = True

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    household = models.ForeignKey(Household, models.PROTECT, related_name="planned_visits")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    visitor_1 = models.ForeignKey(User, models.PROTECT, related_name="+")
    visitor_2 = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    companion = models.CharField(max_length=60, blank=True)
    planned_on = models.DateField()
    planned_at = models.TimeField(null=True, blank=True)
    aim = EncryptedTextField()
    outline = EncryptedTextField()
    made = models.OneToOneField(FilledForm, models.SET_NULL, null=True, blank=True, related_name="planned_visit")
    made_on = models.DateField(null=True, blank=True)
    dropped_on = models.DateField(null=True, blank=True)
    dropped_why = EncryptedTextField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=now)

    privacy = {
        "companion": Privacy.PERSONAL,
        "aim": Privacy.SENSITIVE,
        "outline": Privacy.SENSITIVE,
        "dropped_why": Privacy.SENSITIVE,
    }

    class Meta:
        ordering = ["planned_on", "planned_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(visitor_2__isnull=False, companion="") & ~Q(visitor_2=F("visitor_1"))
                | Q(visitor_2__isnull=True) & ~Q(companion=""),
                name="visit_is_made_by_two",
            ),
            models.CheckConstraint(
                condition=Q(made_on__isnull=True) | Q(dropped_on__isnull=True), name="visit_made_or_dropped"
            ),
        ]

    home = ""  # what the household is called to whoever looks

    @property
    def is_open(self) -> bool:
        return self.made_on is None and self.dropped_on is None

    @property
    def second(self) -> str:
        """Who goes along."""
        return self.visitor_2.name if self.visitor_2 else self.companion

    def key_for(self, user: User) -> uuid.UUID:
        """Under which a colleague writes the form of this visit: whichever of the two does, it is this one."""
        return uuid.uuid5(self.key, str(user.pk))
