"""What someone answered to a measure, the goals they set, and where a worker put them in an order of need."""

import uuid

from django.db import models
from django.db.models import F, Q

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User
from xiezuo.people.models import Person
from xiezuo.service.models.case import Case
from xiezuo.service.vocab import Occasion


class Measured(models.Model):
    """One filled-in measure of one person, in the version of the pack it was asked in.

    The total is never kept: it is worked out from the answers each time. `stated_total` is one that someone typed or a sheet
    brought; `wording` the question of a scaling, which stays the same before and after. Without answers, `refused`.
    """

    behind_wall = True

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, models.PROTECT, related_name="measured")
    measure = models.CharField(max_length=40)
    version = models.CharField(max_length=16)
    occasion = models.CharField(max_length=12, choices=Occasion.choices)
    taken_on = models.DateField()
    wording = EncryptedTextField()
    answers = EncryptedTextField()
    stated_total = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)
    refused = models.BooleanField(default=False)
    withdrawn_why = EncryptedTextField()
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(default=now)

    privacy = {
        "measure": Privacy.INTERNAL,
        "version": Privacy.INTERNAL,
        "wording": Privacy.SENSITIVE,
        "answers": Privacy.SENSITIVE,
        "withdrawn_why": Privacy.SENSITIVE,
    }

    class Meta:
        ordering = ["-taken_on", "-id"]
        indexes = [models.Index(fields=["measure", "person", "-taken_on"], name="measured_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(refused=False) | Q(answers__isnull=True, stated_total__isnull=True),
                name="refused_measure_has_no_answer",
            )
        ]


class Goal(models.Model):
    """A goal in the person's own words. Its baseline is written on the day it is set: one written later does not count.

    `case`: the one whose plan it belongs to."""

    behind_wall = True

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, models.PROTECT, related_name="goals")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="goals")
    text = EncryptedTextField()
    measured_by = EncryptedTextField()
    baseline = EncryptedTextField()
    set_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    privacy = {"text": Privacy.SENSITIVE, "measured_by": Privacy.SENSITIVE, "baseline": Privacy.SENSITIVE}

    class Meta:
        ordering = ["set_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("set_on")), name="goal_due_later"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("set_on")), name="goal_ends_later"
            ),
        ]


class GoalScore(models.Model):
    """How far a goal was reached on a day: −2 … +2, 0 being as agreed."""

    behind_wall = True

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="scores")
    on = models.DateField()
    score = models.SmallIntegerField()
    note = EncryptedTextField()
    scored_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    privacy = {"note": Privacy.SENSITIVE}

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "on"], name="goal_scored_once_a_day"),
            models.CheckConstraint(condition=Q(score__gte=-2, score__lte=2), name="goal_score_minus_2_to_2"),
        ]

    @property
    def in_words(self) -> str:
        """+1, 0, −2: with the sign as it is printed."""
        return f"+{self.score}" if self.score > 0 else f"−{-self.score}" if self.score else "0"


class PlacedByHand(models.Model):
    """A worker put someone at a place in the order of need, whatever the score says, and wrote why (DAT-6)."""

    behind_wall = True

    measure = models.CharField(max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    why = EncryptedTextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    privacy = {"measure": Privacy.INTERNAL, "why": Privacy.SENSITIVE}

    class Meta:
        ordering = ["place", "-at"]
        constraints = [
            models.CheckConstraint(condition=Q(place__gte=1), name="placed_from_the_first_on"),
            models.UniqueConstraint(fields=["measure", "person"], name="placed_by_hand_once"),
        ]
