"""What stands beside a case: the days of looking after it, who handed it over, and when a locked form was opened once more."""

from django.db import models
from django.db.models import F, Q

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User
from xiezuo.service.models.case import Case
from xiezuo.service.models.filled import FilledForm


class CaseCounter(models.Model):
    """The last number given to a case of a year."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)


class FollowUp(models.Model):
    """A day on which someone whose case is closed is looked after once more; `form`: the note of that talk."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="follow_ups")
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    form = models.ForeignKey(FilledForm, models.SET_NULL, null=True, blank=True, related_name="follow_ups")

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["due_on"], condition=Q(done_on__isnull=True), name="follow_up_due")]
        constraints = [models.UniqueConstraint(fields=["case", "due_on"], name="follow_up_once_a_day")]


class CaseHandover(models.Model):
    """A case went from one colleague to another; the note is for whoever goes on. The one table that tells of it, whether
    a caseload was given or a colleague accepted a proposed `Transfer`, which is the asking and the answer."""

    behind_wall = True

    case = models.ForeignKey(Case, models.CASCADE, related_name="hand_overs")
    before = models.ForeignKey(User, models.PROTECT, related_name="+")
    after = models.ForeignKey(User, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()
    note = EncryptedTextField()

    privacy = {"note": Privacy.SENSITIVE}

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(before=F("after")), name="handed_over_to_someone_else")]


class FormUnlock(models.Model):
    """A supervisor opened a locked form of a case for one correction of their own, and wrote why."""

    behind_wall = True

    filled = models.ForeignKey(FilledForm, models.CASCADE, related_name="unlocks")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    why = EncryptedTextField()
    used_at = models.DateTimeField(null=True, blank=True)

    privacy = {"why": Privacy.SENSITIVE}

    class Meta:
        ordering = ["id"]
