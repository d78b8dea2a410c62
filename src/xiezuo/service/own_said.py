"""What someone said of themselves: goals in their own words, and answers to measures; and which forms were written of them.

Only they themselves read their goals and answers: what a child confided to a worker is not the guardian's. An answer that a
measure keeps out of lists stands in no copy. What colleagues wrote in a form is withheld like their notes; that it is there is told.
"""

from dataclasses import dataclass
from datetime import date

from xiezuo.common.days import local
from xiezuo.common.walls import opened
from xiezuo.people.members import Reader
from xiezuo.service.filling.contents import form_of_submission
from xiezuo.service.measuring import as_taken
from xiezuo.service.models import FilledForm, Goal, Measured

OWN = "the person reads what they said themselves"
AT_RISK = "risk_report"  # whoever looks may be the danger: that somebody was worried stands in no copy
NAMED = "the person reads that a form about them is there"


@dataclass(frozen=True)
class OwnGoal:
    """`scores`: "2026-06-02: +1" for each day on which it was scored."""

    set_on: date
    text: str
    measured_by: str
    baseline: str
    due_on: date | None
    ended_on: date | None
    scores: list[str]


@dataclass(frozen=True)
class OwnMeasured:
    """`answers`: "question: answer" for each that may stand in a copy; empty where they did not want to answer."""

    on: date
    what: str
    refused: bool
    answers: list[str]


@dataclass(frozen=True)
class OwnForm:
    on: date
    number: str
    what: str
    who: str


def own_goals(reader: Reader) -> list[OwnGoal]:
    if reader.reduced or not reader.own:
        return []
    with opened("service.Goal", "service.GoalScore", why=OWN):
        rows = list(Goal.objects.filter(person=reader.subject).prefetch_related("scores"))
        return [_goal(row) for row in rows]


def _goal(row: Goal) -> OwnGoal:
    scores = [f"{one.on.isoformat()}: {one.in_words}" for one in row.scores.all()]
    told = (str(row.text), str(row.measured_by), str(row.baseline))
    return OwnGoal(row.set_on, *told, row.due_on, row.ended_on, scores)


def own_measured(reader: Reader) -> list[OwnMeasured]:
    if reader.reduced or not reader.own:
        return []
    with opened("service.Measured", why=OWN):
        rows = list(Measured.objects.filter(person=reader.subject))
    return [_measured(row) for row in rows if not row.withdrawn_why]


def _measured(row: Measured) -> OwnMeasured:
    one = as_taken(row)
    told = [item for item in one.of.items if not item.private and item.key in one.answers]
    answers = [f"{item.label}: {one.of.option(one.answers[item.key])}" for item in told]
    if row.wording and "scale" in one.answers:
        answers = [f"{row.wording!s}: {one.answers['scale']}"]
    return OwnMeasured(row.taken_on, str(one.of.label), row.refused, answers)


def own_forms(reader: Reader) -> list[OwnForm]:
    if reader.reduced:
        return []
    with opened("forms.Submission", why=NAMED):
        forms = FilledForm.objects.filter(person=reader.subject).exclude(submission__form=AT_RISK)
        forms = forms.select_related("submission__author")
        rows = list(forms.defer("submission__answers"))
        told = [(row, form_of_submission(row)) for row in rows]
    return [
        OwnForm(
            row.submission.service_date or local(row.submission.submitted_at).date(),
            form.number,
            str(form.label),
            "" if form.hides else row.submission.author.name,
        )
        for row, form in told
    ]
