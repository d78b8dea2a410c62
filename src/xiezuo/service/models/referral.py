"""A referral to another organisation, the link by which its receiver answers, and the transfer of a case."""

import uuid

from django.db import models
from django.db.models import Q

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User
from xiezuo.people.models import Consent, Person
from xiezuo.service.models.case import Case
from xiezuo.service.vocab import Opening, OverrideGround, ReferralState, Served, TransferState

S = Privacy.SENSITIVE
NOT_SENT = (ReferralState.DRAFTED, ReferralState.CONSENTED, ReferralState.OVERRIDDEN)
ENDED = (ReferralState.REVOKED, ReferralState.CLOSED)
# A case with one of these does not close (CAS-3).
OPEN = (*NOT_SENT, ReferralState.SENT, ReferralState.ACCEPTED)


class Referral(models.Model):
    """F17. Someone is referred to another organisation. `consent`: the person's yes it rests on; without one
    `override_ground`, `override_why` and `override_by`: the supervisor's decision (CAS-8). While it is drafted
    `override_why` is what the worker asks the supervisor to decide.

    `name_passed`: the receiver reads the name. `answer_from`: who answered there, in their words. `served` and
    `feedback_on`: what they said became of it, and when.
    """

    behind_wall = True

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, models.PROTECT, related_name="referrals")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="referrals")
    form = models.OneToOneField("service.FilledForm", models.SET_NULL, null=True, blank=True, related_name="referral")
    state = models.CharField(max_length=12, choices=ReferralState.choices, default=ReferralState.DRAFTED)
    to_organisation = EncryptedTextField()
    to_contact = EncryptedTextField()
    reason = EncryptedTextField()
    info_passed = EncryptedTextField()
    name_passed = models.BooleanField(default=False)
    consent = models.ForeignKey(Consent, models.SET_NULL, null=True, blank=True, related_name="referrals")
    override_ground = models.CharField(max_length=8, choices=OverrideGround.choices, blank=True)
    override_why = EncryptedTextField()
    override_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    override_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="referrals")
    made_on = models.DateField()
    sent_at = models.DateTimeField(null=True, blank=True)
    answer_due_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_words = EncryptedTextField()
    answer_from = EncryptedTextField()
    outcome_due_on = models.DateField(null=True, blank=True)
    served = models.CharField(max_length=8, choices=Served.choices, blank=True)
    outcome_words = EncryptedTextField()
    feedback_on = models.DateField(null=True, blank=True)
    ended_why = EncryptedTextField()
    closed_on = models.DateField(null=True, blank=True)

    privacy = {
        "to_organisation": S,
        "to_contact": S,
        "reason": S,
        "info_passed": S,
        "override_why": S,
        "answer_words": S,
        "answer_from": S,
        "outcome_words": S,
        "ended_why": S,
    }

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "person"], name="referral_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=NOT_SENT) | Q(sent_at__isnull=True), name="referral_not_sent_has_no_day"
            ),
            models.CheckConstraint(
                condition=Q(state__in=(*NOT_SENT, ReferralState.REVOKED)) | Q(sent_at__isnull=False),
                name="referral_sent_says_when",
            ),
            models.CheckConstraint(
                condition=Q(override_ground="", override_by__isnull=True, override_on__isnull=True)
                | ~Q(override_ground="") & Q(override_by__isnull=False, override_on__isnull=False),
                name="referral_override_says_who",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReferralState.OVERRIDDEN) | Q(override_by__isnull=False),
                name="referral_overridden_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, closed_on__isnull=False) | ~Q(state__in=ENDED) & Q(closed_on__isnull=True),
                name="referral_over_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What stands on paper in the place of a name: R000012."""
        return f"R{self.pk:06d}"

    @property
    def was_accepted(self) -> bool:
        """Whether the receiver took it on, also after it was closed: only then one waits for what became of it."""
        return self.answered_at is not None and self.outcome_due_on is not None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class ReferralLink(models.Model):
    """By this link the receiver reads what is passed on, answers, and tells what became of it, until `expires_at` and
    never after `ended_at`. Only a keyed digest of what stands in the address is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    referral = models.ForeignKey(Referral, models.CASCADE, related_name="links")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy = {"token_hash": Privacy.AUTHOR_ONLY}

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(ended_at__isnull=True), name="referral_link_one_at_a_time"
            )
        ]


class ReferralOpening(models.Model):
    """That a link was opened, or something was sent through it."""

    link = models.ForeignKey(ReferralLink, models.CASCADE, related_name="openings")
    at = models.DateTimeField(default=now)
    did = models.CharField(max_length=8, choices=Opening.choices)

    class Meta:
        ordering = ["id"]


class Transfer(models.Model):
    """It is proposed that a case goes to a colleague (`to_user`), or with an accepted `referral` to another organisation; and
    what was answered. That it went to a colleague, from whom and when, stands in `CaseHandover` alone."""

    behind_wall = True

    case = models.ForeignKey(Case, models.PROTECT, related_name="transfers")
    to_user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    referral = models.ForeignKey(Referral, models.PROTECT, null=True, blank=True, related_name="transfers")
    state = models.CharField(max_length=8, choices=TransferState.choices, default=TransferState.PROPOSED)
    why = EncryptedTextField()
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True)
    words = EncryptedTextField()

    privacy = {"why": S, "words": S}

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_user__isnull=True) ^ Q(referral__isnull=True), name="transfer_to_user_or_organisation"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state=TransferState.PROPOSED), name="transfer_proposed_once"
            ),
            models.CheckConstraint(
                condition=Q(state=TransferState.PROPOSED, answered_on__isnull=True)
                | ~Q(state=TransferState.PROPOSED) & Q(answered_on__isnull=False),
                name="transfer_answered_says_when",
            ),
        ]
