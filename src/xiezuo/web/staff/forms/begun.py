"""What is known already when a form is begun in a case, so that nobody types it again."""

from collections.abc import Callable

from xiezuo.common.days import today
from xiezuo.forms.definitions import FormDefinition
from xiezuo.forms.filling import Typed
from xiezuo.orgs.access import Actor
from xiezuo.service.filling.about import follows_field
from xiezuo.service.filling.things import form_keys
from xiezuo.service.measuring import open_goals
from xiezuo.service.models import Case
from xiezuo.service.queries import latest_of_case


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
