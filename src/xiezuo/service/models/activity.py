"""An activity: its plan as facts, the days on which it is held, who wished to come, who came, and what they thought."""

from django.db import models
from django.db.models import Q

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import Project, Site
from xiezuo.people.models import Person
from xiezuo.service.models.record import Series, ServiceRecord
from xiezuo.service.models.youth_group import YouthGroup
from xiezuo.service.vocab import ActivityState, ServiceLine, SignInWay, SignUpState, ToTell

RATED = tuple(f"q{number}" for number in range(1, 6))


class Activity(models.Model):
    """`plan` is the form (F33) its facts come from. The three codes stand in addresses that anyone may be given: to sign up,
    to sign in on the day, to say what it was like. `insured_until` and `risk_told` only matter where someone could be hurt."""

    series = models.OneToOneField(Series, models.PROTECT, related_name="activity")
    plan = models.OneToOneField("service.FilledForm", models.PROTECT, related_name="planned_activity")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=30)
    target = models.CharField(max_length=200, blank=True)
    quota = models.PositiveIntegerField()
    session_total = models.PositiveIntegerField()
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="activities")
    service_line = models.CharField(max_length=12, choices=ServiceLine.choices, blank=True)
    projects = models.ManyToManyField(Project, blank=True, related_name="activities")
    youth_group = models.ForeignKey(YouthGroup, models.PROTECT, null=True, blank=True, related_name="activities")
    personal_danger = models.BooleanField(default=False)
    risk_told = models.BooleanField(default=False)
    insured_until = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=ActivityState.choices, default=ActivityState.PLANNED)
    planned_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    cancelled_why = models.CharField(max_length=200, blank=True)
    join_code = models.CharField(max_length=32, unique=True)
    wall_code = models.CharField(max_length=32, unique=True)
    opinion_code = models.CharField(max_length=32, unique=True)

    privacy = {
        "name": Privacy.PUBLIC,
        "kind": Privacy.INTERNAL,
        "target": Privacy.INTERNAL,
        "cancelled_why": Privacy.INTERNAL,
        "join_code": Privacy.PUBLIC,
        "wall_code": Privacy.INTERNAL,
        "opinion_code": Privacy.INTERNAL,
    }

    class Meta:
        ordering = ["-planned_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(quota__gte=1, session_total__gte=1), name="activity_has_places"),
            models.CheckConstraint(
                condition=~Q(state=ActivityState.CANCELLED) | ~Q(cancelled_why=""), name="activity_cancelled_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ActivityDimension(models.Model):
    """That an activity serves one of the four dimensions of a person's life; it may serve several. `code` of list dimension."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="dimensions")
    code = models.CharField(max_length=30)

    privacy = {"code": Privacy.INTERNAL}

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "code"], name="activity_dimension_once"),
            models.CheckConstraint(condition=~Q(code=""), name="activity_dimension_is_named"),
        ]

    def __str__(self) -> str:
        return self.code


class ActivityDay(models.Model):
    """A day on which it is held. `counted`: people who came without a name; `record`: the one service record of the day."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="days")
    on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    place_text = models.CharField(max_length=200, blank=True)
    counted = models.PositiveIntegerField(default=0)
    record = models.OneToOneField(ServiceRecord, models.PROTECT, null=True, blank=True, related_name="activity_day")

    privacy = {"place_text": Privacy.PUBLIC}

    class Meta:
        ordering = ["on", "id"]
        constraints = [models.UniqueConstraint(fields=["activity", "on"], name="activity_day_once")]


class SignUp(models.Model):
    """A wish to come. `position` is the order in which they came; `token_hash` of the secret address under which someone
    gives their place back. `guardian_name`: who answers for a child under the age at which one signs up for oneself."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="sign_ups")
    label = models.CharField(max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="sign_ups")
    phone = EncryptedTextField()
    phone_digest = models.CharField(max_length=64, blank=True)
    guardian_name = EncryptedTextField()
    state = models.CharField(max_length=12, choices=SignUpState.choices)
    position = models.PositiveIntegerField()
    token_hash = models.CharField(max_length=64, unique=True)
    signed_up_at = models.DateTimeField()
    to_tell = models.CharField(max_length=12, choices=ToTell.choices, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    privacy = {
        "label": Privacy.PERSONAL,
        "phone": Privacy.PERSONAL,
        "phone_digest": Privacy.INTERNAL,
        "guardian_name": Privacy.PERSONAL,
        "token_hash": Privacy.INTERNAL,
    }

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "position"], name="sign_up_position_once"),
            models.UniqueConstraint(
                fields=["activity", "phone_digest"],
                condition=~Q(phone_digest="") & ~Q(state=SignUpState.CANCELLED),
                name="sign_up_once_per_phone",
            ),
            models.UniqueConstraint(
                fields=["activity", "label"], condition=~Q(state=SignUpState.CANCELLED), name="sign_up_label_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person) if self.person_id else self.label


class SignIn(models.Model):
    """That someone came on a day: one who signed up, a person who is known, or someone by what they are called (`label`)."""

    day = models.ForeignKey(ActivityDay, models.CASCADE, related_name="sign_ins")
    sign_up = models.ForeignKey(SignUp, models.CASCADE, null=True, blank=True, related_name="sign_ins")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="sign_ins")
    label = models.CharField(max_length=60, blank=True)
    way = models.CharField(max_length=8, choices=SignInWay.choices)
    at = models.DateTimeField()

    privacy = {"label": Privacy.PERSONAL}

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "sign_up"], condition=Q(sign_up__isnull=False), name="sign_in_once_per_sign_up"
            ),
            models.UniqueConstraint(
                fields=["day", "person"], condition=Q(person__isnull=False), name="sign_in_once_per_person"
            ),
            models.UniqueConstraint(
                fields=["day", "label"],
                condition=Q(sign_up__isnull=True, person__isnull=True),
                name="sign_in_once_per_label",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.sign_up or self.label)


class DayHelper(models.Model):
    """Someone who helps on a day, named before it or on it. `came`: that they did; `minutes` where they gave other time than
    the day lasted. It is a mark as those of signing in are: the hours are those of the day's record (`VolunteerPart`)."""

    day = models.ForeignKey(ActivityDay, models.CASCADE, related_name="helpers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="days_helped")
    came = models.BooleanField(default=False)
    minutes = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["day", "person"], name="helper_once_per_day")]

    def __str__(self) -> str:
        return str(self.person)


class Satisfaction(models.Model):
    """What someone thought of an activity; nobody asks who they are. Ratings from 1 to 5."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="opinions")
    on = models.DateField()
    q1 = models.PositiveSmallIntegerField()
    q2 = models.PositiveSmallIntegerField()
    q3 = models.PositiveSmallIntegerField()
    q4 = models.PositiveSmallIntegerField()
    q5 = models.PositiveSmallIntegerField()
    best = EncryptedTextField()
    change = EncryptedTextField()

    privacy = {"best": Privacy.INTERNAL, "change": Privacy.INTERNAL}

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{one}__range": (1, 5) for one in RATED}), name="satisfaction_1_to_5"
            )
        ]
