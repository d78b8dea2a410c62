"""Opening a case and moving it from state to state; called by what people do."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.service.cases.course import Act, after
from xiezuo.service.models import Case, CaseCounter, CaseStep, FilledForm
from xiezuo.service.models.case import OVER
from xiezuo.service.vocab import CaseState

KEEPS = "a step of a case is written down with its reason"


def next_case_no(year: int) -> str:
    """Take the next number of a year; call inside the transaction that uses it."""
    CaseCounter.objects.get_or_create(year=year)
    counter = CaseCounter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"C{year}-{counter.last:04d}"


def must_go(act: Act, case: Case) -> CaseState:
    """The state to which the act leads. Raises RuleBroken where the case does not stand there."""
    state = after(act, case.state, case.state_before)
    if state is None:
        words = _(
            "%(case)s stands at “%(state)s”, and this belongs to another step. Nothing typed is lost; see %(case)s."
        )
        told = words % {"case": case, "state": case.get_state_display()}
        raise RuleBroken("service.case_state", told, state=case.state, act=act)
    return state


def move(
    by: Actor, case: Case, act: Act, on: date, *, form: FilledForm | None = None, why: str = "", **more: Any
) -> Case:
    """Bring the case where the act leads and write the step down; `more`: other columns that change with it.

    Inside an action that has asked access. Where the act leaves a case in its state no step is written.
    """
    case.refresh_from_db(from_queryset=Case.objects.select_for_update())
    state = must_go(act, case)
    stays = state == case.state and act not in {Act.PLAN, Act.REVIEW}
    if act == Act.SUSPEND:
        case.state_before = case.state
    elif case.state == CaseState.SUSPENDED and state != CaseState.SUSPENDED:
        case.state_before = ""
    case.state = state
    if state in OVER and case.closed_on is None:
        case.closed_on = on
    for name, value in more.items():
        setattr(case, name, value)
    case.save()
    if not stays:
        step(by, case, on, form=form, why=why)
    return case


def step(by: Actor, case: Case, on: date, *, form: FilledForm | None = None, why: str = "") -> None:
    with opened("service.CaseStep", why=KEEPS):
        CaseStep.objects.create(case=case, state=case.state, on=on, by=by.user, form=form, why=tidy(why))
    happened("service.case.moved", case, by_id=by.id, person=case.person_id, state=case.state)
