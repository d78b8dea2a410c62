"""What ends: a hold that stops it, a destruction with its list and its signatures."""

from django.db import models
from django.db.models import F, Q

from xiezuo.common.days import now
from xiezuo.common.periods import in_order
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User
from xiezuo.people.models.person import Person
from xiezuo.people.vocab import DestroyWay, DestructionState, DestructionWhy, ItemOutcome, RetentionStart

N, S = Privacy.INTERNAL, Privacy.SENSITIVE


class LegalHold(models.Model):
    """Nothing of the person is destroyed from `from_on` to `to_on` (null: until someone ends it): a dispute, an inquiry."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="legal_holds")
    why = models.CharField(max_length=200)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=now)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    privacy = {"why": S}

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            in_order("legal_hold_in_order"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(to_on__isnull=True), name="legal_hold_once_at_a_time"
            ),
        ]


class Destruction(models.Model):
    """F06. A list of what is to end, why, on whose word; frozen by `list_hash` when it is proposed.

    `record_class` is a class of pack retention-default; its start, period (years, months), source and mark are kept as
    they were on that day. `needs_two`: the second signature is asked for.
    """

    record_class = models.CharField(max_length=24)
    counted_from = models.CharField(max_length=16, choices=RetentionStart.choices)
    years = models.PositiveSmallIntegerField(default=0)
    months = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=200)
    mark = models.CharField(max_length=12)
    why = models.CharField(max_length=8, choices=DestructionWhy.choices)
    way = models.CharField(max_length=12, choices=DestroyWay.choices)
    appraisal = models.TextField()
    list_hash = models.CharField(max_length=64)
    needs_two = models.BooleanField(default=True)
    state = models.CharField(max_length=12, choices=DestructionState.choices, default=DestructionState.PROPOSED)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=now)
    approver_1 = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_1_at = models.DateTimeField(null=True, blank=True)
    approver_2 = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_2_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    done_on = models.DateField(null=True, blank=True)
    dropped_why = models.CharField(max_length=200, blank=True)

    privacy = {
        "record_class": N,
        "source": N,
        "mark": N,
        "appraisal": S,
        "list_hash": N,
        "dropped_why": S,
    }

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(appraisal=""), name="destruction_has_an_appraisal"),
            models.CheckConstraint(
                condition=Q(approver_2__isnull=True) | ~Q(approver_2=F("approver_1")) & Q(approver_1__isnull=False),
                name="destruction_approved_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(approver_1__isnull=True, approved_1_at__isnull=True)
                | Q(approver_1__isnull=False, approved_1_at__isnull=False),
                name="destruction_first_word_says_when",
            ),
            models.CheckConstraint(
                condition=Q(approver_2__isnull=True, approved_2_at__isnull=True)
                | Q(approver_2__isnull=False, approved_2_at__isnull=False),
                name="destruction_second_word_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=DestructionState.DONE) | Q(done_on__isnull=False),
                name="destruction_done_says_when",
            ),
        ]


class DestructionItem(models.Model):
    """One line of the list: a row of `table` by its key, since when it counted, and what became of it (`rows` of it).

    It names a person by key alone, so that the list still stands when the person is erased.
    """

    destruction = models.ForeignKey(Destruction, models.CASCADE, related_name="items")
    table = models.CharField(max_length=60)
    row_id = models.BigIntegerField()
    since = models.DateField(null=True, blank=True)
    over_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=ItemOutcome.choices, default=ItemOutcome.WAITING)
    rows = models.PositiveIntegerField(default=0)

    privacy = {"table": N}

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["destruction", "table", "row_id"], name="destruction_item_once")]
        indexes = [models.Index(fields=["table", "row_id"], name="destruction_item_of")]
