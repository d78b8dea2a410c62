"""Rows that may stand for someone who is here already."""

from django.db import models
from django.db.models import F, Q

from xiezuo.common.privacy import Privacy
from xiezuo.exchange.models.imported import ImportedRow
from xiezuo.exchange.vocab import MatchAnswer
from xiezuo.orgs.models import User
from xiezuo.people.models import Person


class PossibleMatch(models.Model):
    """The person of `row` may be `person` of the house, or the person of an `earlier` row of the same file.

    `certain`: same identity number and the name agrees; linked unless someone says otherwise. `evidence` are codes of
    pack matching-default, `weight` their bits. Nothing is merged: whoever is not answered for becomes a new person.
    """

    row = models.ForeignKey(ImportedRow, models.CASCADE, related_name="matches")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    earlier = models.ForeignKey(ImportedRow, models.CASCADE, null=True, blank=True, related_name="+")
    certain = models.BooleanField(default=False)
    weight = models.FloatField()
    evidence = models.JSONField(default=list)
    reason = models.CharField(max_length=200)  # the agreeing codes, joined: what a group of matches has in common
    answer = models.CharField(max_length=10, choices=MatchAnswer.choices, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    privacy = {"evidence": Privacy.INTERNAL, "reason": Privacy.INTERNAL}

    class Meta:
        ordering = ["row_id", "-certain", "-weight", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(earlier__isnull=True), name="match_with_person_or_row"
            ),
            models.CheckConstraint(
                condition=Q(earlier__isnull=True) | Q(earlier__lt=F("row")), name="match_with_an_earlier_row"
            ),
            models.UniqueConstraint(
                fields=["row"], condition=Q(answer=MatchAnswer.SAME), name="match_same_as_one_only"
            ),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="match_says_who_answered",
            ),
        ]
