"""Follow-up of one person: series of steps as lines with their days, and single tasks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.forms.calendar import Unknown
from xiezuo.forms.deadlines import Span
from xiezuo.orgs.access import Actor, colleagues_for
from xiezuo.people.access import person_for
from xiezuo.people.actions import begin_timeline, stop_timeline
from xiezuo.people.actions.timelines import About
from xiezuo.people.models import Person, Task, Timeline
from xiezuo.people.timelines import Step, kind_label, plan, plans
from xiezuo.people.todo import may_end, sections_for_tasks, tasks_about, timeline_for, timelines_of
from xiezuo.people.vocab import Section, TaskState
from xiezuo.service.access import record_for
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.people.person import head_of, open_person
from xiezuo.web.staff.people.todo import day_field

UNITS = {
    "h": gettext_lazy("%(n)s hours"),
    "d": gettext_lazy("%(n)s days"),
    "wd": gettext_lazy("%(n)s working days"),
    "month": gettext_lazy("%(n)s months"),
    "year": gettext_lazy("%(n)s years"),
}


class BeginForm(forms.Form):
    """Which steps, counted from when, done by whom."""

    code = forms.ChoiceField(label=gettext_lazy("Which steps"), widget=forms.RadioSelect)
    anchor_on = day_field(gettext_lazy("Counted from"))
    whose: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Who does it"), queryset=None, empty_label=None
    )

    def __init__(self, *args: Any, actor: Actor, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = sections_for_tasks(actor, person)
        offered = [(told.code, told.label) for told in plans() if told.section in parts]
        self.fields["code"].choices = offered  # type: ignore[attr-defined]
        self.fields["whose"].queryset = colleagues_for(actor).order_by("name")  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Line:
    """One step of a series: a task that is there, or (`task` None) one that begins when the step before is done."""

    label: str
    state: str
    task: Task | None = None
    later: str = ""
    waits: str = ""
    year: str = ""  # where it is not this one


@dataclass(frozen=True)
class Told:
    """A series in words; `anchor` says from which day it is counted."""

    row: Timeline
    label: str
    anchor: str
    lines: list[Line]
    done: int
    every: int
    source: str


def _span_words(span: Span) -> str:
    return str(UNITS[span.unit.value]) % {"n": span.add}


def _line(task: Task, on: date) -> Line:
    year = str(task.due_on.year) if task.due_on and task.due_on.year != on.year else ""
    if task.state != TaskState.OPEN:
        return Line(str(task), task.state, task, year=year)
    late = task.due_on is not None and task.due_on < on
    waits = str(Unknown(task.waits_for_year)) if task.waits_for_year else ""
    return Line(str(task), "late" if late else "wait", task, waits=waits, year=year)


def _lines(row: Timeline, steps: list[Step], on: date) -> Iterator[Line]:
    """The steps in the order of the pack; those without a task yet, if they can still come."""
    tasks = sorted(row.tasks.all(), key=lambda task: (task.due_on or date.max, task.pk))
    there = {task.step for task in tasks}
    order = [step.code for step in steps]
    for step in [*order, *sorted(there - set(order))]:
        yield from (_line(task, on) for task in tasks if task.step == step)
        if step not in there and row.ended_on is None:
            told = steps[order.index(step)]
            words = _("%(span)s after the step before is done") % {"span": _span_words(told.span)}
            yield Line(told.label, "later", later=words)


def told_of(row: Timeline, on: date) -> Told:
    found = plan(row.code)
    lines = list(_lines(row, found.steps if found else [], on))
    done = sum(line.state == TaskState.DONE for line in lines)
    label, anchor = (found.label, found.anchor) if found else (row.code, "")
    return Told(row, label, anchor, lines, done, len(lines), found.source if found else "")


def _first(request: StaffRequest) -> dict[str, Any]:
    return {"anchor_on": today(), "whose": request.user.pk}


def _shown(request: StaffRequest, person: Person, form: forms.Form | None = None) -> HttpResponse:
    actor, day = request.actor, today()
    what = head_of(request, person, "person_timelines")
    what |= {
        "series": [told_of(row, day) for row in timelines_of(actor, person)],
        "tasks": [(one, kind_label(one.kind), may_end(actor, one)) for one in tasks_about(actor, person)],
        "day": day,
        "about": _about(request),
        "begin": form or BeginForm(actor=actor, person=person, initial=_first(request)),
    }
    return render(request, "staff/people/timelines.html", what, status=422 if form else 200)


@page(STAFF)
@require_GET
def timelines(request: StaffRequest, pk: int) -> HttpResponse:
    return _shown(request, open_person(request, pk, "tasks", Section.SERVICES))


def _about(request: StaffRequest) -> About | None:
    """The service record with which it begins, where one was named and may be read."""
    asked = request.GET.get("record", "")
    if not (asked.isdecimal() and len(asked) < 10):
        return None
    record = record_for(request.actor, int(asked))
    return record._meta.label_lower, record.pk


@page(STAFF)
@require_POST
def begin(request: StaffRequest, pk: int) -> HttpResponse:
    """Begin a series of steps."""
    person = person_for(request.actor, pk, Section.SERVICES)
    form = BeginForm(request.POST, actor=request.actor, person=person)
    if form.is_valid():
        try:
            row = begin_timeline(by=request.actor, person=person, about=_about(request), **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Begun: %(steps)s.") % {"steps": told_of(row, today()).label})
            return redirect("person_timelines", pk=pk)
    return _shown(request, open_person(request, pk, "tasks", Section.SERVICES), form)


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def stop(request: StaffRequest, pk: int, timeline: int) -> HttpResponse:
    """Stop a series before its end, and say why."""
    person = person_for(request.actor, pk)
    row = timeline_for(request.actor, person, timeline)
    try:
        stop_timeline(by=request.actor, timeline=row, why=request.POST.get("why", ""), on=today())
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Stopped. What was done stays here."))
    return redirect("person_timelines", pk=pk)
