"""Goals in a person's own words, scored −2 … +2 against where they stood when the goal was set."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.people.access import must_work_with, person_for
from xiezuo.people.vocab import Section
from xiezuo.service.actions.measuring import end_goal, score_goal, set_goal
from xiezuo.service.measuring import goal_for
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.service.measures.forms import GoalForm, GoalScoreForm


@page(STAFF)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def set_one(request: StaffRequest, pk: int) -> HttpResponse:
    person = person_for(request.actor, pk, Section.CASE)
    must_work_with(request.actor, person, section=Section.CASE)
    form = GoalForm(request.POST or None)
    once = request.POST.get("key") or str(uuid.uuid4())
    if request.method == "POST" and form.is_valid():
        try:
            set_goal(by=request.actor, person=person, on=today(), key=uuid.UUID(once), **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("The goal is written down with where they stand today."))
            return redirect("person_measures", pk=pk)
    what = {"person": person, "form": form, "key": once, "nav": "people"}
    return render(request, "staff/service/measures/goal.html", what, status=422 if form.errors else 200)


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def score(request: StaffRequest, pk: int) -> HttpResponse:
    goal = goal_for(request.actor, pk)
    form = GoalScoreForm(request.POST, prefix=f"g{pk}")
    if not form.is_valid():
        raise RuleBroken("service.goal_score", _("Choose one of the five: −2, −1, 0, +1, +2."))
    score_goal(by=request.actor, goal=goal, on=today(), **form.cleaned_data)
    messages.success(request, _("Written down."))
    return redirect("person_measures", pk=goal.person_id)


@page(STAFF)
@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    goal = end_goal(by=request.actor, goal=goal_for(request.actor, pk), on=today())
    messages.success(request, _("The goal has ended; it stays on the file."))
    return redirect("person_measures", pk=goal.person_id)
