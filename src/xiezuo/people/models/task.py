"""What is still to do, until when and by whom; and steps that follow each other."""

import uuid

from django.db import models
from django.db.models import Q

from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User
from xiezuo.people.models.person import Person
from xiezuo.people.timelines import title_of
from xiezuo.people.vocab import Section, TaskState

S, INTERNAL = Privacy.SENSITIVE, Privacy.INTERNAL


class Timeline(models.Model):
    """Steps of pack timelines-default begun for someone, counted from `anchor_on`; `section` says to which part of the
    file they belong. `about` names what it began with, as table and id ("service.servicerecord")."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="timelines")
    code = models.CharField(max_length=32)
    pack_version = models.CharField(max_length=12)
    section = models.CharField(max_length=16, choices=Section.choices)
    about = models.CharField(max_length=40, blank=True)
    about_id = models.PositiveBigIntegerField(null=True, blank=True)
    anchor_on = models.DateField()
    whose = models.ForeignKey(User, models.PROTECT, related_name="timelines")
    began_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    began_at = models.DateTimeField(default=now)
    ended_on = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=200, blank=True)

    privacy = {"code": INTERNAL, "pack_version": INTERNAL, "about": INTERNAL, "why": S}

    class Meta:
        ordering = ["-began_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(about="", about_id__isnull=True) | ~Q(about="") & Q(about_id__isnull=False),
                name="timeline_about_names_a_row",
            ),
            models.CheckConstraint(condition=Q(why="") | Q(ended_on__isnull=False), name="timeline_stopped_says_when"),
        ]


class Task(models.Model):
    """Something to do. `kind` is a code of pack timelines-default and all that a calendar outside is told of it.

    A task about a person belongs to a `section` of the file and is seen by those to whom that part is open; one about
    nobody by whose it is and who wrote it. `due_on` is empty while the working days of `waits_for_year` are not
    announced; then `reckoned` ({"from", "add", "unit", "roll"}) says how it is counted as soon as they are. `again`
    ({"add", "unit"}) makes the next one when this is done.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    kind = models.CharField(max_length=16)
    title = models.CharField(max_length=200)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="tasks")
    section = models.CharField(max_length=16, choices=Section.choices, blank=True)
    timeline = models.ForeignKey(Timeline, models.CASCADE, null=True, blank=True, related_name="tasks")
    step = models.CharField(max_length=16, blank=True)
    whose = models.ForeignKey(User, models.PROTECT, related_name="tasks")
    due_on = models.DateField(null=True, blank=True)
    due_time = models.TimeField(null=True, blank=True)
    waits_for_year = models.PositiveSmallIntegerField(null=True, blank=True)
    reckoned = models.JSONField(default=dict, blank=True)
    remind_days = models.PositiveSmallIntegerField(default=0)
    remind_on = models.DateField(null=True, blank=True)
    again = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=8, choices=TaskState.choices, default=TaskState.OPEN)
    postponed = models.PositiveSmallIntegerField(default=0)
    postponed_why = models.CharField(max_length=200, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    why = models.CharField(max_length=200, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    privacy = {
        "kind": INTERNAL,
        "title": S,
        "step": INTERNAL,
        "reckoned": INTERNAL,
        "again": INTERNAL,
        "postponed_why": S,
        "why": S,
    }

    class Meta:
        ordering = ["due_on", "due_time", "id"]
        indexes = [
            models.Index(fields=["whose", "due_on"], condition=Q(state=TaskState.OPEN), name="task_open_by_due"),
            models.Index(fields=["person", "state"], name="task_of_person"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="task_says_what"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=False, waits_for_year__isnull=True)
                | Q(due_on__isnull=True, due_time__isnull=True, waits_for_year__isnull=False),
                name="task_has_a_day_or_waits_for_one",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True, section="") | Q(person__isnull=False) & ~Q(section=""),
                name="task_about_someone_says_which_part",
            ),
            models.CheckConstraint(
                condition=Q(state=TaskState.OPEN, ended_on__isnull=True, ended_by__isnull=True, why="")
                | Q(state=TaskState.DONE, ended_on__isnull=False, ended_by__isnull=False)
                | Q(state=TaskState.DROPPED, ended_on__isnull=False, ended_by__isnull=False) & ~Q(why=""),
                name="task_ended_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(timeline__isnull=True, step="") | Q(timeline__isnull=False) & ~Q(step=""),
                name="task_of_a_timeline_is_a_step",
            ),
        ]

    def __str__(self) -> str:
        return title_of(self.title, self.timeline.code, self.step) if self.timeline else self.title
