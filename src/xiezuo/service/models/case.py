"""A case: one person's way from being taken on to being let go, and each step of it."""

import uuid

from django.db import models
from django.db.models import F, Q

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import Site, User
from xiezuo.people.models import Person
from xiezuo.service.models.record import ServiceRecord
from xiezuo.service.vocab import LOCKED_STATES, CaseState, CloseReason, RiskLevel

OVER = (CaseState.DECLINED, CaseState.REFERRED_OUT, CaseState.CLOSED, CaseState.FOLLOW_UP, CaseState.ARCHIVED)


class Case(models.Model):
    """`worker` answers for it. `state_before` is where a suspended case goes on. Coming back after closing is a new case whose
    `previous_case` is the old one, which stays as it was (CAS-4).

    `intake`: the service record that the talk at the beginning was; `opened_on`: its day. `next_review_on`: the day of the
    review that the plan or the last review names.
    `first_visit_due_at`: until when the first visit follows on the risk level (CAS-7); `first_visit_on`: when it was.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    case_no = models.CharField(max_length=16, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="cases")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="cases")
    worker = models.ForeignKey(User, models.PROTECT, related_name="cases")
    state = models.CharField(max_length=16, choices=CaseState.choices, default=CaseState.INTAKE)
    state_before = models.CharField(max_length=16, choices=CaseState.choices, blank=True)
    previous_case = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="reopened_as")
    intake = models.OneToOneField(ServiceRecord, models.SET_NULL, null=True, blank=True, related_name="begins_case")
    crisis = models.BooleanField(default=False)
    urgent = models.BooleanField(default=False)
    risk_level = models.CharField(max_length=8, choices=RiskLevel.choices, blank=True)
    risk_set_at = models.DateTimeField(null=True, blank=True)
    first_visit_due_at = models.DateTimeField(null=True, blank=True)
    first_visit_on = models.DateField(null=True, blank=True)
    opened_on = models.DateField()
    accepted_on = models.DateField(null=True, blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    close_reason = models.CharField(max_length=20, choices=CloseReason.choices, blank=True)

    privacy = {"case_no": Privacy.INTERNAL}

    class Meta:
        ordering = ["-opened_on", "-id"]
        indexes = [
            models.Index(fields=["worker", "state"], name="case_of_worker"),
            models.Index(fields=["person", "-opened_on"], name="case_of_person"),
            models.Index(fields=["next_review_on"], condition=Q(closed_on__isnull=True), name="case_review_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OVER, closed_on__isnull=False) | ~Q(state__in=OVER) & Q(closed_on__isnull=True),
                name="case_over_says_when",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")), name="case_closes_later"
            ),
            models.CheckConstraint(
                condition=Q(state=CaseState.SUSPENDED) & ~Q(state_before="")
                | ~Q(state=CaseState.SUSPENDED) & Q(state_before=""),
                name="case_suspended_knows_where_it_goes_on",
            ),
            models.CheckConstraint(
                condition=Q(risk_level="", risk_set_at__isnull=True) | ~Q(risk_level="") & Q(risk_set_at__isnull=False),
                name="case_risk_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return self.case_no

    @property
    def is_open(self) -> bool:
        return self.state not in OVER

    @property
    def is_locked(self) -> bool:
        return self.state in LOCKED_STATES


class CaseStep(models.Model):
    """That a case came into a state: on which day, by whom, with which form, and why where a reason is asked for."""

    behind_wall = True

    case = models.ForeignKey(Case, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=16, choices=CaseState.choices)
    on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    form = models.ForeignKey("service.FilledForm", models.SET_NULL, null=True, blank=True, related_name="case_steps")
    why = EncryptedTextField()

    privacy = {"why": Privacy.SENSITIVE}

    class Meta:
        ordering = ["id"]
