"""A group: its plan as facts, its members over time, and each of its sessions."""

from django.db import models
from django.db.models import F, Q

from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import Site, User
from xiezuo.people.models import Person
from xiezuo.service.models.record import Series
from xiezuo.service.vocab import GroupState


class Group(models.Model):
    """One group is one series (CNT-1). `plan` is the form (F30) its facts come from; `first_on` and `last_on` are the days
    between which it meets, agreed when it begins to look for members."""

    series = models.OneToOneField(Series, models.PROTECT, related_name="group")
    plan = models.OneToOneField("service.FilledForm", models.PROTECT, related_name="planned_group")
    name = models.CharField(max_length=120)
    group_type = models.CharField(max_length=30)
    for_whom = models.CharField(max_length=200, blank=True)
    size = models.PositiveIntegerField()
    session_total = models.PositiveIntegerField()
    minutes_each = models.PositiveIntegerField()
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="groups")
    leaders = models.ManyToManyField(User, blank=True, related_name="groups_led")
    state = models.CharField(max_length=12, choices=GroupState.choices, default=GroupState.PLANNED)
    planned_on = models.DateField()
    first_on = models.DateField(null=True, blank=True)
    last_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    privacy = {"name": Privacy.INTERNAL, "group_type": Privacy.INTERNAL, "for_whom": Privacy.INTERNAL}

    class Meta:
        ordering = ["-planned_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_on__isnull=True, last_on__isnull=True)
                | Q(first_on__isnull=False, last_on__gte=F("first_on")),
                name="group_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(size__gte=1, session_total__gte=1, minutes_each__gte=1), name="group_is_of_some_size"
            ),
            models.CheckConstraint(
                condition=Q(state=GroupState.CLOSED, closed_on__isnull=False)
                | ~Q(state=GroupState.CLOSED) & Q(closed_on__isnull=True),
                name="group_closed_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    """Someone in a group; by a nickname alone (`label`) as long as nobody knows who they are. Coming back opens the same row."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="group_memberships")
    label = models.CharField(max_length=60, blank=True)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    left_why = models.CharField(max_length=200, blank=True)

    privacy = {"label": Privacy.PERSONAL, "left_why": Privacy.PERSONAL}

    class Meta:
        ordering = ["joined_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(person__isnull=False), name="member_once_per_group"
            ),
            models.UniqueConstraint(
                fields=["group", "label"], condition=Q(person__isnull=True), name="nickname_once_per_group"
            ),
            models.CheckConstraint(condition=Q(person__isnull=False) | ~Q(label=""), name="member_is_called_something"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")), name="member_leaves_after_joining"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person) if self.person_id else self.label


class GroupSession(models.Model):
    """One meeting: its number, and the stage in which the group was. Day and who came stand on the record of its form."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="sessions")
    form = models.OneToOneField("service.FilledForm", models.CASCADE, related_name="group_session")
    no = models.PositiveIntegerField()
    stage = models.CharField(max_length=30)

    privacy = {"stage": Privacy.INTERNAL}

    class Meta:
        ordering = ["no", "id"]
