"""救助: one line for each aid, from being asked for to being told to the donor."""

import uuid

from django.db import models
from django.db.models import F, Q

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import Funding, Site, User
from xiezuo.people.models import Household, Person
from xiezuo.service.models.case import Case
from xiezuo.service.models.record import ServiceRecord
from xiezuo.service.vocab import AidAnswer, AidState

GIVEN = (AidState.HANDED_OVER, AidState.FOLLOWED_UP, AidState.REPORTED)
PROMISED = (AidState.APPROVED, *GIVEN)
ASSESSED = (AidState.ASSESSED, *PROMISED)
ENDED = (AidState.REJECTED, AidState.WITHDRAWN)
OPEN = (AidState.APPLIED, AidState.ASSESSED, AidState.APPROVED)


def _yuan() -> models.DecimalField:
    return models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)


class Aid(models.Model):
    """Amounts in yuan. `people`: how many lived in the household when it was asked for. `advised`: those who assessed propose
    to give it. `record`: the service record that the hand-over was. `imported`: from a ledger of the time before this house
    kept one; it was asked for, assessed and approved on paper.

    What was asked, proposed and decided in words stands in the steps, what was handed over in `AidHandover`.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="aids")
    applicant = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="aids")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="aids")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="aids")
    kind = models.CharField(max_length=30)
    people = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=AidState.choices, default=AidState.APPLIED)
    amount_asked = _yuan()
    amount_proposed = _yuan()
    amount_approved = _yuan()
    amount_paid = _yuan()
    advised = models.BooleanField(default=True)
    funding = models.ForeignKey(Funding, models.PROTECT, null=True, blank=True, related_name="aids")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    assessors = models.ManyToManyField(User, blank=True, related_name="+")
    assessed_on = models.DateField(null=True, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    handed_on = models.DateField(null=True, blank=True)
    follow_up_on = models.DateField(null=True, blank=True)
    followed_up_on = models.DateField(null=True, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    report_no = models.CharField(max_length=60, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    record = models.OneToOneField(ServiceRecord, models.SET_NULL, null=True, blank=True, related_name="aid")
    imported = models.BooleanField(default=False)

    privacy = {"kind": Privacy.INTERNAL, "report_no": Privacy.INTERNAL}

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "-asked_on"], name="aid_by_state"),
            models.Index(fields=["funding", "state"], name="aid_of_funding"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(imported=True) | Q(applicant__isnull=False, household__isnull=False),
                name="aid_says_for_whom",
            ),
            models.CheckConstraint(
                condition=Q(imported=False) | Q(state__in=GIVEN, handed_on__isnull=False), name="aid_imported_was_given"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ASSESSED)
                | Q(imported=True)
                | Q(assessed_on__isnull=False, funding__isnull=False),
                name="aid_assessed_says_when_and_from_what",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PROMISED)
                | Q(imported=True)
                | Q(approved_on__isnull=False, amount_approved__isnull=False),
                name="aid_approved_says_when_and_how_much",
            ),
            models.CheckConstraint(
                condition=Q(state__in=GIVEN, handed_on__isnull=False, amount_paid__isnull=False)
                | ~Q(state__in=GIVEN) & Q(handed_on__isnull=True, amount_paid__isnull=True),
                name="aid_given_says_when_and_how_much",
            ),
            models.CheckConstraint(
                condition=Q(amount_paid__isnull=True)
                | Q(amount_approved__isnull=True)
                | Q(amount_paid__lte=F("amount_approved")),
                name="aid_pays_what_was_approved",
            ),
            *(
                models.CheckConstraint(condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0}), name=told)
                for name, told in (
                    ("amount_asked", "aid_asked_not_negative"),
                    ("amount_proposed", "aid_proposed_not_negative"),
                    ("amount_approved", "aid_approved_not_negative"),
                    ("amount_paid", "aid_paid_not_negative"),
                )
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_on__isnull=False) | ~Q(state__in=ENDED) & Q(ended_on__isnull=True),
                name="aid_ended_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=AidState.FOLLOWED_UP) | Q(followed_up_on__isnull=False),
                name="aid_followed_up_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state=AidState.REPORTED, reported_on__isnull=False) & ~Q(report_no="")
                | ~Q(state=AidState.REPORTED) & Q(reported_on__isnull=True),
                name="aid_reported_says_when_and_where",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What stands on paper in the place of a name: J000012 (救)."""
        return f"J{self.pk:06d}"

    @property
    def person(self) -> Person | None:
        """Whom forms written in it are about."""
        return self.applicant

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def was_given(self) -> bool:
        return self.state in GIVEN


class AidApproval(models.Model):
    """Who is asked to approve, and what they answered (AID-1). Nobody is asked twice for one aid."""

    aid = models.ForeignKey(Aid, models.CASCADE, related_name="approvals")
    approver = models.ForeignKey(User, models.PROTECT, related_name="aid_approvals")
    asked_on = models.DateField()
    answer = models.CharField(max_length=8, choices=AidAnswer.choices, default=AidAnswer.ASKED)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["aid", "approver"], name="aid_approved_once_by_one"),
            models.CheckConstraint(
                condition=Q(answer=AidAnswer.ASKED, answered_on__isnull=True)
                | ~Q(answer=AidAnswer.ASKED) & Q(answered_on__isnull=False),
                name="aid_answered_says_when",
            ),
        ]


class AidStep(models.Model):
    """That an aid came into a state: on which day, by whom, with which form, and in what words: the request, what the
    assessors propose and why, the reason of a refusal, what was seen when asking how it went."""

    behind_wall = True

    aid = models.ForeignKey(Aid, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=12, choices=AidState.choices)
    on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    form = models.ForeignKey("service.FilledForm", models.SET_NULL, null=True, blank=True, related_name="aid_steps")
    why = EncryptedTextField()

    privacy = {"why": Privacy.SENSITIVE}

    class Meta:
        ordering = ["id"]


class AidHandover(models.Model):
    """What was handed over, by whom, before whom, and who signed. `proxy`: who collected it for the household."""

    behind_wall = True

    aid = models.OneToOneField(Aid, models.CASCADE, related_name="handover")
    goods = EncryptedTextField()
    giver = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    witness = EncryptedTextField()
    proxy = EncryptedTextField()
    signed = models.BooleanField()
    form = models.ForeignKey("service.FilledForm", models.SET_NULL, null=True, blank=True, related_name="+")

    privacy = {"goods": Privacy.SENSITIVE, "witness": Privacy.SENSITIVE, "proxy": Privacy.SENSITIVE}
