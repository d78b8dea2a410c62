"""A session of a group (F31) and its report (F32): what follows on the forms."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy_name
from xiezuo.orgs.access import Actor
from xiezuo.people.models import Person
from xiezuo.service.access import must_run_group
from xiezuo.service.actions.facts import ServiceFacts, Taking
from xiezuo.service.actions.form_facts import Filling
from xiezuo.service.actions.grouping import decide_group, join, plan_group, plan_site, replan_group
from xiezuo.service.actions.sequels import Sequel, tell_sequel
from xiezuo.service.attendance import attendance_of, sessions_of, was_member
from xiezuo.service.models import FilledForm, Group, GroupSession
from xiezuo.service.vocab import GroupState, ParticipationMode

NAMED, LISTED = ParticipationMode.NAMED, ParticipationMode.LISTED
MEETS = (GroupState.RECRUITING, GroupState.RUNNING)
Answers = Mapping[str, Any]


# ── the plan ──


def _check_plan(by: Actor, filling: Filling, on: date) -> None:
    plan_site(by, filling.site)


def _planned(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    plan_group(by, filled, filling.answers, on)


def _replanned(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    group = Group.objects.filter(plan=filled).first()
    if group is not None:
        replan_group(by, group, filling.answers)


def _plan_decided(by: Actor, filled: FilledForm, decision: str, answers: Answers, on: date) -> None:
    group = Group.objects.filter(plan=filled).first()
    if group is not None:
        decide_group(by, group, decision)


# ── a session ──


def _check_session(by: Actor, filling: Filling, on: date) -> None:
    group = filling.group
    if group is None:
        return
    must_run_group(by, group)
    if group.state not in MEETS:
        words = gettext_lazy(
            "A session is written while the group looks for members or meets. Its state is now: %(state)s. What you typed "
            "is kept."
        )
        raise RuleBroken("service.group_does_not_meet", words % {"state": group.get_state_display()})
    _must_be_new(group, filling.answers["no"], None)


def _must_be_new(group: Group, no: int, form: FilledForm | None) -> None:
    taken = next((row for row in sessions_of(group) if row.no == no and row.form_id != (form.pk if form else 0)), None)
    if taken is not None and taken.form.record is not None:
        day = taken.form.record.service_date
        words = gettext_lazy(
            "Session %(no)s was written down already, for %(day)s. Give this one another number; what you typed is kept."
        )
        raise RuleBroken("service.session_number_taken", words % {"no": no, "day": day}, field="no")


def _session_facts(by: Actor, filling: Filling, facts: ServiceFacts, on: date) -> ServiceFacts:
    """The record stands in the series of the group; members who are not on it were missing."""
    group = filling.group
    if group is None:
        return facts
    day = facts.service_date or on
    if group.first_on is None or group.last_on is None:
        words = gettext_lazy("Say first between which days the group meets, on its page. What you typed is kept.")
        raise RuleBroken("service.group_days_missing", words, field="service_date")
    if not group.first_on <= day <= group.last_on:
        words = gettext_lazy(
            "This day lies outside the days of the group, %(first)s to %(last)s. Correct the day here, or the days on the "
            "page of the group. What you typed is kept."
        )
        told = {"first": group.first_on.isoformat(), "last": group.last_on.isoformat()}
        raise RuleBroken("service.session_outside_group", words % told, field="service_date")
    return replace(facts, series=group.series, site=facts.site or group.site, taking=_with_missing(group, facts, day))


def _with_missing(group: Group, facts: ServiceFacts, day: date) -> list[Taking]:
    taking = list(facts.taking)
    people = {row.person for row in taking if row.person}
    labels = {tidy_name(row.label) for row in taking if row.label}
    for member in group.members.all():
        if not was_member(member, day):
            continue
        if member.person_id and member.person_id not in people:
            taking.append(Taking(mode=NAMED, person=member.person_id, came=False))
        elif not member.person_id and member.label not in labels:
            taking.append(Taking(mode=LISTED, label=member.label, came=False))
    return taking


def _session_written(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    group = filling.group
    if group is None:
        return
    _note_session(group, filled, filling.answers)
    _late_joiners(by, group, filled)
    if group.state == GroupState.RECRUITING:
        group.state = GroupState.RUNNING
        group.save(update_fields=["state"])
    happened("service.group.met", group, by_id=by.id, form=filled.pk)


def _note_session(group: Group, filled: FilledForm, answers: Answers) -> None:
    _must_be_new(group, answers["no"], filled)
    told = {"no": answers["no"], "stage": answers["stage"]}
    GroupSession.objects.update_or_create(form=filled, defaults={"group": group, **told})


def _late_joiners(by: Actor, group: Group, filled: FilledForm) -> None:
    """Whoever came and was no member yet joins from that day on."""
    record = filled.record
    if record is None or record.service_date is None:
        return
    for row in record.participations.filter(came=True, mode__in=[NAMED, LISTED]).select_related("person"):
        person: Person | None = row.person
        known = group.members.filter(person=person) if person else group.members.filter(label=row.label)
        if not any(was_member(member, record.service_date) for member in known):
            join(by, group, record.service_date, person, row.label)


def _session_corrected(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    if filling.group is not None:
        _note_session(filling.group, filled, filling.answers)
        _late_joiners(by, filling.group, filled)


# ── the report ──


def _check_report(by: Actor, filling: Filling, on: date) -> None:
    group = filling.group
    if group is None:
        return
    must_run_group(by, group)
    if group.state not in {GroupState.RUNNING, GroupState.REPORTING}:
        words = gettext_lazy("A report is written once the group has met, and once only. What you typed is kept.")
        raise RuleBroken("service.group_has_not_met", words)


def _reported(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    if filling.group is not None:
        filling.group.state = GroupState.REPORTING
        filling.group.save(update_fields=["state"])
        happened("service.group.reported", filling.group, by_id=by.id, form=filled.pk)


def _report_decided(by: Actor, filled: FilledForm, decision: str, answers: Answers, on: date) -> None:
    group = filled.group
    if group is not None and decision == "approved" and group.state == GroupState.REPORTING:
        group.state, group.closed_on = GroupState.CLOSED, on
        group.save(update_fields=["state", "closed_on"])
        happened("service.group.closed", group, by_id=by.id, form=filled.pk)


def _report_corrected(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    """It waits for a supervisor again, and the group with it."""
    group = filled.group
    if group is not None and group.state == GroupState.CLOSED:
        group.state, group.closed_on = GroupState.REPORTING, None
        group.save(update_fields=["state", "closed_on"])


def _report_figures(filling: Filling) -> dict[str, Any]:
    return {"attendance": attendance_words(filling.group)} if filling.group is not None else {}


def attendance_words(group: Group) -> str:
    """Sessions, person-times and how many came at a time, in one line."""
    found = attendance_of(group)
    n = len(found.meetings)
    expected = sum(line.expected for line in found.lines)
    words = _("%(held)s of %(planned)s sessions, %(members)s members, %(times)s person-times, %(mean)s at a time")
    told = {
        "held": n,
        "planned": group.session_total,
        "members": len(found.lines),
        "times": found.person_times,
        "mean": f"{found.person_times / n:.1f}" if n else "0",
    }
    share = sum(line.came for line in found.lines)
    return words % told + (f" ({share}/{expected}, {round(100 * share / expected)}%)" if expected else "")


def tell() -> None:
    tell_sequel("group", Sequel(check=_check_plan, submitted=_planned, corrected=_replanned, decided=_plan_decided))
    tell_sequel(
        "group_session",
        Sequel(check=_check_session, facts=_session_facts, submitted=_session_written, corrected=_session_corrected),
    )
    tell_sequel(
        "group_report",
        Sequel(
            check=_check_report,
            submitted=_reported,
            corrected=_report_corrected,
            decided=_report_decided,
            figures=_report_figures,
        ),
    )
