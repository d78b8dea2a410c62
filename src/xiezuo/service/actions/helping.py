"""Who helps on a day of an activity: named before it, there with one tap on it. The hours go with the day's record."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.forms.rules import rule
from xiezuo.forms.vocab import RuleAct
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_work_with
from xiezuo.people.models import Person
from xiezuo.people.sections import is_minor
from xiezuo.service.access import must_work_at
from xiezuo.service.actions.facts import DAY_MINUTES, Helping, minutes_between
from xiezuo.service.actions.signing_in import open_day
from xiezuo.service.models import ActivityDay, DayHelper, ServiceRecord
from xiezuo.service.vocab import RecordState


@transaction.atomic
def name_helper(*, by: Actor, day: ActivityDay, person: Person, came: bool = False) -> DayHelper:
    """Someone helps on this day, or is there already. Raises RuleBroken for a child where someone could be hurt (VOL-11)."""
    must_work_at(by, day.activity.site_id)
    must_work_with(by, person)
    day = open_day(day)
    dangerous = day.activity.personal_danger and rule("VOL-11").act == RuleAct.REFUSE
    if dangerous and is_minor(person, day.on):
        words = _("Someone could be hurt at this activity: whoever is not of age does not help with it.")
        raise RuleBroken("VOL-11", words)
    helper, new = DayHelper.objects.get_or_create(day=day, person=person, defaults={"came": came})
    if new:
        happened("service.helper.named", day.activity, by_id=by.id, day=day.pk, helper=helper.pk)
    return helper if new or not came else _is_here(by, helper, came)


@transaction.atomic
def helper_is_here(*, by: Actor, helper: DayHelper, came: bool) -> DayHelper:
    """One tap: they are there, or it was a slip."""
    must_work_at(by, helper.day.activity.site_id)
    open_day(helper.day)
    return _is_here(by, helper, came)


def _is_here(by: Actor, helper: DayHelper, came: bool) -> DayHelper:
    if helper.came != came:
        helper.came = came
        helper.save(update_fields=["came"])
        happened(
            "service.helper.came", helper.day.activity, by_id=by.id, day=helper.day_id, helper=helper.pk, came=came
        )
    return helper


@transaction.atomic
def note_helper_minutes(*, by: Actor, helper: DayHelper, minutes: int | None) -> DayHelper:
    """They gave so many minutes; None: as long as the day lasted. Raises RuleBroken for more than a day has."""
    must_work_at(by, helper.day.activity.site_id)
    open_day(helper.day)
    if minutes is not None and not 0 < minutes <= DAY_MINUTES:
        raise RuleBroken(
            "service.minutes_of_helper", _("Write the minutes of one day: from 1 to 1440."), field="minutes"
        )
    helper.minutes = minutes
    helper.save(update_fields=["minutes"])
    happened("service.helper.minutes", helper.day.activity, by_id=by.id, day=helper.day_id, helper=helper.pk)
    return helper


@transaction.atomic
def drop_helper(*, by: Actor, helper: DayHelper) -> None:
    """They do not help after all. Once the day is written they stay as one who did not come, so that they leave its record."""
    must_work_at(by, helper.day.activity.site_id)
    day = open_day(helper.day)
    if _written(day) is not None:
        _is_here(by, helper, False)
        return
    helper.delete()
    happened("service.helper.dropped", day.activity, by_id=by.id, day=day.pk)


def _written(day: ActivityDay) -> ServiceRecord | None:
    record = day.record
    return record if record is not None and record.state == RecordState.RECORDED else None


def lasted(day: ActivityDay) -> int | None:
    """Minutes from its beginning to its end; None where either is open."""
    return minutes_between(day.starts_at, day.ends_at)


def helping_on(day: ActivityDay) -> list[Helping]:
    """Who helped, as the day's record has it: those who were there, and whoever colleagues wrote on the record beside them.
    Minutes written on the record hold until other ones are noted for the day."""
    marked = {helper.person_id: helper for helper in day.helpers.all()}
    record = _written(day)
    on_record = list(record.volunteer_parts.all()) if record else []
    written = {part.person_id: part.minutes for part in on_record if part.person_id is not None}
    there = [
        Helping(person=pk, minutes=helper.minutes or written.get(pk) or lasted(day))
        for pk, helper in marked.items()
        if helper.came
    ]
    beside = [part for part in on_record if part.person_id not in marked]
    return there + [
        Helping(person=part.person_id, label=part.label, count=part.count, minutes=part.minutes) for part in beside
    ]
