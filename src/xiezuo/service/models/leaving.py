"""到离: children who came to a site on a day, with whom they left, and who was sent away from the door (F51, CHD-6)."""

from django.db import models
from django.db.models import F, Q

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.days import now
from xiezuo.common.periods import in_order
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import Site, User
from xiezuo.people.models import Person
from xiezuo.people.vocab import Relation
from xiezuo.service.vocab import LeftWith

S = Privacy.SENSITIVE


class ChildAttendance(models.Model):
    """A child was at a site on a day, from `in_at` to `out_at` (the house's local time; no `in_at`: nobody noted it).

    While `left_with` is empty the child is there. `collected_by` is the name as it was then, `relation` what they are to the
    child. `agreed_by`: the guardian who came, or who agreed by phone at `phoned_at` to the colleague in `let_go_by`, in these
    `words`; or who had allowed that the child goes alone. Of a child who was not there after all `words` say why.
    """

    child = models.ForeignKey(Person, models.PROTECT, related_name="attendances")
    site = models.ForeignKey(Site, models.PROTECT, related_name="child_attendances")
    on = models.DateField()
    in_at = models.TimeField(null=True, blank=True)
    out_at = models.TimeField(null=True, blank=True)
    left_with = models.CharField(max_length=12, choices=LeftWith.choices, blank=True)
    collected_by = models.CharField(max_length=60, blank=True)
    relation = models.CharField(max_length=12, choices=Relation.choices, blank=True)
    agreed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    phoned_at = models.TimeField(null=True, blank=True)
    words = EncryptedTextField()
    let_go_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=now)

    privacy = {"collected_by": S, "words": S}

    class Meta:
        ordering = ["on", "in_at", "id"]
        indexes = [models.Index(fields=["site", "on"], name="child_attendance_of_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "site", "on"], condition=Q(left_with=""), name="child_is_there_once"
            ),
            models.CheckConstraint(
                condition=Q(left_with="", out_at__isnull=True, let_go_by__isnull=True)
                | ~Q(left_with="") & Q(out_at__isnull=False, let_go_by__isnull=False),
                name="child_left_with_somebody",
            ),
            models.CheckConstraint(
                condition=Q(in_at__isnull=True) | Q(out_at__isnull=True) | Q(out_at__gte=F("in_at")),
                name="child_left_after_coming",
            ),
            models.CheckConstraint(
                condition=Q(left_with__in=["", LeftWith.ALONE, LeftWith.NOT_HERE]) | ~Q(collected_by=""),
                name="child_collected_by_a_name",
            ),
            models.CheckConstraint(
                condition=~Q(left_with=LeftWith.PHONE)
                | Q(phoned_at__isnull=False, agreed_by__isnull=False, words__isnull=False),
                name="child_phone_is_written_down",
            ),
        ]

    @property
    def is_there(self) -> bool:
        return not self.left_with


class TurnedAway(models.Model):
    """Somebody asked for a child and was on no list of that day."""

    child = models.ForeignKey(Person, models.PROTECT, related_name="turned_away")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.TimeField()
    name = models.CharField(max_length=60)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=now)

    privacy = {"name": S}

    class Meta:
        ordering = ["on", "at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="turned_away_has_a_name")]


class GoesAlone(models.Model):
    """A guardian allows a child to go home alone, between two days; `source`: where they said so, or the paper they signed."""

    child = models.ForeignKey(Person, models.PROTECT, related_name="goes_alone")
    allowed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    source = models.CharField(max_length=200)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=now)

    privacy = {"source": S}

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            in_order("goes_alone_in_order"),
            models.CheckConstraint(condition=~Q(source=""), name="goes_alone_has_a_source"),
            models.CheckConstraint(condition=~Q(allowed_by=F("child")), name="goes_alone_by_another"),
            models.UniqueConstraint(
                fields=["child", "allowed_by"], condition=Q(to_on__isnull=True), name="goes_alone_once_at_a_time"
            ),
        ]
