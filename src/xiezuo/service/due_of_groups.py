"""What groups and activities tell of what is due: what was held and is not written down, reports and summaries, people who wait
for an answer, and forms that wait for a supervisor."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from xiezuo.common.days import local
from xiezuo.forms.deadlines import due
from xiezuo.orgs.models import User
from xiezuo.people.due import Asked, Due, tell_due
from xiezuo.service.access import activities_for, authors_among, groups_for, own_among
from xiezuo.service.filling.contents import form_of_submission
from xiezuo.service.models import Activity, ActivityDay, FilledForm, Group, GroupSession, SignUp
from xiezuo.service.queries import forms_waiting
from xiezuo.service.vocab import ActivityState, GroupState, RecordState, SignUpState

MOST = 400
GROUP, ACTIVITY = Group._meta.label_lower, Activity._meta.label_lower
DAY, FORM = ActivityDay._meta.label_lower, FilledForm._meta.label_lower
MEETING = (GroupState.RECRUITING, GroupState.RUNNING)
GOES_ON = (ActivityState.APPROVED, ActivityState.OPEN, ActivityState.HELD)


def _told(asked: Asked, code: str, since: date, **what: Any) -> Iterator[Due]:
    """One thing that is due so long after `since`, if that is near enough; of a year nobody announced yet it waits."""
    until = due(code, since)
    if not isinstance(until, date):
        yield Due(kind="writing", waits_for=until.year, **what)
    elif until <= asked.until:
        yield Due(kind="writing", on=until, **what)


# ── groups ──


def _groups(asked: Asked) -> list[tuple[Group, str]]:
    """Groups that meet, with who has to write: those who lead them, or who planned them as long as nobody leads."""
    held = Prefetch("sessions", GroupSession.objects.only("group_id", "no"))
    seen = groups_for(asked.actor).filter(state__in=MEETING, first_on__isnull=False)
    if not _asks_for_all(asked):
        plans = own_among(asked.actor, FilledForm.objects.filter(planned_group__state__in=MEETING))
        led = Group.leaders.through.objects.filter(user_id=asked.actor.id).values("group_id")
        seen = seen.filter(Q(plan__in=plans) | Q(pk__in=led))
    rows = list(seen.select_related("site").prefetch_related("leaders", held)[:MOST])
    planned = _planners(asked, [group.plan_id for group in rows if not group.leaders.all()])
    whose = {group.pk: [*group.leaders.all()] or [planned[group.plan_id]] for group in rows}
    return [(group, _names(asked, whose[group.pk])) for group in rows if _concerns(asked, whose[group.pk])]


def _planners(asked: Asked, plans: list[int]) -> dict[int, User]:
    """Who wrote each plan; where one asks for one's own it is known already."""
    return authors_among(plans) if plans and _asks_for_all(asked) else dict.fromkeys(plans, asked.actor.user)


def _asks_for_all(asked: Asked) -> bool:
    return asked.everyone and asked.actor.supervises


def _concerns(asked: Asked, whose: Iterable[User]) -> bool:
    return _asks_for_all(asked) or asked.actor.id in {user.pk for user in whose}


def _names(asked: Asked, whose: Iterable[User]) -> str:
    """One's own name where one is among them."""
    return next(
        (user.name for user in whose if user.pk == asked.actor.id),
        pgettext("between the items of a list", ", ").join(user.name for user in whose),
    )


def expected_on(group: Group, no: int) -> date:
    """On which day a session may be expected: those planned lie evenly between the first day and the last."""
    assert group.first_on and group.last_on
    steps = max(group.session_total - 1, 1)
    return group.first_on + timedelta(days=(group.last_on - group.first_on).days * (no - 1) // steps)


def sessions(asked: Asked) -> Iterator[Due]:
    """The next session of each group that nobody wrote down, and after the last one the report."""
    for group, whose in _groups(asked):
        told = partial(_told, asked, table=GROUP, pk=group.pk, about=group.name, whose=whose)
        written = {session.no for session in group.sessions.all()}
        no = next((n for n in range(1, group.session_total + 1) if n not in written), None)
        if no is not None:
            words = _("Write session %(no)s of %(total)s down") % {"no": no, "total": group.session_total}
            yield from told("GRP-session", expected_on(group, no), title=words)
        if group.last_on is not None:
            yield from told("GRP-report", group.last_on, title=_("Write the report of the group, with its evaluation"))


# ── activities ──


def _activities(asked: Asked) -> list[tuple[Activity, str]]:
    """Those that go on; of those called off, such of which someone has not heard it yet."""
    unheard = SignUp.objects.filter(told_at=None).exclude(to_tell="").exclude(state=SignUpState.CANCELLED)
    called_off = Q(state=ActivityState.CANCELLED, pk__in=unheard.order_by().values("activity"))
    seen = activities_for(asked.actor).filter(Q(state__in=GOES_ON) | called_off)
    if not _asks_for_all(asked):
        plans = FilledForm.objects.filter(planned_activity__state__in=(*GOES_ON, ActivityState.CANCELLED))
        seen = seen.filter(plan__in=own_among(asked.actor, plans))
    days: QuerySet[ActivityDay] = ActivityDay.objects.select_related("record")
    rows = list(seen.select_related("site").prefetch_related(Prefetch("days", days))[:MOST])
    planned = _planners(asked, [one.plan_id for one in rows])
    return [(one, planned[one.plan_id].name) for one in rows if _concerns(asked, [planned[one.plan_id]])]


def _is_written(day: ActivityDay) -> bool:
    return day.record is not None and day.record.state == RecordState.RECORDED


def activities(asked: Asked) -> Iterator[Due]:
    rows = _activities(asked)
    waiting = _sign_ups(one.pk for one, _whose in rows)
    for activity, whose in rows:
        more: dict[str, Any] = {"about": activity.name, "whose": whose}
        days = list(activity.days.all())
        if activity.state in GOES_ON:
            yield from _to_write(asked, activity, days, more)
        yield from _to_answer(asked, activity, days, waiting.get(activity.pk, []), more)


def _to_write(asked: Asked, activity: Activity, days: list[ActivityDay], more: dict[str, Any]) -> Iterator[Due]:
    """Days whose list is not a record yet; once something was held, the summary."""
    for day in days:
        if not _is_written(day):
            title = _("Write down who came on %(day)s") % {"day": day.on.isoformat()}
            yield from _told(asked, "ACT-day", day.on, title=title, table=DAY, pk=day.pk, **more)
    if any(map(_is_written, days)):
        last = max(day.on for day in days)
        words = _("Write the summary of the activity")
        yield from _told(asked, "ACT-summary", last, title=words, table=ACTIVITY, pk=activity.pk, **more)


def _sign_ups(activities: Iterable[int]) -> dict[int, list[SignUp]]:
    """Those who wait: to be told something by mouth, or for a place."""
    found: dict[int, list[SignUp]] = {}
    rows = SignUp.objects.filter(activity__in=list(activities)).exclude(state=SignUpState.CANCELLED)
    for row in rows.only("activity_id", "state", "to_tell", "told_at"):
        if (row.to_tell and row.told_at is None) or row.state == SignUpState.WAITING:
            found.setdefault(row.activity_id, []).append(row)
    return found


def _to_answer(
    asked: Asked, activity: Activity, days: list[ActivityDay], rows: list[SignUp], more: dict[str, Any]
) -> Iterator[Due]:
    """Whoever signed up hears how it stands before the first day that is still to come, or would have been."""
    on = min((day.on for day in days if day.on >= asked.on), default=max((day.on for day in days), default=None))
    if on is None or not rows:
        return
    told = sum(1 for row in rows if row.to_tell and row.told_at is None)
    if told and on <= asked.until:
        words = ngettext("Tell %(n)s person how it stands", "Tell %(n)s people how it stands", told)
        yield Due(kind="call", title=words % {"n": told}, table=ACTIVITY, pk=activity.pk, on=on, **more)
    waits, closes = len(rows) - told, activity.closes_on or on
    if waits and closes <= asked.until and activity.state == ActivityState.OPEN:
        words = ngettext("%(n)s person waits for a place: answer", "%(n)s people wait for a place: answer", waits)
        yield Due(kind="request", title=words % {"n": waits}, table=ACTIVITY, pk=activity.pk, on=closes, **more)


# ── forms that wait for a supervisor ──


def decisions(asked: Asked) -> Iterator[Due]:
    """Plans, reports and forms of cases about which the actor decides, since the day they were handed in."""
    for form in forms_waiting(asked.actor, min(asked.most, MOST)):
        about = form.group or form.activity or " · ".join(filter(None, [str(form.person or ""), str(form.case or "")]))
        yield Due(
            kind="request",
            title=_("Decide: %(form)s") % {"form": form_of_submission(form).label},
            table=FORM,
            pk=form.pk,
            on=local(form.submission.submitted_at).date(),
            about=str(about or form.site or ""),
            changed_at=form.submission.changed_at,
        )


def tell() -> None:
    tell_due(sessions, activities, decisions)
