"""Two rows that stood for one human: the merge, what it moved, and pairs that may be one."""

from django.db import models
from django.db.models import F, Q

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User
from xiezuo.people.models.person import Person
from xiezuo.people.vocab import DuplicateState, RowChange


class Merge(models.Model):
    """`other` was found to be the same human as `kept`. Taken back it stays, with who did so and when.

    `evidence` are the codes of what agreed and differed; `ends` holds, by table, the highest id at that moment: what
    lies above was written since.
    """

    kept = models.ForeignKey(Person, models.PROTECT, related_name="merges")
    other = models.ForeignKey(Person, models.PROTECT, related_name="merges_away")
    evidence = models.JSONField(default=list, blank=True)
    ends = models.JSONField(default=dict)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    privacy = {"evidence": Privacy.INTERNAL, "ends": Privacy.INTERNAL}

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("other")), name="merge_needs_two_rows"),
            models.CheckConstraint(
                condition=Q(undone_by__isnull=True, undone_at__isnull=True)
                | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="merge_undone_says_who",
            ),
            models.UniqueConstraint(
                fields=["other"], condition=Q(undone_at__isnull=True), name="merge_away_once_at_a_time"
            ),
        ]


class MergedRow(models.Model):
    """One row that a merge moved, changed or removed; in the order in which it happened.

    `table` is its model, `row_id` its key. Moved: `column` pointed at the other row and points at the kept one;
    `place` is the id of the record it stands on, where it stands on one, by which a row written anew is found.
    `before`: what stood in it, as JSON; for a changed row the value before and after, by column ({} where the row only
    took the place of a removed one). Emptied when the merge is taken back.
    """

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="rows")
    change = models.CharField(max_length=8, choices=RowChange.choices)
    table = models.CharField(max_length=60)
    column = models.CharField(max_length=40, blank=True)
    row_id = models.BigIntegerField()
    place = models.BigIntegerField(null=True, blank=True)
    before = EncryptedTextField()

    privacy = {"table": Privacy.INTERNAL, "column": Privacy.INTERNAL, "before": Privacy.SENSITIVE}

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["table", "row_id"]),
            models.Index(fields=["table", "place"], condition=Q(place__isnull=False), name="merged_row_by_place"),
        ]


class PossibleDuplicate(models.Model):
    """Two rows (the older is `one`) that may stand for one human, and what someone decided about them.

    `weight` are bits of evidence, `evidence` codes of pack matching-default; both are empty for a pair that someone
    named by hand. Nothing is merged by itself.
    """

    one = models.ForeignKey(Person, models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    weight = models.FloatField(default=0)
    evidence = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=DuplicateState.choices, default=DuplicateState.OPEN)
    note = models.CharField(max_length=200, blank=True)
    proposed_at = models.DateTimeField(default=now)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    privacy = {"evidence": Privacy.INTERNAL, "note": Privacy.SENSITIVE}

    class Meta:
        ordering = ["-weight", "id"]
        indexes = [models.Index(fields=["state", "-weight", "id"])]
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="duplicate_older_first"),
            models.UniqueConstraint(fields=["one", "other"], name="duplicate_once_per_pair"),
            models.CheckConstraint(
                condition=Q(state=DuplicateState.OPEN) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="duplicate_says_who_decided",
            ),
        ]
