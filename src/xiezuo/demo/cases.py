"""Cases of the sample organisation, told through their forms: each stands at another step, one came back after closing."""

import uuid
from datetime import date
from typing import Any

from xiezuo.common.days import at
from xiezuo.demo.clock import DAY, evening
from xiezuo.demo.house import DemoHouse
from xiezuo.demo.words import words
from xiezuo.forms.definitions import form_definition
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site
from xiezuo.people.access import case_people_for
from xiezuo.people.models import Person
from xiezuo.people.sections import is_minor
from xiezuo.service.access import cases_for
from xiezuo.service.actions import Filling, sign_form, submit_form
from xiezuo.service.actions.cases import AboutCase, TaskOfConference, hold_conference, suspend_case
from xiezuo.service.measuring import open_goals
from xiezuo.service.models import Case, FilledForm

DAYS = (
    "service_date",
    "due_on",
    "review_on",
    "from_on",
    "to_on",
    "on",
)  # told in the words as days before or after today


def tell_cases(house: DemoHouse, until: date) -> None:
    """One case for each story of the words, of an adult with whom the colleague worked by name when it began."""
    taken: set[int] = set()
    for story in words()["case_stories"]:
        worker, began = house.workers[story["worker"]], until - story["steps"][0]["ago"] * DAY
        person = _adult(worker, began, taken)
        if person is not None:
            taken.add(person.pk)
            _Story(house, story["worker"], person, until).tell(story["steps"])
    _look_together(house, until)


def _adult(worker: Actor, began: date, taken: set[int]) -> Person | None:
    with at(evening(began)):
        people = case_people_for(worker).exclude(pk__in=taken).order_by("-pk")
        return next((person for person in people if not is_minor(person, began)), None)


def _look_together(house: DemoHouse, until: date) -> None:
    """A conference about the first case, and a session of supervision that waits to be read and signed."""
    first, second = house.workers[:2]
    told, day = words()["together"], until - 5 * DAY
    case = cases_for(first).filter(worker=first.user, closed_on=None, accepted_on__isnull=False).order_by("pk").first()
    with at(evening(day)):
        if case is not None:
            task = TaskOfConference(title=told["task"], whose=first.user, due_on=until + 3 * DAY)
            about = AboutCase(case=case, discussed=told["discussed"], decision=told["decision"], tasks=[task])
            present = [first.user, second.user, house.supervisor.user]
            hold_conference(
                by=first, held_on=day, present=present, about=[about], on=day, site=case.site, guests=told["guests"]
            )
        answers = told["session"] | {"supervisor": house.supervisor.id, "supervisees": [first.id, second.id]}
        answers["service_date"] = day.isoformat()
        filling = Filling(form=form_definition("supervision"), answers=answers, site=house.sites[0])
        submit_form(by=house.supervisor, filling=filling, on=day, key=uuid.uuid4())


class _Story:
    def __init__(self, house: DemoHouse, worker: int, person: Person, until: date) -> None:
        self.by, self.supervisor = house.workers[worker], house.supervisor
        self.site: Site = house.sites[worker]
        self.person, self.until = person, until
        self.case: Case | None = None
        self.latest: dict[str, FilledForm] = {}

    def tell(self, steps: list[dict[str, Any]]) -> None:
        for step in steps:
            day = self.until - step["ago"] * DAY
            with at(evening(day)):
                self._tell(step, day)

    def _tell(self, step: dict[str, Any], day: date) -> None:
        form = step.get("form")
        if step.get("rests") and self.case is not None:
            suspend_case(by=self.by, case=self.case, why=step["rests"], on=day)
        if form:
            if form == "intake":
                self.case = None
            self.latest[form] = self._write(form, step.get("answers", {}), day)
            self.case = self.latest[form].case or self.case
        for decided in step.get("agreed", ()):
            sign_form(by=self.supervisor, filled=self.latest[decided], decision="approved", opinion="", on=day)

    def _write(self, form: str, told: dict[str, Any], day: date) -> FilledForm:
        answers = words()["case_answers"].get(form, {}) | told
        definition = form_definition(form)
        if "service_date" in {one.key for one in definition.fields()}:
            answers = {"service_date": 0} | answers
        answers = self._dated(answers, day)
        if form == "acceptance":
            answers["intake"] = self.latest["intake"].pk
        if form == "contact_note":
            answers["tasks"] = [row | {"owner": self.by.id} for row in answers.get("tasks", ())]
        if form == "review":
            goals = open_goals(self.by, self.person)
            scores = answers.pop("scores", [])
            answers["goal_scores"] = [{"goal": goal.pk, "score": n} for goal, n in zip(goals, scores, strict=False)]
        filling = Filling(form=definition, answers=answers, person=self.person, site=self.site, case=self.case)
        return submit_form(by=self.by, filling=filling, on=day, key=uuid.uuid4())

    def _dated(self, answers: dict[str, Any], day: date) -> dict[str, Any]:
        """Days counted from the one on which it is written, as dates."""
        return {name: self._value(name, value, day) for name, value in answers.items()}

    def _value(self, name: str, value: Any, day: date) -> Any:
        if name in DAYS and isinstance(value, int):
            return (day + value * DAY).isoformat()
        if isinstance(value, list):
            return [self._dated(row, day) if isinstance(row, dict) else row for row in value]
        return value
