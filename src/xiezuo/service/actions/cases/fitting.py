"""In which case a form is written."""

from xiezuo.orgs.access import Actor
from xiezuo.service.actions.form_facts import Filling
from xiezuo.service.cases.course import Act, after
from xiezuo.service.models import Case, FilledForm


def case_of(by: Actor, filling: Filling, act: Act) -> Case | None:
    """The case in which the form is written. One that was begun outside of a case belongs to the writer's own open case of
    the same person, where it fits; elsewhere it stays a form about the person alone."""
    if filling.case is not None or filling.person is None:
        return filling.case
    theirs = Case.objects.filter(person=filling.person, worker=by.user, closed_on=None)
    return next((case for case in theirs if after(act, case.state) is not None), None)


def attach(by: Actor, filled: FilledForm, filling: Filling, act: Act) -> Case | None:
    """Keep with the form in which case it was written."""
    case = case_of(by, filling, act)
    if case is not None and filled.case_id is None:
        filled.case = case
        filled.save(update_fields=["case"])
    return case
