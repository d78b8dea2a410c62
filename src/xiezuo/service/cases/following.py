"""What comes next in a case, and what is still missing for it: one thing, so that a page can offer one button."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from xiezuo.forms.vocab import SubmissionState
from xiezuo.service.cases.gates import closing_missing, plan_missing
from xiezuo.service.cases.told import PLAN, REVIEW, CaseTold
from xiezuo.service.models import FilledForm
from xiezuo.service.vocab import CaseState


class Doing(StrEnum):
    """`write` a new form, `mend` one that is there, `wait` for a supervisor; the others are no forms."""

    WRITE = "write"
    MEND = "mend"
    WAIT = "wait"
    ARCHIVE = "archive"
    RESUME = "resume"
    AGAIN = "again"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Next:
    """`form`: the kind to write; `filled`: the one to mend or that waits; `missing`: sentences; `also`: a kind that may be
    written instead."""

    doing: Doing
    form: str = ""
    filled: FilledForm | None = None
    missing: list[str] = field(default_factory=list)
    also: tuple[str, ...] = ()


def next_of(told: CaseTold, on: date) -> Next:
    return NEXT[CaseState(told.case.state)](told, on)


def _signed(told: CaseTold, form: str) -> Next | None:
    """While a form of this kind is not decided about, that comes first."""
    found = told.latest(form)
    if found is None:
        return None
    if found.submission.state == SubmissionState.WAITING:
        return Next(Doing.WAIT, form, found)
    if found.submission.state == SubmissionState.RETURNED:
        return Next(Doing.MEND, form, found)
    return None


def _intake(told: CaseTold, on: date) -> Next:
    return _signed(told, "acceptance") or Next(Doing.WRITE, "acceptance")


def _accepted(told: CaseTold, on: date) -> Next:
    return Next(Doing.WRITE, "assessment", also=("contact_note",))


def _plan(told: CaseTold, on: date) -> Next:
    waits = _signed(told, PLAN)
    if waits is None:
        return Next(Doing.WRITE, PLAN, also=("contact_note",))
    missing = plan_missing(told.plan, told.case.person, on)
    if missing:
        return Next(Doing.MEND, PLAN, waits.filled, missing, also=("contact_note",))
    return Next(waits.doing, PLAN, waits.filled, also=("contact_note",))


def _work(told: CaseTold, on: date) -> Next:
    review = told.case.next_review_on
    if review is not None and review <= on:
        return Next(Doing.WRITE, REVIEW, also=("contact_note", PLAN))
    return Next(Doing.WRITE, "contact_note", also=(REVIEW, PLAN, "assessment"))


def _reviewing(told: CaseTold, on: date) -> Next:
    waits = _signed(told, REVIEW)
    if waits is not None:
        return Next(waits.doing, REVIEW, waits.filled, also=("contact_note",))
    return _plan(told, on) if told.review.get("next") == "adjust" else Next(Doing.WRITE, REVIEW, also=("contact_note",))


def _evaluating(told: CaseTold, on: date) -> Next:
    returned = told.latest("closure", SubmissionState.RETURNED)
    missing = closing_missing(told.case)
    if returned is not None:
        return Next(Doing.MEND, "closure", returned, missing, also=("contact_note",))
    return Next(Doing.WRITE, "closure", missing=missing, also=("contact_note",))


def _closing(told: CaseTold, on: date) -> Next:
    return Next(Doing.WAIT, "closure", told.latest("closure"), closing_missing(told.case))


def _afterwards(told: CaseTold, on: date) -> Next:
    again = () if told.reopened_as else ("intake",)
    if told.next_follow_up is not None:
        return Next(Doing.WRITE, "contact_note", also=again)
    return Next(Doing.ARCHIVE, also=("contact_note", *again))


def _over(told: CaseTold, on: date) -> Next:
    return Next(Doing.NOTHING) if told.reopened_as else Next(Doing.AGAIN, "intake")


NEXT = {
    CaseState.INTAKE: _intake,
    CaseState.ACCEPTED: _accepted,
    CaseState.ASSESSING: _plan,
    CaseState.PLANNED: _work,
    CaseState.INTERVENING: _work,
    CaseState.REASSESSING: _reviewing,
    CaseState.EVALUATING: _evaluating,
    CaseState.CLOSING_PENDING: _closing,
    CaseState.CLOSED: _afterwards,
    CaseState.FOLLOW_UP: _afterwards,
    CaseState.ARCHIVED: _over,
    CaseState.DECLINED: _over,
    CaseState.REFERRED_OUT: _over,
    CaseState.SUSPENDED: lambda told, on: Next(Doing.RESUME, also=("contact_note",)),
    CaseState.TRANSFERRED: lambda told, on: Next(Doing.NOTHING),
}
