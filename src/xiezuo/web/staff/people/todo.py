"""One task: writing it down, saying that it is done, postponing and dropping it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.forms.calendar import is_working_day
from xiezuo.orgs.access import Actor, colleagues_for
from xiezuo.people.access import person_for
from xiezuo.people.actions import TaskFacts, drop_task, finish_task, note_read, postpone_task, write_task
from xiezuo.people.models import Person, Task
from xiezuo.people.timelines import kind_label, own_kinds
from xiezuo.people.todo import may_end, sections_for_tasks, task_for
from xiezuo.people.vocab import Section
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.words import day_words

AGAIN = {
    "": gettext_lazy("once"),
    "7 d": gettext_lazy("every week"),
    "1 month": gettext_lazy("every month"),
    "3 month": gettext_lazy("every three months"),
    "1 year": gettext_lazy("every year"),
}
A_WEEK = timedelta(days=7)


def day_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))


class TaskForm(forms.Form):
    """What is to be done, until when, by whom."""

    title = forms.CharField(label=gettext_lazy("What is to be done"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of work"), widget=forms.RadioSelect)
    due_on = day_field(gettext_lazy("Due on"))
    due_time = forms.TimeField(
        label=pgettext_lazy("of a task", "Time"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    whose: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Who does it"), queryset=None, empty_label=None
    )
    section = forms.ChoiceField(
        label=gettext_lazy("Belongs to this part of the file"), widget=forms.RadioSelect, required=False
    )
    again = forms.ChoiceField(
        label=pgettext_lazy("of a task", "How often"), choices=list(AGAIN.items()), required=False
    )

    def __init__(self, *args: Any, actor: Actor, person: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(code, kind_label(code)) for code in own_kinds()]  # type: ignore[attr-defined]
        self.fields["whose"].queryset = colleagues_for(actor).order_by("name")  # type: ignore[attr-defined]
        if person is None:
            del self.fields["section"]
        else:
            open_parts = [(part.value, part.label) for part in sections_for_tasks(actor, person)]
            self.fields["section"].choices = open_parts  # type: ignore[attr-defined]

    def facts(self, person: Person | None) -> TaskFacts:
        given = self.cleaned_data
        add, _space, unit = given["again"].partition(" ")
        return TaskFacts(
            title=given["title"],
            kind=given["kind"],
            due_on=given["due_on"],
            due_time=given["due_time"],
            whose=given["whose"],
            person=person,
            section=Section(given["section"]) if given.get("section") else None,
            again={"add": int(add), "unit": unit} if unit else {},
        )


class PostponeForm(forms.Form):
    to = day_field(gettext_lazy("To which day"))
    why = forms.CharField(label=gettext_lazy("Why it is postponed"), max_length=200)


class DropForm(forms.Form):
    why = forms.CharField(label=gettext_lazy("Why it is not done after all"), max_length=200)


def _person(request: StaffRequest) -> Person | None:
    asked = request.GET.get("person", "")
    return person_for(request.actor, int(asked)) if asked.isdecimal() and len(asked) < 10 else None


def _first_words(request: StaffRequest, person: Person | None) -> dict[str, Any]:
    parts = sections_for_tasks(request.actor, person) if person else []
    first = {"kind": own_kinds()[0], "due_on": today() + A_WEEK, "whose": request.user.pk, "again": ""}
    return first | {"section": parts[0].value if parts else ""}


@page(STAFF)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Write down what is to do; with `?person=` about someone."""
    person = _person(request)
    given = request.POST if request.method == "POST" else None
    form = TaskForm(given, actor=request.actor, person=person, initial=_first_words(request, person))
    if given is not None and form.is_valid():
        try:
            task = write_task(by=request.actor, facts=form.facts(person))
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Written down: %(task)s.") % {"task": task})
            messages.warning(request, words) if (words := _no_working_day(form.cleaned_data["due_on"])) else None
            return redirect("person_timelines", pk=person.pk) if person else redirect("due")
    what = {"form": form, "person": person, "nav": "due"}
    return render(request, "staff/people/task_form.html", what, status=422 if form.errors else 200)


def _no_working_day(day: date) -> str:
    """A word of caution where nobody works on that day."""
    return (
        str(_("Nobody works on that day. Postpone it if a working day is meant."))
        if is_working_day(day) is False
        else ""
    )


@page(STAFF)
@require_GET
def task(request: StaffRequest, pk: int) -> HttpResponse:
    """One task, and what may be done with it."""
    found = _opened(request, pk)
    return _shown(request, found, PostponeForm(initial={"to": today() + A_WEEK}), DropForm(auto_id="drop_%s"))


def _opened(request: StaffRequest, pk: int) -> Task:
    found = task_for(request.actor, pk)
    if found.person is not None:
        note_read(by=request.actor, person=found.person, what="tasks")
    return found


def _shown(request: StaffRequest, found: Task, postpone: forms.Form, drop: forms.Form) -> HttpResponse:
    what = {
        "task": found,
        "kind": kind_label(found.kind),
        "part": Section(found.section).label if found.section else "",
        "often": AGAIN.get(f"{found.again['add']} {found.again['unit']}", _("again and again")) if found.again else "",
        "late": found.due_on is not None and found.due_on < today(),
        "may_end": may_end(request.actor, found),
        "postpone": postpone,
        "drop": drop,
        "nav": "due",
    }
    return render(request, "staff/people/task.html", what, status=422 if postpone.errors or drop.errors else 200)


@page(STAFF)
@require_POST
def finish(request: StaffRequest, pk: int) -> HttpResponse:
    """It is done; what follows is told."""
    found = task_for(request.actor, pk)
    following = finish_task(by=request.actor, task=found, on=today())
    messages.success(request, _("Done: %(step)s.") % {"step": found} + _follows(following))
    return _back(request, found)


def _follows(following: Task | None) -> str:
    if following is None:
        return ""
    day = day_words(following.due_on, "day", get_language()) if following.due_on else _("date to be confirmed")
    return " " + _("Next: %(step)s, %(day)s.") % {"step": following, "day": day}


def _back(request: StaffRequest, found: Task) -> HttpResponse:
    """To where the press was made: today, the list, or the page of the person."""
    place = request.POST.get("from", "")
    if place in {"today", "due"}:
        return redirect(place)
    return redirect("person_timelines", pk=found.person_id) if found.person_id else redirect("due")


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def postpone(request: StaffRequest, pk: int) -> HttpResponse:
    """Another day, and why."""
    found, form = task_for(request.actor, pk), PostponeForm(request.POST)
    if form.is_valid():
        try:
            postpone_task(by=request.actor, task=found, on=today(), **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Postponed: %(step)s.") % {"step": found})
            return _back(request, found)
    return _shown(request, found, form, DropForm(auto_id="drop_%s"))


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Not done after all, and why."""
    found, form = task_for(request.actor, pk), DropForm(request.POST, auto_id="drop_%s")
    if form.is_valid():
        following = drop_task(by=request.actor, task=found, why=form.cleaned_data["why"], on=today())
        messages.success(request, _("Dropped: %(step)s.") % {"step": found} + _follows(following))
        return _back(request, found)
    return _shown(request, found, PostponeForm(initial={"to": today() + A_WEEK}), form)
