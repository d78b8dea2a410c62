"""Rights at work: writing a matter down, what interrupted it, and ending it. Its limit is watched by steps of a timeline."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_work_with
from xiezuo.people.actions import TaskFacts, begin_timeline, stop_timeline, write_task
from xiezuo.people.models import Person
from xiezuo.people.vocab import Section
from xiezuo.service.labour.limits import DECISION
from xiezuo.service.labour.seeing import MATTERS, OF_THE_CASE, Told, alarm_of, told_of
from xiezuo.service.models import LabourInterruption, LabourMatter
from xiezuo.service.vocab import InterruptionKind, LabourKind

FIRST_DAY = date(1950, 1, 1)
PLANS = {DECISION: "legal_aid"}  # of other limits: labour_limit


@dataclass(frozen=True, kw_only=True)
class MatterFacts:
    """`happened_on`: the day from which the law counts; none is needed while someone is still employed."""

    kind: LabourKind
    happened_on: date | None = None
    migrant_worker: bool = False
    work_injury: bool = False
    words: str = ""


def _check_day(day: date, on: date, field: str) -> None:
    if not FIRST_DAY <= day <= on:
        words = gettext_lazy("Write a day that has been: the law counts from what happened.")
        raise RuleBroken("service.labour_day", words, field=field)


@transaction.atomic
def write_matter(
    *, by: Actor, person: Person, facts: MatterFacts, on: date, key: uuid.UUID | None = None
) -> LabourMatter:
    """Write down what happened at work; from now on its limit is watched. The same `key` again is the same matter."""
    must_work_with(by, person, section=Section.CASE)
    needs_day = facts.kind != LabourKind.EMPLOYED
    if needs_day and facts.happened_on is None:
        words = gettext_lazy("Write the day: the law counts from it.")
        raise RuleBroken("service.labour_day_missing", words, field="happened_on")
    if needs_day and facts.happened_on is not None:
        _check_day(facts.happened_on, on, "happened_on")
    with opened(*MATTERS, why=OF_THE_CASE):
        before = LabourMatter.objects.filter(key=key, person=person).first() if key else None
        if before is not None:
            return before
        matter = LabourMatter.objects.create(
            key=key or uuid.uuid4(),
            person=person,
            kind=facts.kind,
            happened_on=facts.happened_on if needs_day else None,
            migrant_worker=facts.migrant_worker,
            work_injury=facts.work_injury,
            words=facts.words.strip(),
            written_by=by.user,
        )
        told = told_of(matter)
    happened("service.labour.written", matter, by_id=by.id, kind=facts.kind)
    _watch(by, told, on)
    return matter


@transaction.atomic
def interrupt(
    *, by: Actor, matter: LabourMatter, kind: InterruptionKind, day: date, proof: str, on: date
) -> LabourInterruption:
    """A claim, a request or an agreement lets the period begin anew; the alarm moves with it. The proof is named (LAB-3)."""
    matter = _held(by, matter)
    _check_day(day, on, "on")
    if matter.kind in {LabourKind.EMPLOYED, LabourKind.LEGAL_AID}:
        raise RuleBroken("service.labour_nothing_runs", gettext_lazy("No period runs here that could be interrupted."))
    if not proof.strip():
        words = gettext_lazy(
            "Write what proves it: a letter, a receipt, a recording, a witness. Without proof it helps little."
        )
        raise RuleBroken("service.labour_proof", words, field="proof")
    with opened(*MATTERS, why=OF_THE_CASE):
        row = LabourInterruption.objects.create(
            matter=matter, kind=kind, on=day, proof=proof.strip(), written_by=by.user
        )
        told = told_of(matter)
    happened("service.labour.interrupted", matter, by_id=by.id, kind=kind, on=day.isoformat())
    _stop_watching(by, matter, _("The period began anew."), on)
    _watch(by, told, on)
    return row


@transaction.atomic
def end_matter(*, by: Actor, matter: LabourMatter, why: str, on: date) -> LabourMatter:
    """It is settled, brought before the arbitration, or given up by the person themselves; nothing is watched any more."""
    matter = _held(by, matter)
    if not why.strip():
        words = gettext_lazy("Write how it ended: applied for, paid, settled, or not wanted by the person.")
        raise RuleBroken("service.labour_why", words, field="why")
    matter.ended_on, matter.ended_why = on, why.strip()
    with opened(*MATTERS, why=OF_THE_CASE):
        matter.save(update_fields=["ended_on", "ended_why"])
    happened("service.labour.ended", matter, by_id=by.id)
    _stop_watching(by, matter, _("The matter has ended."), on)
    return matter


def _held(by: Actor, matter: LabourMatter) -> LabourMatter:
    must_work_with(by, matter.person, section=Section.CASE)
    with opened(*MATTERS, why=OF_THE_CASE):
        held = LabourMatter.objects.select_for_update(of=("self",)).select_related("person").get(pk=matter.pk)
    if held.ended_on is not None:
        raise RuleBroken("service.labour_is_over", gettext_lazy("This matter has ended already. Nothing changed."))
    return held


def _watch(by: Actor, told: Told, on: date) -> None:
    """Steps before the first limit and on it; where that day has passed, a lawyer looks today."""
    limit, row = told.limits.first, told.row
    if limit is None:
        return
    if limit.has_passed(on):
        title = _("Let a lawyer look at the limit of %(day)s") % {"day": limit.day.isoformat()}
        facts = TaskFacts(title=title, kind="call", due_on=on, whose=by.user, person=row.person, section=Section.CASE)
        write_task(by=by, facts=facts)
        return
    begin_timeline(
        by=by,
        person=row.person,
        code=PLANS.get(limit.code, "labour_limit"),
        anchor_on=limit.day,
        whose=by.user,
        about=(row._meta.label_lower, row.pk),
        on=on,
    )


def _stop_watching(by: Actor, matter: LabourMatter, why: str, on: date) -> None:
    alarm = alarm_of(matter)
    if alarm is not None:
        stop_timeline(by=by, timeline=alarm, why=why, on=on)
