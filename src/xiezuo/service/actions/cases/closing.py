"""Closing a case (CAS-3), looking after someone afterwards, and putting the file away."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.walls import opened
from xiezuo.forms.vocab import SubmissionState
from xiezuo.orgs.access import Actor
from xiezuo.service.access import case_for, must_work_on
from xiezuo.service.actions.cases.alone import looked_at_again
from xiezuo.service.actions.cases.fitting import attach, case_of
from xiezuo.service.actions.cases.moving import move, must_go
from xiezuo.service.actions.form_facts import Filling
from xiezuo.service.actions.sequels import Answers, Sequel
from xiezuo.service.cases.course import Act
from xiezuo.service.cases.gates import closing_missing, refuses
from xiezuo.service.models import Case, FilledForm, FollowUp, Goal
from xiezuo.service.vocab import CaseState


def _must_be_whole(case: Case, answers: Answers) -> None:
    """Raises RuleBroken with everything that is missing, in one list."""
    missing = closing_missing(case, answers)
    if missing and refuses("CAS-3"):
        words = _("%(case)s cannot be closed yet, and nothing typed is lost. Missing: %(missing)s.")
        told = words % {"case": case, "missing": "; ".join(missing)}
        raise RuleBroken("service.closing_missing", told, rule="CAS-3", missing=missing)


def _check_closing(by: Actor, filling: Filling, on: date) -> None:
    case = case_of(by, filling, Act.ASK_CLOSING)
    if case is None:
        return
    _must_be_whole(case, filling.answers)
    must_go(Act.ASK_CLOSING, case)
    if any(day < on for day in _days(filling.answers)):
        words = _("A day of follow-up has passed. Choose days to come.")
        raise RuleBroken("service.follow_up_passed", words, field="follow_up_on")


def _days(answers: Answers) -> list[date]:
    return sorted({date.fromisoformat(row["on"]) for row in answers.get("follow_up_on") or () if row.get("on")})


def _closing_asked(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    case = attach(by, filled, filling, Act.ASK_CLOSING)
    if case is not None:
        move(by, case, Act.ASK_CLOSING, on, form=filled)


def _closing_corrected(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    """A closing form that was sent back and is corrected asks again."""
    if filled.case is not None and filled.case.state == CaseState.EVALUATING:
        _must_be_whole(filled.case, filling.answers)
        move(by, filled.case, Act.ASK_CLOSING, on, form=filled)


def _check_closed(by: Actor, filled: FilledForm, decision: str, answers: Answers, on: date) -> None:
    if filled.case is not None and decision == SubmissionState.APPROVED and not filled.case.is_locked:
        _must_be_whole(filled.case, answers)
        must_go(Act.CLOSE, filled.case)


def _closed(by: Actor, filled: FilledForm, decision: str, answers: Answers, on: date) -> None:
    case = filled.case
    if case is None or case.state != CaseState.CLOSING_PENDING:
        return
    if decision != SubmissionState.APPROVED:
        move(by, case, Act.SEND_BACK, on, form=filled)
        return
    move(by, case, Act.CLOSE, on, form=filled, close_reason=str(answers["reason"]), next_review_on=None)
    FollowUp.objects.bulk_create([FollowUp(case=case, due_on=day) for day in _days(answers)], ignore_conflicts=True)
    with opened("service.Goal", why="nobody works towards the goals of a closed case any more"):
        for goal in Goal.objects.filter(case=case, ended_on=None):
            goal.ended_on = max(on, goal.set_on)
            goal.save(update_fields=["ended_on"])
    looked_at_again(by, filled, on)


@transaction.atomic
def archive_case(*, by: Actor, case: Case, on: date) -> Case:
    """Nothing more is to do: every day of follow-up has had its talk. Raises RuleBroken while one has not."""
    case = case_for(by, case.pk)
    must_work_on(by, case)
    left = FollowUp.objects.filter(case=case, done_on=None).first()
    if left is not None:
        words = _("The follow-up of %(day)s has no contact note yet. Write it, also when nobody was reached.")
        raise RuleBroken("service.follow_up_open", words % {"day": left.due_on.isoformat()})
    return move(by, case, Act.ARCHIVE, on)


CLOSURE = Sequel(
    check=_check_closing,
    submitted=_closing_asked,
    corrected=_closing_corrected,
    check_decision=_check_closed,
    decided=_closed,
)
