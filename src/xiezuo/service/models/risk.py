"""有人处于危险: that someone is at risk, to which authority it was reported, and every step since.

A report is never taken back and never deleted: no action does either, and the database keeps a row to which steps point.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.days import local, now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import Site, User
from xiezuo.people.models import Person
from xiezuo.service.vocab import Capacity, RiskState, RiskStepKind

S = Privacy.SENSITIVE
REPORTED, FOLLOWING, CLOSED, BY_REASON = (
    RiskState.REPORTED,
    RiskState.FOLLOWING,
    RiskState.CLOSED,
    RiskState.CLOSED_BY_REASON,
)


class RiskReport(models.Model):
    """F20. `described` says who it is where nobody is linked. `site`: whose supervisors are told (None: all of them).
    `signs`, `agency` and `way` are codes of the lists risk_sign, report_agency and contact_way. What followed stands in
    its steps. `flagged_by` is shown to nobody but themselves and the supervisors who are told.
    """

    behind_wall = True

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="risk_reports")
    described = EncryptedTextField()
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=16, choices=RiskState.choices, default=RiskState.FLAGGED)
    found_at = models.DateTimeField()
    signs = models.JSONField(default=list, blank=True)
    facts = EncryptedTextField()
    capacity = models.CharField(max_length=8, choices=Capacity.choices, default=Capacity.UNKNOWN)
    immediate = EncryptedTextField()
    agency = models.JSONField(default=list, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    way = models.CharField(max_length=16, blank=True)
    receipt_no = EncryptedTextField()
    supervisor_reason = EncryptedTextField()
    closed_at = models.DateTimeField(null=True, blank=True)
    flagged_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    flagged_at = models.DateTimeField(default=now)

    privacy = {
        "described": S,
        "signs": S,
        "facts": S,
        "immediate": S,
        "agency": S,
        "way": S,
        "receipt_no": S,
        "supervisor_reason": S,
    }

    class Meta:
        ordering = ["-found_at", "-id"]
        indexes = [models.Index(fields=["found_at"], condition=Q(closed_at__isnull=True), name="risk_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(described__isnull=False), name="risk_says_whom"
            ),
            models.CheckConstraint(condition=Q(found_at__lte=F("flagged_at")), name="risk_found_before_it_was_flagged"),
            models.CheckConstraint(
                condition=~Q(state__in=[REPORTED, FOLLOWING, CLOSED]) | Q(reported_at__isnull=False) & ~Q(way=""),
                name="risk_reported_says_when_and_how",
            ),
            models.CheckConstraint(
                condition=~Q(state=CLOSED) | Q(receipt_no__isnull=False), name="risk_closed_by_a_receipt"
            ),
            models.CheckConstraint(
                condition=~Q(state=BY_REASON) | Q(supervisor_reason__isnull=False), name="risk_closed_by_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[CLOSED, BY_REASON], closed_at__isnull=False)
                | Q(closed_at__isnull=True) & ~Q(state__in=[CLOSED, BY_REASON]),
                name="risk_closed_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """How people name it to each other: the day it was found, and its number."""
        return f"R{local(self.found_at):%Y%m%d}-{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class RiskStep(models.Model):
    """What was done about it, the first first. `happened_at`: when it was done; `noted_at`: when it was written down."""

    behind_wall = True

    report = models.ForeignKey(RiskReport, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=16, choices=RiskStepKind.choices)
    text = EncryptedTextField()
    happened_at = models.DateTimeField()
    noted_at = models.DateTimeField(default=now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    privacy = {"text": S}

    class Meta:
        ordering = ["noted_at", "id"]
