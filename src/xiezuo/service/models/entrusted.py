"""委托照护: a child whose parents work elsewhere lives with somebody else, and when the parents were in contact (CHD-7)."""

from django.db import models
from django.db.models import Q

from xiezuo.common.days import now
from xiezuo.common.periods import in_order
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User
from xiezuo.people.models import Person
from xiezuo.service.vocab import InTouch, WhichParent

S = Privacy.SENSITIVE


class Entrusting(models.Model):
    """The parents left the child in the care of `carer`, from one day to another."""

    child = models.ForeignKey(Person, models.PROTECT, related_name="entrustings")
    carer = models.CharField(max_length=60)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=now)

    privacy = {"carer": S}

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            in_order("entrusting_in_order"),
            models.CheckConstraint(condition=~Q(carer=""), name="entrusted_to_somebody"),
            models.UniqueConstraint(fields=["child"], condition=Q(to_on__isnull=True), name="entrusted_once_at_a_time"),
        ]


class ParentContact(models.Model):
    """On a day a parent and the child were in contact."""

    child = models.ForeignKey(Person, models.PROTECT, related_name="parent_contacts")
    on = models.DateField()
    who = models.CharField(max_length=12, choices=WhichParent.choices)
    how = models.CharField(max_length=12, choices=InTouch.choices)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["child", "on"], name="parent_contact_of_child")]
