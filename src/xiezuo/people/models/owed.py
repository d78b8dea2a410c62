"""What the house owes when something went wrong, once a year for children, and before it asks for what may hurt."""

from django.db import models
from django.db.models import Q

from xiezuo.common.days import now
from xiezuo.common.periods import in_order
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User
from xiezuo.people.models.person import Person

INTERNAL = Privacy.INTERNAL


class Breach(models.Model):
    """F57. Facts about people were seen by others, changed or lost (DAT-2). `kinds` are codes of pack breach-default.

    `not_told_why` is written where adults need not be told because harm is prevented (PIPL 57); children and their
    guardians are told all the same. It is closed only when everyone who has to be told was.
    """

    what = models.CharField(max_length=200)
    found_at = models.DateTimeField()
    kinds = models.JSONField(default=list)
    cause = models.TextField()
    harm = models.TextField(blank=True)
    remedy = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    contact = models.CharField(max_length=200, blank=True)
    remedied_at = models.DateTimeField(null=True, blank=True)
    authority = models.CharField(max_length=200, blank=True)
    authority_told_at = models.DateTimeField(null=True, blank=True)
    not_told_why = models.TextField(blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=now)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    privacy = {
        "what": INTERNAL,
        "kinds": INTERNAL,
        "cause": INTERNAL,
        "harm": INTERNAL,
        "remedy": INTERNAL,
        "advice": INTERNAL,
        "contact": INTERNAL,
        "authority": INTERNAL,
        "not_told_why": INTERNAL,
    }

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(what="") & ~Q(cause=""), name="breach_says_what_and_why"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="breach_closed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(authority_told_at__isnull=False),
                name="breach_closed_after_the_authority_was_told",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class BreachTelling(models.Model):
    """Someone who has to be told of a breach: the person whose facts they are, or a guardian of a child.

    `whom` is empty for the guardian of a child of whom nobody wrote down a guardian; they are owed a word as well.
    """

    breach = models.ForeignKey(Breach, models.PROTECT, related_name="tellings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="breach_tellings")
    minor = models.BooleanField(default=False)
    as_guardian = models.BooleanField(default=False)
    whom = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="told_of_breaches")
    told_at = models.DateTimeField(null=True, blank=True)
    way = models.CharField(max_length=16, blank=True)
    told_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    privacy = {"way": INTERNAL}

    class Meta:
        ordering = ["person_id", "as_guardian", "id"]
        constraints = [
            models.UniqueConstraint(fields=["breach", "person", "as_guardian", "whom"], name="breach_tells_each_once"),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, told_by__isnull=True, way="")
                | Q(told_at__isnull=False, told_by__isnull=False) & ~Q(way=""),
                name="breach_told_by_someone_somehow",
            ),
        ]


class MinorsAudit(models.Model):
    """The yearly look at what the house did with facts about children (DAT-5, 未成年人网络保护条例 37).

    `findings` are numbers under their codes (people.minors), counted when it was written.
    """

    from_on = models.DateField()
    to_on = models.DateField()
    findings = models.JSONField(default=dict)
    conclusion = models.TextField()
    reported_on = models.DateField(null=True, blank=True)
    reported_to = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()

    privacy = {"findings": INTERNAL, "conclusion": INTERNAL, "reported_to": INTERNAL}

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            in_order("minors_audit_in_order"),
            models.CheckConstraint(condition=~Q(conclusion=""), name="minors_audit_concludes"),
            models.CheckConstraint(
                condition=Q(reported_on__isnull=True, reported_to="")
                | Q(reported_on__isnull=False) & ~Q(reported_to=""),
                name="minors_audit_reported_to_someone",
            ),
        ]


class ImpactAssessment(models.Model):
    """Why something with sensitive facts is needed, what may go wrong and what was done against it (DAT-4).

    `subject` names what it is about ("person", "export_share_org"). `version` is that of pack impact-default where the
    house confirmed what is shipped. Rows stay: the law asks for three years at least.
    """

    subject = models.CharField(max_length=60)
    purpose = models.TextField()
    necessity = models.TextField()
    risks = models.TextField()
    measures = models.TextField()
    version = models.CharField(max_length=12, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()

    privacy = {
        "subject": INTERNAL,
        "purpose": INTERNAL,
        "necessity": INTERNAL,
        "risks": INTERNAL,
        "measures": INTERNAL,
        "version": INTERNAL,
    }

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["subject", "-on"], name="impact_by_subject")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(purpose="") & ~Q(necessity="") & ~Q(risks="") & ~Q(measures=""),
                name="impact_says_everything",
            )
        ]
