"""Questions at the desk, and calls to the hotline: each is a filled form, and stands here until somebody is done with it."""

from django.db import models
from django.db.models import Q

from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import Site, User
from xiezuo.people.models import Person
from xiezuo.service.models.filled import FilledForm
from xiezuo.service.vocab import EnquiryState, Triage


class Enquiry(models.Model):
    """F08. `visitor` is what they called themselves; `became` the code of enquiry_result the form says; `intake` the form that
    goes on from it. `state` is what became of it until it is closed."""

    filled = models.OneToOneField(FilledForm, models.CASCADE, related_name="enquiry")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="enquiries")
    visitor = models.CharField(max_length=60, blank=True)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=16)
    state = models.CharField(max_length=12, choices=EnquiryState.choices, default=EnquiryState.RECEIVED)
    became = models.CharField(max_length=16, blank=True)
    intake = models.ForeignKey(FilledForm, models.SET_NULL, null=True, blank=True, related_name="+")
    received_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    privacy = {"visitor": Privacy.PERSONAL, "channel": Privacy.INTERNAL, "became": Privacy.INTERNAL}

    class Meta:
        ordering = ["received_on", "id"]
        indexes = [models.Index(fields=["received_on"], condition=Q(closed_on__isnull=True), name="enquiry_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=EnquiryState.CLOSED, closed_on__isnull=False)
                | ~Q(state=EnquiryState.CLOSED) & Q(closed_on__isnull=True),
                name="enquiry_closed_says_when",
            )
        ]


class HotlineCall(models.Model):
    """F62. `dispatched_to` has to call back or go there until `due_on`. `problem` is a code of the list call_problem."""

    filled = models.OneToOneField(FilledForm, models.CASCADE, related_name="call")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="hotline_calls")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    called_at = models.DateTimeField()
    problem = models.CharField(max_length=16)
    triage = models.CharField(max_length=8, choices=Triage.choices)
    dispatched_to = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="hotline_calls")
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    privacy = {"problem": Privacy.INTERNAL}

    class Meta:
        ordering = ["called_at", "id"]
        indexes = [
            models.Index(fields=["dispatched_to", "due_on"], condition=Q(done_at__isnull=True), name="call_open_by_due")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(dispatched_to__isnull=False), name="call_due_is_somebodys"
            )
        ]
