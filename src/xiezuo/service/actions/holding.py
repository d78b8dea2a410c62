"""A day of an activity is written down: one service record, whichever way people signed in."""

from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.orgs.access import Actor
from xiezuo.service.access import must_work_at
from xiezuo.service.actions.correcting import correct_service
from xiezuo.service.actions.facts import ServiceFacts, Taking
from xiezuo.service.actions.helping import helping_on
from xiezuo.service.actions.recording import record_service
from xiezuo.service.actions.signing_in import open_day
from xiezuo.service.models import Activity, ActivityDay, ServiceRecord, SignUp
from xiezuo.service.vocab import ActivityState, Method, ParticipationMode, RecordState, SignUpState

NAMED, LISTED, COUNTED = ParticipationMode.NAMED, ParticipationMode.LISTED, ParticipationMode.COUNTED


@transaction.atomic
def write_day(*, by: Actor, day: ActivityDay, on: date) -> ServiceRecord:
    """The record of a day, made from its list; written again after more were noted, it is the same record put right.

    Who signed up and did not come stands on it as missing and counts nowhere (CNT-6). Once as many days are written as
    were planned, the activity was held.
    """
    must_work_at(by, day.activity.site_id)
    day = open_day(day)
    if day.on > on:
        words = _("This day is still to come. It is written down once it was held; the list stays as it is.")
        raise RuleBroken("service.day_to_come", words)
    activity = Activity.objects.select_related("series", "site").get(pk=day.activity_id)
    facts = _facts(activity, day)
    if not any(row.came for row in facts.taking):
        words = _(
            "Nobody is on the list of this day. Tick who came, or count them; an activity that was not held is cancelled."
        )
        raise RuleBroken("service.day_with_nobody", words)
    if day.record is None or day.record.state == RecordState.CANCELLED:
        day.record = record_service(by=by, facts=facts, on=on)
        day.save(update_fields=["record"])
    else:
        day.record = correct_service(by=by, record=day.record, facts=_as_it_was(day.record, facts), on=on)
    _who_came(activity, day)
    _held(by, activity)
    happened("service.activity.day_written", activity, by_id=by.id, day=day.pk, record=day.record.pk)
    return day.record


def _facts(activity: Activity, day: ActivityDay) -> ServiceFacts:
    return ServiceFacts(
        method=Method.ACTIVITY,
        service_date=day.on,
        service_line=activity.service_line,
        site=activity.site,
        series=activity.series,
        title=activity.name,
        starts_at=day.starts_at,
        ends_at=day.ends_at,
        place_text=day.place_text,
        projects=list(activity.projects.all()),
        taking=_taking(activity, day),
        helping=helping_on(day),
    )


def _taking(activity: Activity, day: ActivityDay) -> list[Taking]:
    """Everyone once: whoever is known by name, whoever is not by what they are called, the rest as a number."""
    there: dict[int | str, Taking] = {}
    for row in day.sign_ins.select_related("sign_up"):
        person = row.person_id or (row.sign_up.person_id if row.sign_up else None)
        label = row.sign_up.label if row.sign_up else row.label
        there.setdefault(person or label, _one(person, label, came=True))
    for missing in activity.sign_ups.filter(state__in=[SignUpState.REGISTERED, SignUpState.NO_SHOW]):
        there.setdefault(missing.person_id or missing.label, _one(missing.person_id, missing.label, came=False))
    counted = [Taking(mode=COUNTED, count=day.counted)] if day.counted else []
    return [*there.values(), *counted]


def _one(person: int | None, label: str, *, came: bool) -> Taking:
    if person is not None:
        return Taking(mode=NAMED, person=person, came=came)
    return Taking(mode=LISTED, label=label, came=came)


def _as_it_was(record: ServiceRecord, facts: ServiceFacts) -> ServiceFacts:
    """What colleagues wrote on the record beside the list stays on it."""
    return replace(
        facts,
        service_line=record.service_line,
        note=record.note,
        own_words=record.own_words,
        next_step=record.next_step,
        next_on=record.next_on,
        projects=list(record.projects.all()),
        staff=list(record.staff.all()),
    )


def _who_came(activity: Activity, day: ActivityDay) -> None:
    came = SignUp.objects.filter(activity=activity, sign_ins__day__activity=activity)
    came.exclude(state=SignUpState.CANCELLED).update(state=SignUpState.CAME)


def _held(by: Actor, activity: Activity) -> None:
    """As many days as were planned are written: whoever has a place and was never there did not come."""
    written = activity.days.filter(record__state=RecordState.RECORDED).count()
    if written < activity.session_total:
        return
    activity.sign_ups.filter(state=SignUpState.REGISTERED).update(state=SignUpState.NO_SHOW)
    if activity.state in {ActivityState.APPROVED, ActivityState.OPEN}:
        activity.state = ActivityState.HELD
        activity.save(update_fields=["state"])
        happened("service.activity.held", activity, by_id=by.id)
