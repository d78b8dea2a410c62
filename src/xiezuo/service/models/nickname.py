"""A nickname of the street or of a list that turned out to be a person."""

from django.db import models
from django.db.models import Q

from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User
from xiezuo.people.models import Person


class NicknameLink(models.Model):
    """The entries that hang on it say who came by their nickname; with its undoing they are nicknames again."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="nickname_links")
    label = models.CharField(max_length=60)
    agreed_on = models.DateField()
    linked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(default=now)
    parted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    parted_at = models.DateTimeField(null=True, blank=True)

    privacy = {"label": Privacy.PERSONAL}

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parted_by__isnull=True) ^ Q(parted_at__isnull=False), name="nickname_parted_by_someone"
            ),
        ]
