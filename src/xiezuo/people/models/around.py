"""What ties a person to others, to roles and to those who work with them; every tie has a period."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from xiezuo.common.days import now
from xiezuo.common.periods import in_order
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import Site, User
from xiezuo.people.models.person import Person
from xiezuo.people.vocab import AssignedFor, Relation, Role

P, S = Privacy.PERSONAL, Privacy.SENSITIVE


class Household(models.Model):
    """F02. People who live and budget together. Money in yuan."""

    head = models.ForeignKey(Person, models.PROTECT, related_name="heads")
    address = models.CharField(max_length=200, blank=True)
    income_month = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    debt = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    housing = models.CharField(max_length=60, blank=True)
    benefits = models.TextField(blank=True)
    unmet_needs = models.TextField(blank=True)

    privacy = {"address": P, "housing": S, "benefits": S, "unmet_needs": S}

    def __str__(self) -> str:
        """By its number: whose household it is, is for those to whom the family is open (people.homes)."""
        return _("Household %(number)s") % {"number": f"H{self.pk:06d}"}


class HouseholdMember(models.Model):
    """A person in a household, from and to; who moved out stays in the history."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="household_members")
    relation = models.CharField(max_length=12, choices=Relation.choices)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            in_order("household_member_in_order"),
            models.UniqueConstraint(
                fields=["household", "person"],
                condition=Q(to_on__isnull=True),
                name="household_member_once_at_a_time",
            ),
        ]


class Relationship(models.Model):
    """`person` is `relation` of `other` (王姐 is parent of 小宇)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="relationships")
    other = models.ForeignKey(Person, models.PROTECT, related_name="relationships_to")
    relation = models.CharField(max_length=12, choices=Relation.choices)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            in_order("relationship_in_order"),
            models.CheckConstraint(condition=~Q(person=F("other")), name="relationship_needs_two_people"),
            models.UniqueConstraint(
                fields=["person", "other", "relation"],
                condition=Q(to_on__isnull=True),
                name="relationship_once_at_a_time",
            ),
        ]


class RolePeriod(models.Model):
    """What someone was to the organisation, from and to. Biography: it gives no rights."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="role_periods")
    role = models.CharField(max_length=20, choices=Role.choices)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            in_order("role_period_in_order"),
            models.UniqueConstraint(
                fields=["person", "role"], condition=Q(to_on__isnull=True), name="role_period_once_at_a_time"
            ),
        ]


class Assignment(models.Model):
    """Who works with a person, a colleague or a site, and why: the row that access asks."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="assignments")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="assignments")
    why = models.CharField(max_length=12, choices=AssignedFor.choices)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            in_order("assignment_in_order"),
            models.CheckConstraint(
                condition=Q(user__isnull=True) ^ Q(site__isnull=True), name="assignment_to_user_or_site"
            ),
            models.UniqueConstraint(
                fields=["person", "user"],
                condition=Q(user__isnull=False, to_on__isnull=True),
                name="assignment_once_per_user",
            ),
            models.UniqueConstraint(
                fields=["person", "site"],
                condition=Q(site__isnull=False, to_on__isnull=True),
                name="assignment_once_per_site",
            ),
        ]
        indexes = [models.Index(fields=["site", "-id"], name="assignment_newest_at_site")]


class ReadLog(models.Model):
    """Who opened which person's page and when; written before the page leaves."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="read_logs")
    user = models.ForeignKey(User, models.PROTECT, related_name="read_logs")
    at = models.DateTimeField(default=now)
    what = models.CharField(max_length=40)

    privacy = {"what": Privacy.INTERNAL}

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["person", "-id"])]
