"""Whether someone who works near children was checked."""

from django.db import models
from django.db.models import Q

from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User
from xiezuo.people.models.person import Person
from xiezuo.people.vocab import CheckResult


class BackgroundCheck(models.Model):
    """F09. One check of a colleague's login or of a person; only its result is kept, never what was found (CHD-5)."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="background_checks")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="background_checks")
    checked_on = models.DateField()
    source = models.CharField(max_length=80)
    result = models.CharField(max_length=8, choices=CheckResult.choices)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=now)

    privacy = {"source": Privacy.SENSITIVE}

    class Meta:
        ordering = ["-checked_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, user__isnull=True) | Q(person__isnull=True, user__isnull=False),
                name="background_check_of_one",
            )
        ]
