"""What people are told before they are asked, and what they answered."""

from django.db import models
from django.db.models import Q

from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User
from xiezuo.people.models.person import Person
from xiezuo.people.vocab import Assent, ConsentPurpose, ConsentState, ConsentWay, Relation, Withhold

P, S = Privacy.PERSONAL, Privacy.SENSITIVE


class PrivacyNotice(models.Model):
    """The text for one purpose, version by version; what somebody said yes to never changes.

    `says` holds the parts that pack consent-core asks for, by their names; `plain` is the same for a child.
    """

    purpose = models.CharField(max_length=16, choices=ConsentPurpose.choices)
    version = models.PositiveIntegerField()
    says = models.JSONField(default=dict)
    plain = models.TextField(blank=True)
    text_hash = models.CharField(max_length=64)
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=now)

    privacy = {"says": Privacy.PUBLIC, "plain": Privacy.PUBLIC, "text_hash": Privacy.PUBLIC}

    class Meta:
        ordering = ["purpose", "-version"]
        constraints = [models.UniqueConstraint(fields=["purpose", "version"], name="privacy_notice_version_once")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.version}"


class Consent(models.Model):
    """F03. The answer of a person to one purpose. No row means that nobody has asked.

    `given_by` is the person, or a guardian; for a young person each of the two answers for themselves, and the latest
    answer of each counts. `notice` is the text they were shown, with its hash of that day.
    """

    behind_wall = True

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=16, choices=ConsentPurpose.choices)
    state = models.CharField(max_length=12, choices=ConsentState.choices)
    way = models.CharField(max_length=12, choices=ConsentWay.choices, blank=True)
    at = models.DateTimeField()
    expires_on = models.DateField(null=True, blank=True)
    notice = models.ForeignKey(PrivacyNotice, models.PROTECT, null=True, blank=True, related_name="consents")
    text_hash = models.CharField(max_length=64, blank=True)
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="consents_given")
    relation = models.CharField(max_length=12, choices=Relation.choices, blank=True)
    child_assent = models.CharField(max_length=12, choices=Assent.choices, blank=True)
    evidence = models.FileField(upload_to="consents", max_length=160, blank=True)  # the signed paper
    content_type = models.CharField(max_length=80, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    witness = models.CharField(max_length=60, blank=True)
    recipients = models.CharField(max_length=200, blank=True)
    limits = models.TextField(blank=True)
    refused_reason = models.TextField(blank=True)
    withhold_from = models.CharField(max_length=120, blank=True)
    withhold_why = models.CharField(max_length=16, choices=Withhold.choices, blank=True)
    withhold_ended_on = models.DateField(null=True, blank=True)
    # null: whoever answered wrote it themselves, on the page that a link of theirs opened
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    privacy = {
        "text_hash": Privacy.PUBLIC,
        "evidence": P,
        "content_type": Privacy.INTERNAL,
        "sha256": Privacy.INTERNAL,
        "witness": P,
        "recipients": P,
        "limits": P,
        "refused_reason": S,
        "withhold_from": S,
    }

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["person", "purpose", "-at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(withhold_from="", withhold_why="") | ~Q(withhold_from="") & ~Q(withhold_why=""),
                name="consent_withholding_says_why",
            ),
            models.CheckConstraint(
                condition=Q(notice__isnull=True) | ~Q(text_hash=""), name="consent_keeps_the_hash_of_its_text"
            ),
        ]
