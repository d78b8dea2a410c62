"""What some families of the sample organisation want to reach, and how they stand."""

from datetime import date
from random import Random

from xiezuo.demo.clock import DAY
from xiezuo.demo.house import DemoHouse
from xiezuo.demo.words import words
from xiezuo.forms.measures import Measure, measure
from xiezuo.orgs.access import Actor
from xiezuo.people.access import case_people_for
from xiezuo.people.models import Person
from xiezuo.people.sections import is_minor
from xiezuo.service.actions.measuring import Answered, place_by_hand, score_goal, set_goal, take_measure
from xiezuo.service.vocab import Occasion

CHILDREN, ADULTS = 5, 3  # at each of the first sites
SITES = 2


def tell_needs(house: DemoHouse, random: Random, until: date) -> None:
    """Children are assessed; some mothers set goals; of one order of need a worker thinks otherwise than the score."""
    need = measure("child-in-difficulty")
    for worker in house.workers[:SITES]:
        people = list(case_people_for(worker).order_by("pk"))
        children = [person for person in people if is_minor(person, until)][:CHILDREN]
        for child in children:
            _assess(worker, child, need, random, until)
        if children:
            last = children[-1]
            place_by_hand(by=worker, person=last, of=need, place=1, why=words()["needs"]["moved"])
        for adult in [person for person in people if not is_minor(person, until)][:ADULTS]:
            _goal(worker, adult, random, until)


def _assess(by: Actor, child: Person, need: Measure, random: Random, until: date) -> None:
    for occasion, days, least in ((Occasion.BEGINNING, 90, 0), (Occasion.BETWEEN, 10, 2)):
        answers = {item.key: random.randint(max(least, 1), 5) for item in need.items}
        if least == 0 and random.random() < 0.4:
            answers[random.choice(need.items).key] = 0
        day = until - days * DAY
        facts = Answered(occasion=occasion, taken_on=day, answers=answers)
        take_measure(by=by, person=child, of=need, facts=facts, on=day)


def _goal(by: Actor, adult: Person, random: Random, until: date) -> None:
    began = until - 120 * DAY
    goal = set_goal(by=by, person=adult, on=began, due_on=until + 60 * DAY, **random.choice(words()["needs"]["goals"]))
    for days, score in ((60, random.choice([-1, 0])), (5, random.choice([0, 1, 2]))):
        score_goal(by=by, goal=goal, score=score, note="", day=until - days * DAY, on=until)
