"""Group work: a plan becomes a group, a group finds its members, meets between its days, and ends with a report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import says_a_name, tidy, tidy_name
from xiezuo.orgs.access import Actor, colleagues_for
from xiezuo.orgs.models import Site, User
from xiezuo.people.access import must_work_with
from xiezuo.people.actions import sites_now_serve
from xiezuo.people.models import Person
from xiezuo.service.access import group_for, must_run_group, must_work_at
from xiezuo.service.actions.nicknames import link_nickname
from xiezuo.service.models import FilledForm, Group, GroupMember, Participation, Series
from xiezuo.service.vocab import GroupState, ParticipationMode, SeriesKind

BEFORE_MEETING = (GroupState.APPROVED, GroupState.RECRUITING, GroupState.RUNNING)


def new_series(kind: SeriesKind, name: str, site: Site | None) -> Series:
    """A series of its own (CNT-1); where another of the site has the name, a number tells them apart."""
    name, n = name[:110], 1
    while Series.objects.filter(kind=kind, name=name if n == 1 else f"{name} ({n})", site=site).exists():
        n += 1
    return Series.objects.create(kind=kind, name=name if n == 1 else f"{name} ({n})", site=site)


def _planned(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": tidy(str(answers["name"]))[:120],
        "group_type": str(answers["group_type"]),
        "for_whom": tidy(str(answers["for_whom"]))[:200],
        "size": answers["size"],
        "session_total": answers["session_total"],
        "minutes_each": answers["minutes_each"],
    }


def plan_group(by: Actor, plan: FilledForm, answers: Mapping[str, Any], on: date) -> Group:
    """What follows on a plan (F30): the group it is about. Part of the transaction that submits the form."""
    told = _planned(answers)
    series = new_series(SeriesKind.GROUP, told["name"], plan.site)
    group = Group.objects.create(series=series, plan=plan, site=plan.site, planned_on=on, **told)
    group.leaders.add(by.user)
    plan.group = group
    plan.save(update_fields=["group"])
    happened("service.group.planned", group, by_id=by.id, form=plan.pk)
    return group


def replan_group(by: Actor, group: Group, answers: Mapping[str, Any]) -> None:
    """The plan was corrected: until the group looks for members it waits for a supervisor again."""
    for name, value in _planned(answers).items():
        setattr(group, name, value)
    if group.state == GroupState.APPROVED:
        group.state = GroupState.PLANNED
    group.save()
    happened("service.group.replanned", group, by_id=by.id)


def decide_group(by: Actor, group: Group, decision: str) -> None:
    """A supervisor agreed to the plan. Whoever returns it leaves the group where it is."""
    if decision == "approved" and group.state == GroupState.PLANNED:
        _moved(by, group, GroupState.APPROVED)


def _moved(by: Actor, group: Group, state: GroupState, **more: Any) -> None:
    group.state = state
    for name, value in more.items():
        setattr(group, name, value)
    group.save()
    happened("service.group.moved", group, by_id=by.id, state=state)


@dataclass(kw_only=True)
class Arrangement:
    """Between which days a group meets, and who leads it."""

    first_on: date | None
    last_on: date | None
    leaders: Iterable[User] = ()


@transaction.atomic
def arrange_group(*, by: Actor, group: Group, told: Arrangement) -> Group:
    """Days and leaders of a group that was agreed to; from then on it looks for members. Raises RuleBroken for a group
    nobody agreed to yet, for days in the wrong order, and for days that leave out a session that was held."""
    group = Group.objects.select_for_update(of=("self",)).get(pk=group_for(by, group.pk).pk)
    must_run_group(by, group)
    if group.state not in BEFORE_MEETING:
        words = _(
            "A group looks for members once a supervisor has agreed to its plan, and until its report is written."
        )
        raise RuleBroken("service.group_not_agreed", words)
    _check_days(group, told)
    leaders = list(colleagues_for(by).filter(pk__in=[user.pk for user in told.leaders]))
    if not leaders:
        raise RuleBroken(
            "service.group_without_leader", _("Choose at least one colleague who leads it."), field="leaders"
        )
    group.leaders.set(leaders)
    group.first_on, group.last_on = told.first_on, told.last_on
    if group.state == GroupState.APPROVED:
        group.state = GroupState.RECRUITING
    group.save()
    happened("service.group.arranged", group, by_id=by.id, leaders=[user.pk for user in leaders])
    return group


def _check_days(group: Group, told: Arrangement) -> None:
    if told.first_on is None or told.last_on is None:
        raise RuleBroken("service.group_days_missing", _("Choose the first and the last day."), field="first_on")
    if told.last_on < told.first_on:
        words = _("The last day lies before the first. Choose a later one.")
        raise RuleBroken("service.group_days_turned", words, field="last_on")
    days = group.series.service_records.filter(state="recorded").values_list("service_date", flat=True)
    out = next((day for day in days if day and not told.first_on <= day <= told.last_on), None)
    if out is not None:
        words = _("A session was held on %(day)s, which would lie outside these days. Choose days that include it.")
        raise RuleBroken("service.group_days_leave_out", words % {"day": out.isoformat()}, field="first_on")


@transaction.atomic
def add_member(*, by: Actor, group: Group, on: date, person: Person | None = None, nickname: str = "") -> GroupMember:
    """Someone joins, by name or by what they are called as long as nobody knows more. Coming back opens the row of before.

    A group that was agreed to and has no days yet begins to look for members with the first.
    """
    group = Group.objects.select_for_update(of=("self",)).get(pk=group_for(by, group.pk).pk)
    must_run_group(by, group)
    if group.state not in BEFORE_MEETING:
        words = _("Nobody joins before a supervisor has agreed to the plan, nor once the report is written.")
        raise RuleBroken("service.group_takes_nobody", words)
    member, _new = join(by, group, on, person, nickname)
    if group.state == GroupState.APPROVED:
        _moved(by, group, GroupState.RECRUITING)
    return member


def join(by: Actor, group: Group, on: date, person: Person | None, nickname: str) -> tuple[GroupMember, bool]:
    """The row of a member, and whether they are new or came back. Part of the transaction of an action."""
    label = tidy_name(nickname)[:60]
    if person is not None:
        must_work_with(by, person)
        found = group.members.filter(person=person).first()
    else:
        if not says_a_name(label):
            raise RuleBroken("service.member_without_name", _("Write what they are called."), field="q")
        found = group.members.filter(person__isnull=True, label=label).first()
    if found is not None and found.left_on is None:
        return found, False
    if found is not None:
        found.left_on, found.left_why = None, ""
        found.save()
    else:
        found = GroupMember.objects.create(group=group, person=person, label="" if person else label, joined_on=on)
    if person is not None and group.site is not None:
        sites_now_serve(people=[person.pk], site=group.site, on=on)
    happened("service.group.joined", group, by_id=by.id, member=found.pk)
    return found, True


@transaction.atomic
def leave_group(*, by: Actor, member: GroupMember, on: date, why: str = "") -> GroupMember:
    """A member does not come any more; the sessions at which they were stay theirs."""
    must_run_group(by, member.group)
    if member.left_on is None:
        member.left_on, member.left_why = max(on, member.joined_on), tidy(why)[:200]
        member.save()
        happened("service.group.left", member.group, by_id=by.id, member=member.pk)
    return member


@transaction.atomic
def know_member(*, by: Actor, member: GroupMember, person: Person, agreed: bool, on: date) -> GroupMember:
    """A nickname in a group turns out to be a person, who says yes to being named: sessions under it become theirs."""
    must_run_group(by, member.group)
    if member.person_id is not None:
        raise RuleBroken("service.member_known", _("This member is known already."))
    must_work_with(by, person)
    entry = Participation.objects.filter(
        record__series=member.group.series_id, mode=ParticipationMode.LISTED, label=member.label
    ).first()
    if entry is not None:
        link_nickname(by=by, entry=entry, person=person, agreed=agreed, on=on)
    elif not agreed:
        words = _("Ask them first: their name is written here only when they say yes.")
        raise RuleBroken("service.nickname_needs_a_yes", words, field="agreed")
    other = member.group.members.filter(person=person).first()
    if other is not None:
        other.joined_on = min(other.joined_on, member.joined_on)
        other.save()
        member.delete()
        member = other
    else:
        member.person = person
        member.save()
    happened("service.group.member_known", member.group, by_id=by.id, member=member.pk)
    return member


def plan_site(by: Actor, site: Site | None) -> None:
    """Raises NotAllowed where the actor does not work at the site of what they plan."""
    must_work_at(by, site.pk if site else None)
