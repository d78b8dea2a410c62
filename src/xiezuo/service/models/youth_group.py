"""A group of a youth hub's own, led by one of its members."""

from django.db import models
from django.db.models import Q

from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import Site, User
from xiezuo.people.models import Person
from xiezuo.service.vocab import YouthGroupState


class YouthGroup(models.Model):
    """`leader` is a member and not on the staff; a group that leads itself has one."""

    name = models.CharField(max_length=120)
    about = models.CharField(max_length=200, blank=True)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="youth_groups")
    state = models.CharField(max_length=12, choices=YouthGroupState.choices, default=YouthGroupState.PROPOSED)
    leader = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="youth_groups_led")

    privacy = {"name": Privacy.INTERNAL, "about": Privacy.INTERNAL}

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "site"],
                condition=~Q(state=YouthGroupState.ENDED),
                name="youth_group_once_per_site",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class YouthGroupStep(models.Model):
    """That a youth group came into a state: on which day, by whom, and why where a reason is asked for."""

    youth_group = models.ForeignKey(YouthGroup, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=12, choices=YouthGroupState.choices)
    on = models.DateField()
    why = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    privacy = {"why": Privacy.INTERNAL}

    class Meta:
        ordering = ["id"]
