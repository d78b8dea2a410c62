"""Who took part, and who helped."""

from django.db import models
from django.db.models import Q

from xiezuo.common.privacy import Privacy
from xiezuo.people.models import Person
from xiezuo.people.vocab import Role, Sex
from xiezuo.service.models.nickname import NicknameLink
from xiezuo.service.models.record import ServiceRecord
from xiezuo.service.vocab import AgeGroup, ParticipationMode

NAMED, LISTED, COUNTED = ParticipationMode.NAMED, ParticipationMode.LISTED, ParticipationMode.COUNTED


class Participation(models.Model):
    """WHO of every form: one named person, one listed nickname, or a count, on one service record.

    `count` is how many person-times a counted row stands for (1 for named and listed rows). `stated_heads` are
    people as an imported ledger wrote them; they stand beside distinct people and are never added (CNT-9).
    """

    record = models.ForeignKey(ServiceRecord, models.CASCADE, related_name="participations")
    mode = models.CharField(max_length=8, choices=ParticipationMode.choices)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="participations")
    label = models.CharField(max_length=60, blank=True)
    count = models.PositiveIntegerField(default=1)
    stated_heads = models.PositiveIntegerField(null=True, blank=True)
    sex_guess = models.CharField(max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    age_guess = models.CharField(max_length=8, choices=AgeGroup.choices, blank=True, default=AgeGroup.UNKNOWN)
    as_role = models.CharField(max_length=20, choices=Role.choices, default=Role.PARTICIPANT)
    came = models.BooleanField(default=True)
    nickname_link = models.ForeignKey(NicknameLink, models.PROTECT, null=True, blank=True, related_name="entries")

    privacy = {"label": Privacy.PERSONAL}

    class Meta:
        indexes = [
            # Everything the counts ask of a row, so that they read the index and not the table.
            models.Index(fields=["record", "came", "mode", "person", "count"], name="participation_counted"),
            models.Index(fields=["record"], condition=Q(person__isnull=True), name="participation_of_nobody_named"),
            models.Index(fields=["record"], condition=Q(stated_heads__isnull=False), name="participation_stated"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(mode=NAMED, person__isnull=False, count=1)
                | Q(mode=LISTED, person__isnull=True, count=1) & ~Q(label="")
                | Q(mode=COUNTED, person__isnull=True),
                name="participation_fits_its_mode",
            ),
            models.UniqueConstraint(
                fields=["record", "person"], condition=Q(mode=NAMED), name="participation_person_once"
            ),
            models.UniqueConstraint(
                fields=["record", "label"], condition=Q(mode=LISTED), name="participation_label_once"
            ),
            models.CheckConstraint(
                condition=Q(mode=COUNTED) | Q(stated_heads__isnull=True),
                name="stated_heads_only_where_counted",
            ),
        ]


class VolunteerPart(models.Model):
    """Someone who helped with a service: a person, or a counted group of an imported ledger.

    `minutes` is the time given by all of them together; null when the sheet does not say.
    """

    record = models.ForeignKey(ServiceRecord, models.CASCADE, related_name="volunteer_parts")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="volunteer_parts")
    label = models.CharField(max_length=60, blank=True)
    count = models.PositiveIntegerField(null=True, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)

    privacy = {"label": Privacy.PERSONAL}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "person"],
                condition=Q(person__isnull=False),
                name="volunteer_once_per_record",
            ),
            models.CheckConstraint(condition=Q(person__isnull=True) | Q(count=1), name="named_volunteer_counts_one"),
        ]
