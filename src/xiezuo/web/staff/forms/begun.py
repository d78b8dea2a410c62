"""What is known already when a form is begun in a case, so that nobody types it again."""

from collections.abc import Callable
from datetime import timedelta

from xiezuo.common.days import today
from xiezuo.forms.definitions import FormDefinition
from xiezuo.forms.filling import Typed, typed_again
from xiezuo.orgs.access import Actor
from xiezuo.service.access import filled_for
from xiezuo.service.access.aids import application_of
from xiezuo.service.aid.gates import settings
from xiezuo.service.filling.about import follows_field, subject_field
from xiezuo.service.filling.contents import answers_of
from xiezuo.service.filling.core import WHEN
from xiezuo.service.filling.earlier import earlier_assessment, latest_visit
from xiezuo.service.filling.things import form_keys
from xiezuo.service.measuring import open_goals
from xiezuo.service.models import Aid, Case
from xiezuo.service.queries import latest_of_case
from xiezuo.web.staff.service.beginning import GOES_ON


def known_of_case(actor: Actor, form: FormDefinition, case: Case) -> Typed:
    """The earlier form of the case that this one goes on from, and the goals that a review looks at."""
    new: Typed = {}
    follows = follows_field(form, form_keys(today()))
    if follows is not None:
        earlier = latest_of_case(actor, case, follows.of)
        new |= {follows.key: [str(earlier.pk)]} if earlier else {}
    return new | KNOWN.get(form.key, _nothing)(actor, case)


def _nothing(actor: Actor, case: Case) -> Typed:
    return {}


def _to_review(actor: Actor, case: Case) -> Typed:
    """A row for each goal of the case, from when it was accepted, or looked at last, until today."""
    goals = [goal for goal in open_goals(actor, case.person) if goal.case_id == case.pk]
    last = latest_of_case(actor, case, "review")
    since = last.submission.service_date if last else case.accepted_on or case.opened_on
    new: Typed = {"from_on": [since.isoformat()] if since else [], "to_on": [today().isoformat()]}
    if goals:
        new["goal_scores"] = [str(n) for n in range(len(goals))]
        new |= {f"goal_scores.{n}.goal": [str(goal.pk)] for n, goal in enumerate(goals)}
    return new


def _kind(actor: Actor, case: Case) -> Typed:
    return {"kind": ["repeat" if latest_of_case(actor, case, "assessment") else "first"]}


KNOWN: dict[str, Callable[[Actor, Case], Typed]] = {"review": _to_review, "assessment": _kind}


# ── in an aid ──


def known_of_aid(actor: Actor, form: FormDefinition, aid: Aid) -> Typed:
    """What the line of an aid knows already: the visit and the assessment it rests on, what was approved."""
    return OF_AID.get(form.key, _nothing_of_aid)(actor, aid)


def _nothing_of_aid(actor: Actor, aid: Aid) -> Typed:
    return {}


def _to_assess(actor: Actor, aid: Aid) -> Typed:
    visit = latest_visit(actor, aid)
    earlier = earlier_assessment(actor, aid.applicant, today(), aid.household) if aid.applicant else None
    return {
        "visit": [str(visit.pk)] if visit else [],
        "assessment": [str(earlier.pk)] if earlier else [],
        "amount": [f"{aid.amount_asked:.2f}"] if aid.amount_asked is not None else [],
    }


def _to_hand_over(actor: Actor, aid: Aid) -> Typed:
    application = application_of(actor, aid)
    later = today() + timedelta(days=settings()["follow_up"]["after_days"])
    return {
        "application": [str(application.pk)] if application else [],
        "given_on": [today().isoformat()],
        "amount": [f"{aid.amount_approved:.2f}"] if aid.amount_approved else [],
        "giver": [str(actor.id)],
        "follow_up_on": [later.isoformat()],
    }


OF_AID: dict[str, Callable[[Actor, Aid], Typed]] = {"aid_assessment": _to_assess, "aid_distribution": _to_hand_over}


def gone_on_from(actor: Actor, form: FormDefinition, number: str) -> Typed:
    """Everything an earlier form of this kind said, so that only what changed is typed; when it was, and whom it is about, is
    asked anew. Raises NotAllowed for one the actor may not read."""
    if not number.isdecimal() or len(number) > 15:
        return {}
    earlier = filled_for(actor, int(number))
    if earlier.submission.form != form.key:
        return {}
    anew = {one.key for section in form.sections if section.block == WHEN for one in section.fields}
    subject = subject_field(form)
    anew |= {subject.key} if subject else set()
    answers = {key: value for key, value in answers_of(actor, earlier)[1].items() if key not in anew}
    return typed_again(form, answers) | {GOES_ON: [number]}
