"""Activities: a plan becomes one, it opens for sign-up, is held or cancelled, and ends with a summary."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.forms.rules import rule
from xiezuo.forms.vocab import RuleAct
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Project
from xiezuo.people.disclosing import must_name_no_minor
from xiezuo.service.access import must_work_at, youth_group_for
from xiezuo.service.actions.form_facts import Filling
from xiezuo.service.actions.grouping import new_series, plan_site
from xiezuo.service.actions.sequels import Sequel, tell_sequel
from xiezuo.service.actions.signing_up import STILL, move_up, taking_turns
from xiezuo.service.actions.telling import must_hear
from xiezuo.service.models import Activity, ActivityDay, ActivityDimension, FilledForm, Satisfaction, SignUp, YouthGroup
from xiezuo.service.models.activity import RATED
from xiezuo.service.turnout import opinions_of, places_of, times_by_mode
from xiezuo.service.vocab import ActivityState, ParticipationMode, RecordState, SeriesKind, SignUpState, ToTell

CODE_BYTES = 12
NOT_BEGUN = (ActivityState.PLANNED, ActivityState.APPROVED, ActivityState.OPEN)
ARRANGED = (ActivityState.APPROVED, ActivityState.OPEN)
Answers = Mapping[str, Any]


# ── the plan ──


def _planned(answers: Answers) -> dict[str, Any]:
    return {
        "name": tidy(str(answers["name"]))[:120],
        "kind": str(answers["kind"]),
        "target": tidy(str(answers["target"]))[:200],
        "quota": answers["quota"],
        "session_total": answers["session_total"],
        "personal_danger": bool(answers["personal_danger"]),
    }


def _serves(activity: Activity, answers: Answers) -> None:
    """The dimensions that the plan names, each once, in its order."""
    told = [*dict.fromkeys(map(str, answers.get("dimensions") or ()))]
    if told == [row.code for row in activity.dimensions.all()]:
        return
    activity.dimensions.all().delete()
    ActivityDimension.objects.bulk_create(ActivityDimension(activity=activity, code=code) for code in told)


def _day_told(answers: Answers) -> dict[str, Any]:
    clock = {name: answers.get(name) for name in ("starts_at", "ends_at")}
    return {
        "on": date.fromisoformat(answers["service_date"]),
        "place_text": str(answers.get("place_text") or "")[:200],
        **{name: time.fromisoformat(told) if isinstance(told, str) else None for name, told in clock.items()},
    }


def _check_plan(by: Actor, filling: Filling, on: date) -> None:
    plan_site(by, filling.site)


def _plan_written(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    told = _planned(filling.answers)
    codes = {name: secrets.token_urlsafe(CODE_BYTES) for name in ("join_code", "wall_code", "opinion_code")}
    series = new_series(SeriesKind.ACTIVITY, told["name"], filled.site)
    activity = Activity.objects.create(series=series, plan=filled, site=filled.site, planned_on=on, **told, **codes)
    ActivityDay.objects.create(activity=activity, **_day_told(filling.answers))
    _serves(activity, filling.answers)
    filled.activity = activity
    filled.save(update_fields=["activity"])
    happened("service.activity.planned", activity, by_id=by.id, form=filled.pk)


def _plan_corrected(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    """Until sign-up is open it waits for a supervisor again; then more places let people move up at once."""
    found = Activity.objects.filter(plan=filled).first()
    if found is None:
        return
    activity, told = taking_turns(found), _planned(filling.answers)
    taken = places_of(activity).taken
    if told["quota"] < taken:
        words = gettext_lazy(
            "%(taken)s people have a place already, more than %(quota)s. Give places back first; the plan stays as it was."
        )
        raise RuleBroken("service.quota_below_taken", words % {"taken": taken, "quota": told["quota"]}, field="quota")
    for name, value in told.items():
        setattr(activity, name, value)
    if activity.state == ActivityState.APPROVED:
        activity.state = ActivityState.PLANNED
    activity.save()
    _serves(activity, filling.answers)
    days = list(activity.days.all())
    if len(days) == 1 and days[0].record_id is None:
        activity.days.filter(pk=days[0].pk).update(**_day_told(filling.answers))
    if activity.state == ActivityState.OPEN:
        _shown_outside(by, activity, on, *activity.days.values_list("place_text", flat=True))
    happened("service.activity.replanned", activity, by_id=by.id)
    move_up(by, activity, on, filled.submission.changed_at)


def _plan_decided(by: Actor, filled: FilledForm, decision: str, answers: Answers, on: date) -> None:
    activity = Activity.objects.filter(plan=filled, state=ActivityState.PLANNED).first()
    if activity is not None and decision == "approved":
        _moved(by, activity, ActivityState.APPROVED)


def _moved(by: Actor, activity: Activity, state: ActivityState, **more: Any) -> None:
    activity.state = state
    for name, value in more.items():
        setattr(activity, name, value)
    activity.save()
    happened("service.activity.moved", activity, by_id=by.id, state=state)


# ── before it is held ──


@dataclass(kw_only=True)
class Opening:
    """What is agreed when sign-up opens. `risk_told` and `insured_until` where someone could be hurt (VOL-9)."""

    closes_on: date | None = None
    risk_told: bool = False
    insured_until: date | None = None
    youth_group: int | None = None
    service_line: str = ""
    projects: Sequence[Project] = ()


@transaction.atomic
def open_activity(*, by: Actor, activity: Activity, told: Opening, on: date, at: datetime) -> Activity:
    """People may sign up; said again, it changes until when. Raises RuleBroken before a supervisor agreed, for a closing day
    that is over, and where someone could be hurt and is not told or not insured."""
    must_work_at(by, activity.site_id)
    activity = taking_turns(activity)
    if activity.state not in ARRANGED:
        words = gettext_lazy("Sign-up opens once a supervisor has agreed to the plan, and before it is held.")
        raise RuleBroken("service.activity_not_agreed", words)
    if told.closes_on is not None and told.closes_on < on:
        words = gettext_lazy("This day is over. Choose today or a later one, or none.")
        raise RuleBroken("service.closes_in_the_past", words, field="closes_on")
    _must_be_safe(activity, told)
    _shown_outside(by, activity, on, *activity.days.values_list("place_text", flat=True))
    group: YouthGroup | None = youth_group_for(by, told.youth_group) if told.youth_group else None
    activity.closes_on, activity.youth_group = told.closes_on, group
    activity.risk_told, activity.insured_until = told.risk_told, told.insured_until
    activity.service_line = told.service_line
    activity.projects.set(told.projects)
    if activity.state == ActivityState.APPROVED:
        activity.state = ActivityState.OPEN
    activity.save()
    happened("service.activity.opened", activity, by_id=by.id)
    move_up(by, activity, on, at)
    return activity


def _shown_outside(by: Actor, activity: Activity, on: date, *places: str) -> None:
    """Its name and its places stand on a page that anybody may open: no child is named there without consent (CHD-4)."""
    must_name_no_minor(by, "\n".join([activity.name, *places]), on)


def _must_be_safe(activity: Activity, told: Opening) -> None:
    if not activity.personal_danger or rule("VOL-9").act != RuleAct.REFUSE:
        return
    if not told.risk_told:
        words = gettext_lazy(
            "Someone could be hurt. Tell everyone what may happen first, then say here that it was told."
        )
        raise RuleBroken("VOL-9", words, field="risk_told")
    last = activity.days.order_by("-on").values_list("on", flat=True).first()
    if told.insured_until is None or (last is not None and told.insured_until < last):
        words = gettext_lazy(
            "Someone could be hurt, and nobody is insured on the last day. Write until when the insurance holds."
        )
        raise RuleBroken("VOL-9", words, field="insured_until")


@dataclass(kw_only=True)
class DayTold:
    """A day on which an activity is held."""

    on: date | None
    starts_at: time | None = None
    ends_at: time | None = None
    place_text: str = ""


@transaction.atomic
def add_day(*, by: Actor, activity: Activity, told: DayTold) -> ActivityDay:
    """One more day. Raises RuleBroken for a day that is there already and for more days than were planned."""
    must_work_at(by, activity.site_id)
    activity = taking_turns(activity)
    if activity.state not in (*NOT_BEGUN, ActivityState.HELD):
        raise RuleBroken("service.activity_over", gettext_lazy("No day is added to an activity that is over."))
    if told.on is None:
        raise RuleBroken("service.day_missing", gettext_lazy("Choose the day."), field="on")
    if activity.days.filter(on=told.on).exists():
        raise RuleBroken("service.day_twice", gettext_lazy("This day is there already."), field="on")
    if activity.days.count() >= activity.session_total:
        words = gettext_lazy("%(n)s days were planned, and they are all there. Correct the plan if there are more.")
        raise RuleBroken("service.more_days_than_planned", words % {"n": activity.session_total}, field="on")
    if activity.personal_danger and activity.insured_until is not None and activity.insured_until < told.on:
        words = gettext_lazy("The insurance ends before this day. Prolong it first.")
        raise RuleBroken("VOL-9", words, field="on")
    place = tidy(told.place_text)[:200]
    if activity.state == ActivityState.OPEN:
        _shown_outside(by, activity, told.on, place)
    day = ActivityDay.objects.create(
        activity=activity, on=told.on, starts_at=told.starts_at, ends_at=told.ends_at, place_text=place
    )
    happened("service.activity.day_added", activity, by_id=by.id, day=day.pk)
    return day


@transaction.atomic
def cancel_activity(*, by: Actor, activity: Activity, why: str, on: date, at: datetime) -> Activity:
    """It does not take place and counts nowhere; everyone who signed up is told. Raises RuleBroken without a reason, and
    where a day of it was held."""
    must_work_at(by, activity.site_id)
    activity = taking_turns(activity)
    if activity.state not in NOT_BEGUN or activity.days.filter(record__state=RecordState.RECORDED).exists():
        words = gettext_lazy("A day of it was held, or it is over. It ends with a summary; nothing was changed.")
        raise RuleBroken("service.activity_was_held", words)
    if not tidy(why):
        raise RuleBroken("service.cancel_needs_reason", gettext_lazy("Write why it does not take place."), field="why")
    _moved(by, activity, ActivityState.CANCELLED, cancelled_why=tidy(why)[:200])
    for row in activity.sign_ups.filter(state__in=STILL):
        must_hear(by, row, ToTell.CALLED_OFF, on, at)
    return activity


# ── the summary ──


def _of(filling: Filling) -> Activity | None:
    """The activity that a summary is about: in which it is written, else whose plan it names."""
    if filling.activity is not None or filling.follows is None:
        return filling.activity
    return Activity.objects.filter(plan=filling.follows).first()


def _check_summary(by: Actor, filling: Filling, on: date) -> None:
    activity = _of(filling)
    if activity is None:
        return
    must_work_at(by, activity.site_id)
    if not activity.days.filter(record__state=RecordState.RECORDED).exists():
        words = gettext_lazy(
            "No day of this activity is written down yet. Write down who came first; what you typed is kept."
        )
        raise RuleBroken("service.activity_not_held", words)
    if activity.state == ActivityState.CLOSED:
        words = gettext_lazy("This activity is closed. Correct its summary instead; what you typed is kept.")
        raise RuleBroken("service.activity_closed", words)


def _summarised(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    activity = _of(filling)
    if activity is None:
        return
    if filled.activity_id is None:
        filled.activity = activity
        filled.save(update_fields=["activity"])
    activity.sign_ups.filter(state=SignUpState.REGISTERED).update(state=SignUpState.NO_SHOW)
    _moved(by, activity, ActivityState.SUMMARISED)


def _summary_corrected(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    if filled.activity is not None and filled.activity.state == ActivityState.CLOSED:
        _moved(by, filled.activity, ActivityState.SUMMARISED, closed_on=None)


def _summary_decided(by: Actor, filled: FilledForm, decision: str, answers: Answers, on: date) -> None:
    """Closed: what people left to be reached by goes with it."""
    activity = filled.activity
    if activity is not None and decision == "approved" and activity.state == ActivityState.SUMMARISED:
        _moved(by, activity, ActivityState.CLOSED, closed_on=on)
        SignUp.objects.filter(activity=activity).update(phone=None, guardian_name=None, phone_digest="")


def summary_figures(activity: Activity) -> dict[str, Any]:
    """Person-times, how they were counted, and what people thought, as the summary (F35) asks for them."""
    modes, thought = times_by_mode(activity), opinions_of(activity)
    words = _("%(named)s named, %(listed)s listed, %(counted)s counted")
    told = {
        "person_times": sum(modes.values()),
        "by_mode": words % {mode: modes[mode] for mode in ParticipationMode.values},
    }
    if thought.enough:
        told["satisfaction"] = _("%(mean)s of 5 (%(n)s answers)") % {"mean": f"{thought.mean:.1f}", "n": thought.n}
    elif thought.n:
        told["satisfaction"] = _("%(n)s answers, too few to show more") % {"n": thought.n}
    return told


def _figures(filling: Filling) -> dict[str, Any]:
    activity = _of(filling)
    return summary_figures(activity) if activity is not None else {}


# ── what people thought ──


@transaction.atomic
def note_opinion(*, activity: Activity, ratings: Mapping[str, int | None], best: str, change: str, on: date) -> None:
    """What someone thought of it; nobody is written down with it. Raises RuleBroken where a question is open or before it was
    agreed to."""
    if activity.state in {ActivityState.PLANNED, ActivityState.CANCELLED, ActivityState.CLOSED}:
        raise RuleBroken(
            "service.no_opinions_now", gettext_lazy("Nothing is asked about this any more. Thank you all the same.")
        )
    missing = next((key for key in RATED if ratings.get(key) not in range(1, 6)), "")
    if missing:
        words = gettext_lazy("A question is still open. Choose a number from 1 to 5; what you wrote still stands here.")
        raise RuleBroken("service.opinion_open", words, field=missing)
    rated = {key: ratings[key] for key in RATED}
    Satisfaction.objects.create(activity=activity, on=on, best=best.strip(), change=change.strip(), **rated)
    happened("service.activity.opinion", activity, by_id=None)


def _opinion_written(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    """A sheet of paper that a colleague typed in."""
    if filling.activity is not None:
        told = filling.answers
        ratings = {key: told.get(key) for key in RATED}
        words = {name: str(told.get(name) or "") for name in ("best", "change")}
        note_opinion(activity=filling.activity, ratings=ratings, on=on, **words)


def tell() -> None:
    tell_sequel(
        "activity",
        Sequel(check=_check_plan, submitted=_plan_written, corrected=_plan_corrected, decided=_plan_decided),
    )
    tell_sequel(
        "activity_summary",
        Sequel(
            check=_check_summary,
            submitted=_summarised,
            corrected=_summary_corrected,
            decided=_summary_decided,
            figures=_figures,
        ),
    )
    tell_sequel("satisfaction", Sequel(submitted=_opinion_written))
