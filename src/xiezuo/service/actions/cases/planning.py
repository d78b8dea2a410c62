"""Looking at what there is and agreeing what to do: assessment (CAS-7, DAT-6) and plan (CAS-2)."""

import uuid
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.common.walls import opened
from xiezuo.forms.vocab import SubmissionState
from xiezuo.orgs.access import Actor
from xiezuo.service.actions.cases.alone import looked_at_again
from xiezuo.service.actions.cases.fitting import attach, case_of
from xiezuo.service.actions.cases.moving import move, must_go
from xiezuo.service.actions.form_facts import Filling
from xiezuo.service.actions.sequels import Answers, Sequel
from xiezuo.service.cases.course import Act, after
from xiezuo.service.cases.gates import first_visit_due, plan_missing, refuses
from xiezuo.service.models import Case, FilledForm, Goal
from xiezuo.service.vocab import RiskLevel

CLOSING = "closing"
KEEPS = "the goals of a plan that was agreed to are written down"


# ── assessment ──


def _act_of(answers: Answers) -> Act:
    return Act.EVALUATE if answers.get("kind") == CLOSING else Act.ASSESS


def _check_assessment(by: Actor, filling: Filling, on: date) -> None:
    case = case_of(by, filling, _act_of(filling.answers))
    if case is None:
        return
    must_go(_act_of(filling.answers), case)
    if not tidy(str(filling.answers.get("risk_reason") or "")) or filling.answers.get("risk_level") not in RiskLevel:
        words = _("Say how high you think the risk is, and why. No score sets it for you.")
        raise RuleBroken("service.risk_reason", words, field="risk_reason", rule="DAT-6")


def _assessed(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    case = attach(by, filled, filling, _act_of(filling.answers))
    if case is not None:
        move(by, case, _act_of(filling.answers), on, form=filled, **_risk(case, filling.answers))


def _assessment_corrected(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    """The level counts of the latest assessment alone."""
    case = filled.case
    if case is None or case.forms.filter(submission__form="assessment", pk__gt=filled.pk).exists():
        return
    for name, value in _risk(case, filling.answers).items():
        setattr(case, name, value)
    case.save()


def _risk(case: Case, answers: Answers) -> dict[str, Any]:
    """What changes with the level a person set; until when the first visit follows, as long as there was none."""
    level = str(answers.get("risk_level") or "")
    if not level or level == case.risk_level:
        return {}
    told: dict[str, Any] = {"risk_level": level, "risk_set_at": now()}
    if case.first_visit_on is None and _act_of(answers) == Act.ASSESS:
        told["first_visit_due_at"] = first_visit_due(level, told["risk_set_at"])
    return told


# ── plan ──


def _check_plan(by: Actor, filling: Filling, on: date) -> None:
    case = case_of(by, filling, Act.PLAN)
    if case is None:
        return
    must_go(Act.PLAN, case)
    if any(date.fromisoformat(row["due_on"]) < on for row in _goals(filling.answers) if row.get("due_on")):
        raise RuleBroken("service.goal_due", _("A goal of the plan is due on a day that has passed."), field="goals")


def _planned(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    """Kept, signed or not; it moves the case once a supervisor agrees."""
    attach(by, filled, filling, Act.PLAN)


def _check_agreed(by: Actor, filled: FilledForm, decision: str, answers: Answers, on: date) -> None:
    case = filled.case
    if case is None or decision != SubmissionState.APPROVED or after(Act.PLAN, case.state) is None:
        return
    missing = plan_missing(answers, case.person, on)
    if missing and refuses("CAS-2"):
        words = _("This plan cannot begin yet; it is kept, and %(case)s stays at “%(state)s”. Missing: %(missing)s.")
        told = {"case": case, "state": case.get_state_display(), "missing": "; ".join(missing)}
        raise RuleBroken("service.plan_missing", words % told, field="decision", rule="CAS-2")


def _agreed(by: Actor, filled: FilledForm, decision: str, answers: Answers, on: date) -> None:
    case = filled.case
    if case is None or decision != SubmissionState.APPROVED or after(Act.PLAN, case.state) is None:
        return
    review = answers.get("review_on")
    move(by, case, Act.PLAN, on, form=filled, next_review_on=date.fromisoformat(review) if review else None)
    _set_goals(by, case, filled, answers, on)
    looked_at_again(by, filled, on)


def _goals(answers: Answers) -> list[dict[str, Any]]:
    return [row for row in answers.get("goals") or () if str(row.get("text") or "").strip()]


def _set_goals(by: Actor, case: Case, filled: FilledForm, answers: Answers, on: date) -> None:
    """The goals of the case are those of its latest plan: one said in the same words goes on with its scores."""
    with opened("service.Goal", "service.GoalScore", why=KEEPS):
        before = {str(goal.text): goal for goal in Goal.objects.filter(case=case, ended_on=None)}
        rows = {str(row["text"]).strip(): row for row in _goals(answers)}
        for text, goal in before.items():
            if text not in rows:
                goal.ended_on = max(on, goal.set_on)
                goal.save(update_fields=["ended_on"])
        for text, row in rows.items():
            if text not in before:
                _set_goal(by, case, filled, row, on)


def _set_goal(by: Actor, case: Case, filled: FilledForm, row: dict[str, Any], on: date) -> None:
    set_on = filled.submission.service_date or on
    due = date.fromisoformat(row["due_on"]) if row.get("due_on") else None
    goal = Goal.objects.create(
        key=uuid.uuid4(),
        person=case.person,
        case=case,
        text=str(row["text"]).strip(),
        measured_by=tidy(str(row.get("measure") or "")),
        baseline=tidy(str(row.get("baseline") or "")),
        set_on=set_on,
        due_on=max(due, set_on) if due else None,
        set_by=filled.submission.author,
    )
    happened("service.goal.set", goal, by_id=by.id, person=case.person_id)


ASSESSMENT = Sequel(check=_check_assessment, submitted=_assessed, corrected=_assessment_corrected)
PLAN = Sequel(check=_check_plan, submitted=_planned, check_decision=_check_agreed, decided=_agreed)
