"""Who answers for a child by law, and who may take a child home."""

from django.db import models
from django.db.models import F, Q

from xiezuo.common.periods import in_order
from xiezuo.common.privacy import Privacy
from xiezuo.people.models.person import Person
from xiezuo.people.vocab import GuardianBasis, Relation

P = Privacy.PERSONAL


class Guardianship(models.Model):
    """`guardian` answers for `ward` by law and consents for them; a carer (Relation.CARER) has no such power."""

    ward = models.ForeignKey(Person, models.PROTECT, related_name="guardianships")
    guardian = models.ForeignKey(Person, models.PROTECT, related_name="wardships")
    basis = models.CharField(max_length=12, choices=GuardianBasis.choices)
    paper = models.CharField(max_length=200, blank=True)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    privacy = {"paper": P}

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            in_order("guardianship_in_order"),
            models.CheckConstraint(condition=~Q(ward=F("guardian")), name="guardianship_needs_two_people"),
            models.UniqueConstraint(
                fields=["ward", "guardian"], condition=Q(to_on__isnull=True), name="guardianship_once_at_a_time"
            ),
        ]


class Collector(models.Model):
    """F50. Someone who may take the child home (CHD-6); `person` where they are registered themselves."""

    child = models.ForeignKey(Person, models.PROTECT, related_name="collectors")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="collects")
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=40)
    relation = models.CharField(max_length=12, choices=Relation.choices)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    privacy = {"name": P, "phone": P}

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            in_order("collector_in_order"),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | ~Q(person=F("child")), name="collector_is_someone_else"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(phone=""), name="collector_has_name_and_phone"),
            models.UniqueConstraint(
                fields=["child", "name", "phone"], condition=Q(to_on__isnull=True), name="collector_once_at_a_time"
            ),
        ]
