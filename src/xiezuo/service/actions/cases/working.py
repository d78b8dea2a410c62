"""Working on a case: contact notes with their tasks (CAS-5), and reviews that score the goals."""

import uuid
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.common.text import tidy
from xiezuo.forms.deadlines import Span, Unit
from xiezuo.forms.deadlines import after as later
from xiezuo.forms.packs import pack
from xiezuo.forms.vocab import SubmissionState
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import User
from xiezuo.people.access import sections_for
from xiezuo.people.actions import TaskFacts, write_task
from xiezuo.people.models import Task
from xiezuo.people.vocab import Section
from xiezuo.service.actions.cases.alone import PACK, looked_at_again
from xiezuo.service.actions.cases.fitting import attach, case_of
from xiezuo.service.actions.cases.moving import move, must_go
from xiezuo.service.actions.form_facts import Filling
from xiezuo.service.actions.measuring import score_goal
from xiezuo.service.actions.sequels import Answers, Sequel
from xiezuo.service.cases.course import Act
from xiezuo.service.measuring import goal_for
from xiezuo.service.models import Case, FilledForm, FollowUp
from xiezuo.service.vocab import LOCKED_STATES, CaseState

AT_HOME = "visit"
GO_ON, CLOSE = "go_on", "close"

# ── contact notes ──


def _check_note(by: Actor, filling: Filling, on: date) -> None:
    case = case_of(by, filling, Act.MEET)
    if case is not None:
        must_go(Act.MEET, case)


def _met(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    case = attach(by, filled, filling, Act.MEET)
    day = filled.submission.service_date or on
    if case is not None:
        visited = filling.answers.get("way") == AT_HOME
        move(by, case, Act.MEET, on, form=filled, first_visit_on=case.first_visit_on or (day if visited else None))
        if case.state in LOCKED_STATES:
            _followed_up(case, filled, day)
    _write_tasks(by, filled, filling, on)


def _followed_up(case: Case, filled: FilledForm, day: date) -> None:
    """The talk after closing is the follow-up that was due next."""
    due = FollowUp.objects.filter(case=case, done_on=None).first()
    if due is not None:
        due.done_on, due.form = day, filled
        due.save(update_fields=["done_on", "form"])


def _note_corrected(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    """Tasks that a correction adds are written; one that stood there before is the same task, whatever became of it."""
    _write_tasks(by, filled, filling, on)


def _write_tasks(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    """Every task of the note, and the next appointment, become something to do."""
    person = filled.person
    if person is None:
        return
    # Whoever took a case in and is not named yet has their tasks for themselves, outside of the file.
    of_file = Section.CASE in sections_for(by, person) if _has_tasks(filling.answers) else False
    file: dict[str, Any] = {"person": person, "section": Section.CASE} if of_file else {}
    for row in filling.answers.get("tasks") or ():
        owner = User.objects.filter(pk=row["owner"]).first() if isinstance(row.get("owner"), int) else None
        due = max(date.fromisoformat(row["due_on"]), on)
        facts = TaskFacts(title=row["task"], kind="other", due_on=due, whose=owner or by.user, **file)
        _once(by, filled, facts, f"{tidy(row['task'])}|{row.get('owner')}|{row['due_on']}")
    told = filling.answers.get("next_at")
    if isinstance(told, str):
        at = datetime.fromisoformat(told)
        title = tidy(str(filling.answers.get("next_topic") or "")) or _("Meet again")
        facts = TaskFacts(title=title, kind="follow_up", due_on=at.date(), due_time=at.time(), whose=by.user, **file)
        _once(by, filled, facts, f"next|{told}")


def _has_tasks(answers: Answers) -> bool:
    return bool(answers.get("tasks") or answers.get("next_at"))


def _once(by: Actor, filled: FilledForm, facts: TaskFacts, what: str) -> None:
    key = uuid.uuid5(filled.submission.key, what)
    if not Task.objects.filter(key=key).exists():
        task = write_task(by=by, facts=facts)
        task.key = key
        task.save(update_fields=["key"])


# ── reviews ──


def _check_review(by: Actor, filling: Filling, on: date) -> None:
    case = case_of(by, filling, Act.REVIEW)
    if case is not None:
        must_go(Act.REVIEW, case)


def _reviewed(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    case = attach(by, filled, filling, Act.REVIEW)
    if case is not None:
        move(by, case, Act.REVIEW, on, form=filled, next_review_on=None)
    _score(by, filling, on)


def _review_corrected(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    _score(by, filling, on)


def _score(by: Actor, filling: Filling, on: date) -> None:
    """How far each goal was reached, on the last day of the time looked at."""
    last = filling.answers.get("to_on")
    day = min(date.fromisoformat(last), on) if isinstance(last, str) else on
    for row in filling.answers.get("goal_scores") or ():
        if isinstance(row.get("goal"), int):
            goal = goal_for(by, row["goal"])
            score_goal(by=by, goal=goal, score=row["score"], note="", day=max(day, goal.set_on), on=on)


def _review_agreed(by: Actor, filled: FilledForm, decision: str, answers: Answers, on: date) -> None:
    """What the review said comes next: on with it, another plan (the case waits for it here), or the end."""
    case = filled.case
    if case is None or decision != SubmissionState.APPROVED or case.state != CaseState.REASSESSING:
        return
    told = answers.get("next")
    if told == GO_ON:
        move(by, case, Act.GO_ON, on, form=filled, next_review_on=_next_review(on))
    elif told == CLOSE:
        move(by, case, Act.EVALUATE, on, form=filled)
    looked_at_again(by, filled, on)


def _next_review(on: date) -> date | None:
    day = later(on, Span(pack(PACK)["review"]["every_months"], Unit.MONTH))
    return day if isinstance(day, date) else None


CONTACT_NOTE = Sequel(check=_check_note, submitted=_met, corrected=_note_corrected)
REVIEW = Sequel(check=_check_review, submitted=_reviewed, corrected=_review_corrected, decided=_review_agreed)
