"""Writing down what is to do, saying that it is done, postponing and dropping it."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.forms.calendar import Day
from xiezuo.forms.deadlines import Span, after
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.models import User
from xiezuo.people.access import must_work_with, sections_for
from xiezuo.people.models import Person, Task, Timeline
from xiezuo.people.timelines import day_or_year, own_kinds, own_remind_days, plan, reckoned_day, reckoning
from xiezuo.people.todo import must_end
from xiezuo.people.vocab import Section, TaskState

LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class TaskFacts:
    """What someone writes of a task. `whose` is the login that has to do it; without a person it belongs to no file."""

    title: str
    kind: str
    due_on: date
    whose: User
    due_time: time | None = None
    person: Person | None = None
    section: Section | None = None
    again: dict[str, Any] = field(default_factory=dict)


def must_be_open_to(user: User, person: Person, section: Section) -> None:
    """Raises RuleBroken where a colleague may not read the part of the file to which what they have to do belongs."""
    if section not in sections_for(actor_for(user), person):
        words = _(
            "“%(section)s” of %(person)s is closed to %(name)s, who could not see what there is to do. Choose someone "
            "who works with %(person)s, or let a supervisor name them first."
        )
        raise RuleBroken(
            "people.task_closed_to", words % {"section": section.label, "person": person, "name": user}, field="whose"
        )


def _must_write(by: Actor, facts: TaskFacts) -> None:
    if by.watched or not by.roles:
        raise NotAllowed(_("You are looking at the house as another role would. Go back to your own to write."))
    if facts.person is None:
        return
    if facts.section is None:
        raise RuleBroken("people.task_says_which_part", _("Say to which part of the file it belongs."), field="section")
    must_work_with(by, facts.person, section=facts.section)
    must_be_open_to(facts.whose, facts.person, facts.section)


@transaction.atomic
def write_task(*, by: Actor, facts: TaskFacts) -> Task:
    """Write down what is to do, until when, and by whom. Raises NotAllowed and RuleBroken."""
    if not tidy(facts.title):
        raise RuleBroken("people.task_says_what", _("Write what is to be done."), field="title")
    if facts.kind not in own_kinds():
        raise RuleBroken("people.task_says_kind", _("Choose what kind of work it is."), field="kind")
    _must_write(by, facts)
    return _keep(
        by,
        Task(
            kind=facts.kind,
            title=tidy(facts.title)[:LONGEST],
            person=facts.person,
            section=facts.section or "",
            whose=facts.whose,
            due_time=facts.due_time,
            remind_days=own_remind_days(),
            again=facts.again,
        ),
        facts.due_on,
    )


def _keep(by: Actor, task: Task, day: Day) -> Task:
    task.written_by, task.written_at = by.user, now()
    set_day(task, day)
    task.save()
    happened("people.task.written", task, by_id=by.id, kind=task.kind)
    return task


def set_day(task: Task, day: Day) -> None:
    """The day until when it is due, with the day on which one is reminded; or the year it waits for."""
    task.due_on, task.waits_for_year = day_or_year(day)
    task.remind_on = task.due_on - timedelta(days=task.remind_days) if task.due_on else None
    if task.due_on is None:
        task.due_time = None
    task.changed_at = now()


def write_step(by: Actor, timeline: Timeline, code: str, start: date) -> Task | None:
    """The step `code` of a series, counted from `start`; None when the pack has it no more. Inside an action."""
    told = plan(timeline.code)
    step = next((step for step in told.steps if step.code == code), None) if told else None
    if step is None:
        return None
    task = Task(
        kind=step.kind,
        title=step.label,
        person=timeline.person,
        section=timeline.section,
        timeline=timeline,
        step=step.code,
        whose=timeline.whose,
        reckoned=reckoning(start, step.span),
        remind_days=step.remind,
        again=step.again,
    )
    return _keep(by, task, after(start, step.span))


def _open(task: Task) -> Task:
    found = Task.objects.select_for_update().get(pk=task.pk)
    if found.state != TaskState.OPEN:
        raise RuleBroken("people.task_is_over", _("Someone has already said what became of this task."))
    return found


def _end(by: Actor, task: Task, state: TaskState, on: date, why: str = "") -> Task:
    must_end(by, task)
    task = _open(task)
    task.state, task.ended_on, task.ended_by, task.why, task.changed_at = state, on, by.user, why, now()
    task.save()
    return task


@transaction.atomic
def finish_task(*, by: Actor, task: Task, on: date) -> Task | None:
    """Say that it is done. Gives the task that follows: the next step of the series, or the same once more."""
    task = _end(by, task, TaskState.DONE, on)
    happened("people.task.done", task, by_id=by.id)
    return _once_more(by, task, on) if task.again else _next(by, task, on)


@transaction.atomic
def drop_task(*, by: Actor, task: Task, why: str, on: date) -> Task | None:
    """Say why it is not done after all. The step that would follow begins all the same."""
    if not tidy(why):
        raise RuleBroken("people.task_dropped_says_why", _("Write why it is not done."), field="why")
    task = _end(by, task, TaskState.DROPPED, on, tidy(why)[:LONGEST])
    happened("people.task.dropped", task, by_id=by.id)
    return _next(by, task, on)


def _once_more(by: Actor, task: Task, on: date) -> Task:
    start, span = task.due_on or on, Span.of(task.again)
    again = Task(
        kind=task.kind,
        title=task.title,
        person=task.person,
        section=task.section,
        timeline=task.timeline,
        step=task.step,
        whose=task.whose,
        due_time=task.due_time,
        reckoned=reckoning(start, span),
        remind_days=task.remind_days,
        again=task.again,
    )
    return _keep(by, again, after(start, span))


def _next(by: Actor, task: Task, on: date) -> Task | None:
    """The step that begins when this one is over; after the last one the series has ended."""
    if task.timeline is None:
        return None
    told = plan(task.timeline.code)
    step = told.next_of(task.step) if told else None
    following = write_step(by, task.timeline, step.code, on) if step else None
    if following is None and not task.timeline.tasks.filter(state=TaskState.OPEN).exists():
        Timeline.objects.filter(pk=task.timeline.pk).update(ended_on=on)
        happened("people.timeline.ended", task.timeline, by_id=by.id)
    return following


@transaction.atomic
def postpone_task(*, by: Actor, task: Task, to: date, why: str, on: date) -> Task:
    """Give it another day, and say why."""
    must_end(by, task)
    task = _open(task)
    if not tidy(why):
        raise RuleBroken("people.task_postponed_says_why", _("Write why it is postponed."), field="why")
    if to < on:
        raise RuleBroken("people.task_postponed_back", _("A task is postponed to today or later."), field="to")
    task.reckoned = {}
    task.postponed, task.postponed_why = task.postponed + 1, tidy(why)[:LONGEST]
    set_day(task, to)
    task.save()
    happened("people.task.postponed", task, by_id=by.id, to=to.isoformat())
    return task


@transaction.atomic
def reckon_again() -> int:
    """Give a day to the tasks whose year has been announced since; how many found one. Safe to call at any time."""
    waiting = Task.objects.select_for_update().filter(state=TaskState.OPEN, due_on__isnull=True)
    found = 0
    for task in waiting:
        day = reckoned_day(task.reckoned)
        if isinstance(day, date):
            set_day(task, day)
            task.save()
            happened("people.task.reckoned", task, by_id=None, to=day.isoformat())
            found += 1
    return found
