"""What a filled form says, and said before, to someone whom access let read it."""

from typing import Any

from xiezuo.common.walls import opened
from xiezuo.forms.definitions import FormDefinition
from xiezuo.forms.models import AuthorsAnswers, EarlierSubmission
from xiezuo.forms.submitting import TABLES, answers_in, definition_of
from xiezuo.orgs.access import Actor
from xiezuo.service.filling.core import core_answers
from xiezuo.service.filling.later import later_answers
from xiezuo.service.models import FilledForm

OWN = "whoever wrote a form reads what is theirs alone"
EARLIER = "whoever may read a form may read what it said before"


def answers_of(by: Actor, filled: FilledForm) -> tuple[FormDefinition, dict[str, Any]]:
    """The form in the version with which this one was written, and its answers as they stand: WHEN from the service record,
    what is the author's alone only for the author. `filled` comes from `filled_for`."""
    submission = filled.submission
    form = form_of_submission(filled)
    answers = answers_in(submission.answers) | core_answers(form, filled.record)
    if submission.author_id == by.id:
        with opened(*TABLES, why=OWN):
            own = AuthorsAnswers.objects.filter(submission=submission, author=by.user).first()
        answers |= answers_in(own.answers) if own else {}
    return form, answers


def read_answers(by: Actor, filled: FilledForm) -> tuple[FormDefinition, dict[str, Any]]:
    """As `answers_of`, with what became of it since: for whoever reads or prints the form, not for whoever corrects it."""
    form, answers = answers_of(by, filled)
    return form, answers | later_answers(by, filled)


def form_of_submission(filled: FilledForm) -> FormDefinition:
    return definition_of(filled.submission, filled.submission.form)


def earlier_of(filled: FilledForm) -> list[EarlierSubmission]:
    """What a form said before, the latest first. `filled` comes from `filled_for`."""
    with opened(*TABLES, why=EARLIER):
        return list(EarlierSubmission.objects.filter(submission=filled.submission_id).select_related("by"))
