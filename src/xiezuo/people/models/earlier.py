"""What used to hold: an earlier name, telephone or address of a person, an earlier home of a household."""

from django.db import models
from django.db.models import Q

from xiezuo.common.days import now
from xiezuo.common.periods import in_order
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User
from xiezuo.people.models.around import Household
from xiezuo.people.models.person import Person
from xiezuo.people.vocab import DatedFact


class EarlierFact(models.Model):
    """`fact` was `value` from (null: nobody knows since when) until `to_on`; what holds now stands on its own row."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="earlier_facts")
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="earlier_facts")
    fact = models.CharField(max_length=16, choices=DatedFact.choices)
    value = models.CharField(max_length=200)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=now)

    privacy = {"value": Privacy.PERSONAL}

    class Meta:
        ordering = ["-to_on", "-id"]
        constraints = [
            in_order("earlier_fact_in_order"),
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(household__isnull=True), name="earlier_fact_of_one"
            ),
            models.CheckConstraint(condition=~Q(value=""), name="earlier_fact_says_something"),
        ]
