"""What people ask about their own data, that it rests, and what they complain of."""

from django.db import models
from django.db.models import F, Q

from xiezuo.common.periods import in_order
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User
from xiezuo.people.models.person import Person
from xiezuo.people.vocab import DataRequestKind, RequestState

P, S, INTERNAL = Privacy.PERSONAL, Privacy.SENSITIVE, Privacy.INTERNAL
ANSWERED = [RequestState.DONE, RequestState.PARTLY, RequestState.REFUSED]


class DataRequest(models.Model):
    """F04. `requester` asks about the data of `subject` (mostly the same person); due by DAT-1.

    `received_by` is null where they wrote it themselves. `scope` is what they said, `reason` why not or not all of it.
    """

    requester = models.ForeignKey(Person, models.PROTECT, related_name="data_requests_asked")
    subject = models.ForeignKey(Person, models.PROTECT, related_name="data_requests")
    kind = models.CharField(max_length=10, choices=DataRequestKind.choices)
    scope = models.TextField()
    received_on = models.DateField()
    due_on = models.DateField()
    verified_by = models.CharField(max_length=120)
    received_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    reason = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    privacy = {"scope": S, "verified_by": INTERNAL, "reason": P}

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["state", "due_on"], name="data_request_by_due")]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("received_on")), name="data_request_due_later"),
            models.CheckConstraint(condition=~Q(scope="") & ~Q(verified_by=""), name="data_request_says_what"),
            models.CheckConstraint(
                condition=Q(state__in=ANSWERED, closed_on__isnull=False, closed_by__isnull=False)
                | ~Q(state__in=ANSWERED) & Q(closed_on__isnull=True, closed_by__isnull=True),
                name="data_request_answered_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RequestState.REFUSED, RequestState.PARTLY]) | ~Q(reason=""),
                name="data_request_refused_says_why",
            ),
        ]

    @property
    def receipt_no(self) -> str:
        """What stands on the receipt: D2026-000123."""
        return f"D{self.received_on.year}-{self.pk:06d}"

    @property
    def is_answered(self) -> bool:
        return self.state in ANSWERED


class Restriction(models.Model):
    """From one day to another the record may be read for a duty by law and is used for nothing else (PIPL 47)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="restrictions")
    why = models.CharField(max_length=200)
    request = models.ForeignKey(DataRequest, models.PROTECT, null=True, blank=True, related_name="restrictions")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    privacy = {"why": P}

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            in_order("restriction_in_order"),
            models.CheckConstraint(condition=~Q(why=""), name="restriction_says_why"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(to_on__isnull=True), name="restriction_once_at_a_time"
            ),
        ]


class Complaint(models.Model):
    """F05. `complainant` and `person` may be empty; nobody of `concerns` handles or reads it.

    `handler` is null until someone who is not concerned takes it; `told_on`: the day the complainant heard `result`.
    """

    complainant = models.CharField(max_length=60, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="complaints")
    about = models.CharField(max_length=200)
    facts = models.TextField()
    wish = models.TextField(blank=True)
    concerns = models.ManyToManyField(User, blank=True, related_name="+")
    handler = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    received_on = models.DateField()
    received_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField()
    result = models.TextField(blank=True)
    told_on = models.DateField(null=True, blank=True)

    privacy = {"complainant": P, "about": S, "facts": S, "wish": S, "result": S}

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("received_on")), name="complaint_due_later"),
            models.CheckConstraint(condition=~Q(about="") & ~Q(facts=""), name="complaint_says_what"),
            models.CheckConstraint(condition=Q(told_on__isnull=True) | ~Q(result=""), name="complaint_told_a_result"),
        ]
