"""Goals, measures and a place in the order of need, with marks in every text."""

from datetime import date

from xiezuo.forms.measures import measure
from xiezuo.orgs.access import Actor
from xiezuo.people.models import Person
from xiezuo.service.actions.measuring import Answered, place_by_hand, set_goal, take_measure
from xiezuo.service.vocab import Occasion


def measured(by: Actor, person: Person, on: date, goal: str, wording: str, why: str) -> None:
    set_goal(by=by, person=person, text=goal, measured_by=goal, baseline=goal, on=on)
    scaling, need = measure("scaling"), measure("child-in-difficulty")
    for of, answers, words in (
        (scaling, {"scale": 3}, wording),
        (need, {item.key: 3 for item in need.items}, ""),
    ):
        facts = Answered(occasion=Occasion.BEGINNING, taken_on=on, answers=answers, wording=words)
        take_measure(by=by, person=person, of=of, facts=facts, on=on)
    place_by_hand(by=by, person=person, of=need, place=1, why=why)
