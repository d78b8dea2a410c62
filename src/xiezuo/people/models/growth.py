"""The growth of a person as they and a worker tell it."""

from django.db import models

from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User
from xiezuo.people.models.person import Person
from xiezuo.people.vocab import JourneyStep, Role

S = Privacy.SENSITIVE


class JourneyEntry(models.Model):
    """A role begins or rests, in the person's own word and with a worker's note; never by hours or a score.

    It tells of the role period that began or ended on its day. `ladder` names the pack and its version under which the
    step was taken.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="journey_entries")
    role = models.CharField(max_length=20, choices=Role.choices)
    step = models.CharField(max_length=8, choices=JourneyStep.choices)
    on = models.DateField()
    own_words = models.TextField(blank=True)
    note = models.TextField(blank=True)
    ladder = models.CharField(max_length=60)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=now)

    privacy = {"own_words": S, "note": S, "ladder": Privacy.INTERNAL}

    class Meta:
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["person", "role", "step", "on"], name="journey_entry_of_a_period")]


class GrowthNote(models.Model):
    """Something that happened on the way, and what the person says of it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="growth_notes")
    on = models.DateField()
    what = models.CharField(max_length=200)
    own_words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=now)

    privacy = {"what": S, "own_words": S}

    class Meta:
        ordering = ["on", "id"]
        constraints = [models.CheckConstraint(condition=~models.Q(what=""), name="growth_note_says_what")]
