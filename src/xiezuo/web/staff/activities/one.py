"""One activity: its places, its days, whom to tell, what people thought."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xiezuo.common.days import now, today
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.forms.definitions import form_definition
from xiezuo.orgs.access import Actor
from xiezuo.service.access import activity_for, filled_for, forms_within, known_among, must_work_at
from xiezuo.service.actions.activities import (
    ARRANGED,
    NOT_BEGUN,
    DayTold,
    Opening,
    add_day,
    cancel_activity,
    open_activity,
)
from xiezuo.service.actions.signing_up import Wish, sign_up
from xiezuo.service.filling.contents import answers_of
from xiezuo.service.models import Activity, ActivityDay
from xiezuo.service.turnout import Opinions, opinions_of, places_of, times_by_mode
from xiezuo.service.vocab import ActivityState, SignUpState
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.forms.words import form_rows
from xiezuo.web.staff.groups.forms import DayForm, OpeningForm, WhyForm, WishForm
from xiezuo.web.staff.groups.one import unfinished_in
from xiezuo.web.staff.groups.words import activity_state, code_words


def may_run(actor: Actor, activity: Activity) -> bool:
    try:
        must_work_at(actor, activity.site_id)
    except NotAllowed:
        return False
    return True


@page(STAFF)
@require_safe
def one(request: StaffRequest, pk: int) -> HttpResponse:
    return shown(request, activity_for(request.actor, pk))


def shown(request: StaffRequest, activity: Activity, *, status: int = 200, **back: Any) -> HttpResponse:
    """The page; `back`: forms that come back with what is wrong in them."""
    actor, places = request.actor, places_of(activity)
    kind, state = activity_state(activity, places)
    days = list(activity.days.select_related("record").prefetch_related("helpers__person"))
    rows = list(activity.sign_ups.select_related("person"))
    helping = [helper for day in days for helper in day.helpers.all()]
    known = known_among(actor, {*(row.person_id for row in rows if row.person_id), *(one.person_id for one in helping)})
    runs = may_run(actor, activity)
    thought, forms = opinions_of(activity), forms_within(actor, activity)
    written = [day for day in days if day.record_id]
    what = {
        "activity": activity,
        "kind": kind,
        "state": state,
        "type": code_words("activity_kind", activity.kind),
        "places": places,
        "days": [(day, _names(day, known)) for day in days],
        "uninsured": activity.personal_danger and not insured(activity, days),
        **(as_planned(actor, activity) if activity.plan_id in {form.pk for form in forms} else {}),
        "modes": times_by_mode(activity) if written else {},
        "rows": [row for row in rows if row.state not in {SignUpState.CANCELLED, SignUpState.WAITING}],
        "waiting": [row for row in rows if row.state == SignUpState.WAITING],
        "gone": sum(1 for row in rows if row.state == SignUpState.CANCELLED),
        "to_tell": [row for row in rows if row.to_tell and row.told_at is None and row.state != SignUpState.CANCELLED],
        "known": known,
        "thought": thought,
        "questions": questions(thought),
        "others": form_rows(forms),
        "drafts": unfinished_in(actor, "activity_summary", f"activity:{activity.pk}"),
        "runs": runs,
        "arranges": runs and activity.state in ARRANGED,
        "signs_up": runs and activity.state == ActivityState.OPEN,
        "more_days": runs and len(days) < activity.session_total and activity.state in (*NOT_BEGUN, ActivityState.HELD),
        "cancels": runs and activity.state in NOT_BEGUN and not written,
        "summarises": runs and bool(written) and activity.state in {*ARRANGED, ActivityState.HELD},
        "opening": OpeningForm(actor=actor, activity=activity),
        "day_form": DayForm(prefix="day"),
        "why": WhyForm(prefix="cancel"),
        "wish": WishForm(prefix="wish"),
        "today": today(),
        "nav": "groups",
    } | back
    return render(request, "staff/activities/activity.html", what, status=status)


def _names(day: ActivityDay, known: set[int]) -> list[str]:
    """Who helps on a day, as far as the actor may know them."""
    return [str(row) if row.person_id in known else _("someone not open to you") for row in day.helpers.all()]


def insured(activity: Activity, days: Sequence[ActivityDay]) -> bool:
    """Whether everyone is told what may happen and insured on every day (VOL-9)."""
    last = max((day.on for day in days), default=None)
    until = activity.insured_until
    return activity.risk_told and until is not None and (last is None or until >= last)


def as_planned(actor: Actor, activity: Activity) -> dict[str, Any]:
    """Of the plan what is looked at again and again: its risks, and the money."""
    _form, told = answers_of(actor, filled_for(actor, activity.plan_id))
    rows = told.get("budget", [])
    planned, actual = (sum(Decimal(str(row.get(name) or 0)) for row in rows) for name in ("planned", "actual"))
    return {"risks": told.get("risks", ""), "budget_planned": planned, "budget_actual": actual, "budgeted": bool(rows)}


def questions(thought: Opinions) -> list[tuple[str, float, int]]:
    """Each question of F36 with its mean and how many answered."""
    form = form_definition("satisfaction")
    asked = {one.key: str(one.help or one.label) for one in form.fields()}
    return [(asked.get(rated.key, rated.key), rated.mean, rated.n) for rated in thought.rated]


def _again(request: StaffRequest, activity: Activity, name: str, form: Any, refusal: RuleBroken) -> HttpResponse:
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    return shown(request, activity, status=422, **{name: form})


@page(STAFF)
@require_POST
def open_sign_up(request: StaffRequest, pk: int) -> HttpResponse:
    activity = activity_for(request.actor, pk)
    form = OpeningForm(request.POST, actor=request.actor, activity=activity)
    if not form.is_valid():
        return shown(request, activity, status=422, opening=form)
    told = {name: value for name, value in form.cleaned_data.items() if name != "youth_group"}
    group = form.cleaned_data.get("youth_group")
    opening = Opening(**told, youth_group=group.pk if group else None)
    try:
        open_activity(by=request.actor, activity=activity, told=opening, on=today(), at=now())
    except RuleBroken as refusal:
        return _again(request, activity, "opening", form, refusal)
    messages.success(request, _("Kept. Anyone with the address or the code can sign up."))
    return redirect("activity", pk=pk)


@page(STAFF)
@require_POST
def new_day(request: StaffRequest, pk: int) -> HttpResponse:
    activity = activity_for(request.actor, pk)
    form = DayForm(request.POST, prefix="day")
    if not form.is_valid():
        return shown(request, activity, status=422, day_form=form)
    try:
        add_day(by=request.actor, activity=activity, told=DayTold(**form.cleaned_data))
    except RuleBroken as refusal:
        return _again(request, activity, "day_form", form, refusal)
    messages.success(request, _("Kept."))
    return redirect("activity", pk=pk)


@page(STAFF)
@require_POST
def cancel(request: StaffRequest, pk: int) -> HttpResponse:
    activity = activity_for(request.actor, pk)
    form = WhyForm(request.POST, prefix="cancel")
    if not form.is_valid():
        return shown(request, activity, status=422, why=form)
    try:
        why = form.cleaned_data["why"]
        cancel_activity(by=request.actor, activity=activity, why=why, on=today(), at=now())
    except RuleBroken as refusal:
        return _again(request, activity, "why", form, refusal)
    messages.success(request, _("It is cancelled and counts nowhere. Below stands who is still to be told."))
    return redirect("activity", pk=pk)


@page(STAFF)
@require_POST
def write_wish(request: StaffRequest, pk: int) -> HttpResponse:
    """Someone asked in person or by telephone; a colleague writes it down."""
    activity = activity_for(request.actor, pk)
    form = WishForm(request.POST, prefix="wish")
    if not form.is_valid():
        return shown(request, activity, status=422, wish=form)
    told = form.cleaned_data
    wish = Wish(**told, child=bool(told["guardian_name"]))
    try:
        row, _token = sign_up(activity=activity, wish=wish, on=today(), at=now(), by=request.actor)
    except RuleBroken as refusal:
        return _again(request, activity, "wish", form, refusal)
    words = _("%(name)s has a place.") if row.state == SignUpState.REGISTERED else _("%(name)s waits for a place.")
    messages.success(request, words % {"name": row.label})
    return redirect("activity", pk=pk)
