"""Measures of one person: what was answered so far, asking one, and what it adds up to."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.forms.measures import Measure, Scoring, measure, measures
from xiezuo.people.access import must_work_with, person_for
from xiezuo.people.actions import note_read
from xiezuo.people.vocab import Section
from xiezuo.service.actions.measuring import take_measure, withdraw_measure
from xiezuo.service.measuring import Taken, attained_by, goals_of, taken_for, taken_of
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.pictures.bars import Bar, BarChart
from xiezuo.web.staff.people.person import head_of, open_person
from xiezuo.web.staff.service.measures.forms import ITEM, GoalScoreForm, MeasureForm

LEAST_TO_COMPARE = 2
DRAWN = {Scoring.SUM, Scoring.SCALE, Scoring.PROFILE, Scoring.TOTAL_ONLY}


def _of_people() -> list[Measure]:
    """Measures that a person answers; goals have a form of their own."""
    return [one for one in measures() if one.of == "person" and one.scoring != Scoring.GOALS]


def _measure(key: str) -> Measure:
    try:
        return measure(key)
    except KeyError:
        raise NotAllowed(_("There is no such measure here.")) from None


@page(STAFF)
@require_GET
def person_measures(request: StaffRequest, pk: int) -> HttpResponse:
    person = open_person(request, pk, "measures", Section.CASE)
    taken, goals = taken_of(request.actor, person), goals_of(request.actor, person)
    by_measure: dict[str, list[Taken]] = {}
    for one in taken:
        by_measure.setdefault(one.of.key, []).append(one)
    what = head_of(request, person, "person_measures") | {
        "groups": [(rows[0].of, rows, _chart(rows)) for rows in by_measure.values()],
        "goals": [(goal, GoalScoreForm(initial={"day": today()}, prefix=f"g{goal.row.pk}")) for goal in goals],
        "mean": attained_by(goals),
        "measures": [one for one in _of_people() if one.is_in_use],
    }
    return render(request, "staff/service/measures/person.html", what)


def _chart(rows: list[Taken]) -> BarChart | None:
    """Totals by the day, where there are at least two; the direction is said with the picture."""
    told = [one for one in reversed(rows) if one.total is not None]
    if len(told) < LEAST_TO_COMPARE or rows[0].of.scoring not in DRAWN:
        return None
    title = _("%(measure)s: %(direction)s") % {"measure": rows[0].of.label, "direction": rows[0].of.direction_words}
    bars = [Bar(one.row.taken_on.strftime("%Y-%m-%d"), int(one.total or 0)) for one in told]
    return BarChart(title, _("total"), bars, label=title)


@page(STAFF)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def take(request: StaffRequest, pk: int, of: str) -> HttpResponse:
    """Ask one measure; nothing of it decides anything."""
    person, asked = person_for(request.actor, pk, Section.CASE), _measure(of)
    must_work_with(request.actor, person, section=Section.CASE)
    before = [one.row.wording for one in taken_of(request.actor, person) if one.of.key == of and one.row.wording]
    once = request.POST.get("key") or request.GET.get("key") or str(uuid.uuid4())
    form = MeasureForm(request.POST or None, of=asked, initial={"wording": before[0] if before else ""})
    if request.method == "POST" and form.is_valid():
        try:
            row = take_measure(
                by=request.actor, person=person, of=asked, facts=form.facts(), on=today(), key=_uuid(once)
            )
        except RuleBroken as refusal:
            _show(form, refusal)
        else:
            messages.success(request, _("Written down."))
            return redirect("taken_measure", pk=row.pk)
    what = {"person": person, "measure": asked, "form": form, "key": once, "nav": "people"}
    return render(request, "staff/service/measures/take.html", what, status=422 if form.errors else 200)


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()


def _show(form: MeasureForm, refusal: RuleBroken) -> None:
    """The sentence at its field, and at each question that has no answer."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    for key in refusal.facts.get("missing", ()):
        form.add_error(ITEM + key, _("Not answered yet."))


@page(STAFF)
@require_GET
def taken(request: StaffRequest, pk: int) -> HttpResponse:
    """What one filled-in measure adds up to. Where an answer calls for help, that stands first, whatever the sum is."""
    one = taken_for(request.actor, pk)
    note_read(by=request.actor, person=one.row.person, what="measures")
    answers = [(item, one.of.option(one.answers[item.key])) for item in one.of.items if item.key in one.answers]
    what = {"one": one, "answers": answers, "person": one.row.person, "nav": "people"}
    return render(request, "staff/service/measures/taken.html", what)


@page(STAFF)
@require_POST
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    row = withdraw_measure(by=request.actor, pk=pk, why=request.POST.get("why", ""))
    messages.success(request, _("It counts no more."))
    return redirect("person_measures", pk=row.person_id)


@page(STAFF)
@require_GET
def about_measures(request: StaffRequest) -> HttpResponse:
    """Every measure, whether it may be asked here and why not, its licence and its traps."""
    return render(request, "staff/service/measures/library.html", {"measures": measures(), "nav": "more"})
