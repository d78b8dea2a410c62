"""What is worked on with the people of the tempting house: tasks, goals and measures, and a case, with marks in every text."""

import uuid
from collections.abc import Callable
from datetime import date

from xiezuo.common.walls import all_opened
from xiezuo.forms.definitions import form_definition
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site, User
from xiezuo.people.models import Person
from xiezuo.service.actions import Filling, submit_form
from xiezuo.service.actions.cases import AboutCase, hold_conference
from xiezuo.service.models import Case, CaseHandover, CaseStep


def work_on(by: Actor, person: Person, site: Site, on: date, mark: Callable[[str], str]) -> None:
    _case(by, person, site, on, mark)


def _case(by: Actor, person: Person, site: Site, on: date, mark: Callable[[str], str]) -> None:
    answers = {"service_date": on.isoformat(), "source": "self", "needs": mark("案"), "own_words": mark("案")}
    answers |= {"problem": mark("案"), "crisis": False, "urgent": True, "child_risk": False}
    filling = Filling(form=form_definition("intake"), answers=answers, person=person, site=site)
    case = submit_form(by=by, filling=filling, on=on, key=uuid.uuid4()).case
    assert isinstance(case, Case)
    other = User.objects.exclude(pk=by.id).first() or User.objects.add(username="other", name="Other", password=None)
    about = AboutCase(case=case, discussed=mark("会"), decision=mark("会"))
    hold_conference(by=by, held_on=on, present=[by.user, other], about=[about], on=on, site=site)
    with all_opened(why="a house that tempts has marks everywhere"):
        CaseHandover.objects.create(case=case, before=other, after=by.user, by=by.user, on=on, note=mark("手"))
        CaseStep.objects.create(case=case, state=case.state, on=on, by=by.user, why=mark("由"))
