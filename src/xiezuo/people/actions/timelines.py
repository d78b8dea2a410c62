"""Beginning a series of steps for someone, and stopping it before its end."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.forms.deadlines import after
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import User
from xiezuo.people.access import must_work_with
from xiezuo.people.actions.todo import LONGEST, must_be_open_to, write_step
from xiezuo.people.models import Person, Timeline
from xiezuo.people.timelines import ANCHOR, Plan, Step, plan
from xiezuo.people.vocab import Section, TaskState

About = tuple[str, int]  # table and id of the row with which it began


def _plan(code: str) -> Plan:
    found = plan(code)
    if found is None:
        raise RuleBroken("people.timeline_unknown", _("Choose which steps to begin."), field="code")
    return found


@transaction.atomic
def begin_timeline(
    *,
    by: Actor,
    person: Person,
    code: str,
    anchor_on: date,
    whose: User,
    about: About | None = None,
    on: date | None = None,
) -> Timeline:
    """Begin the steps of a series, counted from `anchor_on`. With `on`, steps that would lie before that day are left out.
    Raises NotAllowed and RuleBroken."""
    told = _plan(code)
    must_work_with(by, person, section=told.section)
    must_be_open_to(whose, person, told.section)
    table, pk = about or ("", None)
    same = {} if told.by_hand else {"about": table, "about_id": pk}
    if Timeline.objects.filter(person=person, code=code, ended_on__isnull=True, **same).exists():
        words = _("These steps are going on for %(person)s already. Finish or stop them before beginning anew.")
        raise RuleBroken("people.timeline_twice", words % {"person": person}, field="code")
    timeline = Timeline.objects.create(
        person=person,
        code=code,
        pack_version=told.version,
        section=told.section,
        about=table,
        about_id=pk,
        anchor_on=anchor_on,
        whose=whose,
        began_by=by.user,
        began_at=now(),
    )
    happened("people.timeline.begun", timeline, by_id=by.id, timeline=code)
    for n, step in enumerate(told.steps):
        if (n == 0 or step.after == ANCHOR) and not _is_over(step, anchor_on, on):
            write_step(by, timeline, step.code, anchor_on)
    return timeline


def _is_over(step: Step, anchor_on: date, on: date | None) -> bool:
    day = after(anchor_on, step.span)
    return on is not None and isinstance(day, date) and day < on


@transaction.atomic
def stop_timeline(*, by: Actor, timeline: Timeline, why: str, on: date) -> Timeline:
    """Stop it before its end, and say why: what is open is not done any more."""
    must_work_with(by, timeline.person, section=Section(timeline.section))
    timeline = Timeline.objects.select_for_update().get(pk=timeline.pk)
    if timeline.ended_on is not None:
        raise RuleBroken("people.timeline_is_over", _("These steps have ended already."))
    if not tidy(why):
        raise RuleBroken("people.timeline_stopped_says_why", _("Write why they are stopped."), field="why")
    timeline.ended_on, timeline.why = on, tidy(why)[:LONGEST]
    timeline.save(update_fields=["ended_on", "why"])
    over = {"state": TaskState.DROPPED, "ended_on": on, "ended_by": by.user, "why": timeline.why, "changed_at": now()}
    timeline.tasks.filter(state=TaskState.OPEN).update(**over)
    happened("people.timeline.stopped", timeline, by_id=by.id)
    return timeline
