"""What the page of one case tells: its way, the plan and goals, the timeline, what is missing, what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch

from xiezuo.common.days import local
from xiezuo.common.walls import opened
from xiezuo.forms.models import Submission
from xiezuo.forms.submitting import answers_in
from xiezuo.forms.vocab import SubmissionState
from xiezuo.orgs.access import Actor
from xiezuo.people.consents import Standing, standings
from xiezuo.people.models import Task
from xiezuo.people.todo import tasks_about
from xiezuo.people.vocab import ConsentPurpose, Section
from xiezuo.service.access import open_among
from xiezuo.service.access.cases import case_with_sections
from xiezuo.service.access.filled import BESIDE
from xiezuo.service.cases.gates import hours_to_write, note_is_late
from xiezuo.service.measuring import GoalTold
from xiezuo.service.models import (
    Case,
    CaseHandover,
    CaseStep,
    ConferenceCase,
    FilledForm,
    FollowUp,
    Goal,
    GoalScore,
)

OF_THE_CASE = "the case is open to whoever asks"
TABLES = (
    *("forms.Submission", "service.CaseStep", "service.CaseHandover", "service.ConferenceCase"),
    *("service.Goal", "service.GoalScore"),
)
MOST = 300  # forms of one case that its page shows
NOTE, PLAN, ASSESSMENT, REVIEW = "contact_note", "plan", "assessment", "review"


@dataclass
class Entry:
    """One line of the timeline: a form, a step, a hand-over or what a conference decided."""

    on: date
    form: FilledForm | None = None
    late: bool = False
    step: CaseStep | None = None
    hand_over: CaseHandover | None = None
    conference: ConferenceCase | None = None
    steps: list[CaseStep] = field(default_factory=list)

    @property
    def rank(self) -> tuple[date, int]:
        return self.on, self.form.pk if self.form else 0


@dataclass
class CaseTold:
    """`forms`: those the actor may read, the latest first. `plan` and `assessment`: the answers of the latest of each.
    `is_open`: the case part of the file is; whoever took the case in and is not named yet sees this case alone."""

    case: Case
    forms: list[FilledForm]
    hidden: int
    entries: list[Entry]
    suspended: CaseStep | None
    goals: list[GoalTold]
    tasks: list[Task]
    follow_ups: list[FollowUp]
    consents: list[Standing]
    plan: dict[str, Any] = field(default_factory=dict)
    plan_form: FilledForm | None = None
    assessment: dict[str, Any] = field(default_factory=dict)
    review: dict[str, Any] = field(default_factory=dict)
    reopened_as: Case | None = None
    is_open: bool = True

    def latest(self, form: str, state: SubmissionState | None = None) -> FilledForm | None:
        """The latest form of a kind, in a state where one is named."""
        found = (one for one in self.forms if one.submission.form == form)
        return next((one for one in found if state is None or one.submission.state == state), None)

    @property
    def plan_agreed(self) -> bool:
        return self.plan_form is not None and self.plan_form.submission.state == SubmissionState.APPROVED

    @property
    def next_follow_up(self) -> FollowUp | None:
        return next((one for one in self.follow_ups if one.done_on is None), None)

    @property
    def late(self) -> int:
        return sum(entry.late for entry in self.entries)


def case_told(actor: Actor, pk: int, on: date) -> CaseTold:
    """Everything of one case, in a fixed number of queries. Raises NotAllowed and SectionClosed as `case_for`."""
    case, sections = case_with_sections(actor, pk)
    is_open = Section.CASE in sections
    with opened(*TABLES, why=OF_THE_CASE):
        found = _forms(case)
        steps = list(CaseStep.objects.filter(case=case).select_related("by"))
        handed = list(CaseHandover.objects.filter(case=case).select_related("before", "after", "by"))
        talked = list(ConferenceCase.objects.filter(case=case).select_related("conference"))
        goals = _goals(case)
        forms = _open(actor, case, found, is_open=is_open)
        answers = _answers(_latest(forms))
    asked = standings([case.person], [ConsentPurpose.SERVICE, ConsentPurpose.SHARE_ORG] if is_open else [], on)
    plan = next((one for one in forms if one.submission.form == PLAN), None)
    return CaseTold(
        case=case,
        forms=forms,
        hidden=len(found) - len(forms),
        entries=_entries(forms, steps, handed, talked),
        suspended=next((step for step in reversed(steps) if step.state == "suspended"), None),
        goals=goals if is_open else [],
        tasks=tasks_about(actor, case.person, sections) if is_open else [],
        follow_ups=list(FollowUp.objects.filter(case=case)),
        consents=asked[case.person_id],
        plan=answers.get(PLAN, {}),
        plan_form=plan,
        assessment=answers.get(ASSESSMENT, {}),
        review=answers.get(REVIEW, {}),
        reopened_as=Case.objects.filter(previous_case=case).first(),
        is_open=is_open,
    )


def _forms(case: Case) -> list[FilledForm]:
    rows = FilledForm.objects.filter(case=case).select_related(*BESIDE).defer("submission__answers")
    return list(rows.order_by("-submission__service_date", "-id")[:MOST])


def _open(actor: Actor, case: Case, forms: list[FilledForm], *, is_open: bool) -> list[FilledForm]:
    """Those of the forms that the actor may read: of the case part of this person it is known; others are asked about."""
    other = [one for one in forms if not is_open or one.person_id != case.person_id or one.section != Section.CASE]
    asked = {one.pk for one in open_among(actor, other)} if other else set()
    closed = {one.pk for one in other} - asked
    return [one for one in forms if one.pk not in closed]


def _goals(case: Case) -> list[GoalTold]:
    rows = Goal.objects.filter(case=case).prefetch_related(Prefetch("scores", GoalScore.objects.order_by("on")))
    told = [GoalTold(row, [*row.scores.all()]) for row in rows]
    return sorted(told, key=lambda goal: goal.row.ended_on is not None)


def _latest(forms: Iterable[FilledForm]) -> dict[int, str]:
    """Submission id → kind of the latest form of each kind of which the page quotes the answers."""
    found: dict[str, int] = {}
    for one in forms:
        if one.submission.form in {PLAN, ASSESSMENT, REVIEW}:
            found.setdefault(one.submission.form, one.submission_id)
    return {pk: kind for kind, pk in found.items()}


def _answers(wanted: dict[int, str]) -> dict[str, dict[str, Any]]:
    if not wanted:
        return {}
    rows = Submission.objects.filter(pk__in=wanted).values_list("pk", "answers")
    return {wanted[pk]: answers_in(answers) for pk, answers in rows}


def _entries(
    forms: list[FilledForm], steps: list[CaseStep], handed: list[CaseHandover], talked: list[ConferenceCase]
) -> list[Entry]:
    """The latest first; a step stands with the form that brought it about."""
    by_form: dict[int, list[CaseStep]] = {}
    for step in steps:
        if step.form_id:
            by_form.setdefault(step.form_id, []).append(step)
    shown = {form.pk for form in forms}
    notes = {form.pk: form.record for form in forms if form.submission.form == NOTE and form.record is not None}
    hours = hours_to_write(record.service_date for record in notes.values())
    entries = [
        Entry(
            on=form.submission.service_date or local(form.submission.changed_at).date(),
            form=form,
            late=form.pk in notes and note_is_late(notes[form.pk], hours),
            steps=by_form.get(form.pk, []),
        )
        for form in forms
    ]
    entries += [Entry(on=step.on, step=step) for step in steps if step.form_id not in shown]
    entries += [Entry(on=row.on, hand_over=row) for row in handed]
    entries += [Entry(on=row.conference.on, conference=row) for row in talked]
    return sorted(entries, key=lambda entry: entry.rank, reverse=True)
