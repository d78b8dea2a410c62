"""From the intake to the decision: taking a case in, proposing, and deciding by another person (CAS-1)."""

from datetime import date

from django.utils.translation import gettext as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.forms.vocab import SubmissionState
from xiezuo.orgs.access import Actor
from xiezuo.people.actions import assign
from xiezuo.people.vocab import AssignedFor
from xiezuo.service.access import cases_for
from xiezuo.service.actions.cases.alone import looked_at_again
from xiezuo.service.actions.cases.moving import move, must_go, next_case_no, step
from xiezuo.service.actions.form_facts import Filling
from xiezuo.service.actions.sequels import Answers, Sequel
from xiezuo.service.cases.course import Act
from xiezuo.service.models import Case, FilledForm
from xiezuo.service.models.case import OVER
from xiezuo.service.vocab import CaseState

PROPOSED = {"accept": Act.ACCEPT, "refer": Act.REFER, "decline": Act.DECLINE}


def _check_intake(by: Actor, filling: Filling, on: date) -> None:
    """One line of work for one person: whoever has an open case that one knows of gets no second one beside it."""
    if filling.person is None:
        return
    found = cases_for(by).filter(person=filling.person, closed_on=None).select_related("worker").first()
    if found is not None:
        words = _(
            "%(person)s has an open case already: %(case)s, with %(who)s. Nothing typed is lost: write it there as a contact "
            "note, or let a supervisor hand the case over to you."
        )
        told = words % {"person": filling.person, "case": found, "who": found.worker.name}
        raise RuleBroken("service.case_open_already", told, case=found.pk)


def _open_case(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    """An intake opens a case. Whoever comes back after closing gets a new one, linked to the last (CAS-4)."""
    if filled.person is None:
        return
    day = filled.submission.service_date or on
    before = Case.objects.filter(person=filled.person, state__in=OVER).order_by("-closed_on", "-pk").first()
    case = Case.objects.create(
        case_no=next_case_no(on.year),
        person=filled.person,
        site=filled.site,
        worker=by.user,
        previous_case=before,
        crisis=filling.answers.get("crisis") is True,
        urgent=filling.answers.get("urgent") is True,
        intake=filled.record,
        opened_on=min(day, on),
    )
    filled.case = case
    filled.save(update_fields=["case"])
    happened("service.case.opened", case, by_id=by.id, person=case.person_id)
    step(by, case, case.opened_on, form=filled)


def _intake_corrected(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    if filled.case is None:
        return
    case = filled.case
    case.crisis, case.urgent = filling.answers.get("crisis") is True, filling.answers.get("urgent") is True
    case.save(update_fields=["crisis", "urgent"])


def _proposed_for(filling: Filling) -> Case | None:
    """The case a proposal is about: the one it is written in, else that of the intake it names."""
    return filling.case or (filling.follows.case if filling.follows else None)


def _check_proposal(by: Actor, filling: Filling, on: date) -> None:
    case = _proposed_for(filling)
    if case is not None:
        must_go(PROPOSED[str(filling.answers.get("proposal"))], case)


def _proposed(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    filled.case = _proposed_for(filling)
    if filled.case is not None:
        filled.save(update_fields=["case"])


def _check_decision(by: Actor, filled: FilledForm, decision: str, answers: Answers, on: date) -> None:
    if filled.case is not None and decision == SubmissionState.APPROVED and filled.case.state == CaseState.INTAKE:
        must_go(PROPOSED[str(answers.get("proposal"))], filled.case)


def _decided(by: Actor, filled: FilledForm, decision: str, answers: Answers, on: date) -> None:
    """Whoever proposed works on the case from the day on which it is accepted: to be named so opens the file to them."""
    case = filled.case
    if case is None or decision != SubmissionState.APPROVED or case.state != CaseState.INTAKE:
        return
    act = PROPOSED[str(answers.get("proposal"))]
    if act == Act.ACCEPT:
        assign(by=by, person=case.person, why=AssignedFor.CASE_TEAM, on=on, user=case.worker)
        move(by, case, act, on, form=filled, accepted_on=on)
    else:
        move(by, case, act, on, form=filled)
    looked_at_again(by, filled, on)


INTAKE = Sequel(check=_check_intake, submitted=_open_case, corrected=_intake_corrected)
ACCEPTANCE = Sequel(check=_check_proposal, submitted=_proposed, check_decision=_check_decision, decided=_decided)
