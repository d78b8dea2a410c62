"""Asking a measure, setting and scoring goals, and putting someone at their place in an order of need."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.common.walls import opened
from xiezuo.forms.measures import Measure, Scoring
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_work_with
from xiezuo.people.models import Person
from xiezuo.people.vocab import Section
from xiezuo.service.measuring import OF_THE_CASE, goal_for, taken_for
from xiezuo.service.models import Goal, GoalScore, Measured, PlacedByHand
from xiezuo.service.vocab import Occasion

KEEPS = "whoever writes works on the case"


@dataclass(kw_only=True)
class Answered:
    """What was answered on one day. `stated_total`: a total from paper; `wording`: the question of a scaling."""

    occasion: Occasion
    taken_on: date
    answers: Mapping[str, int] | None = None
    stated_total: Decimal | None = None
    wording: str = ""
    refused: bool = False
    allowed: bool = False


@transaction.atomic
def take_measure(
    *, by: Actor, person: Person, of: Measure, facts: Answered, on: date, key: uuid.UUID | None = None
) -> Measured:
    """Keep what the person answered, or that they did not want to. The same key again gives the row that stands.

    Raises RuleBroken for a measure that is not in use, a day to come, missing or impossible answers, a scaling whose words
    are not those of before, and a paper measure whose licence nobody ticked.
    """
    must_work_with(by, person, section=Section.CASE)
    with opened("service.Measured", why=KEEPS):
        before = Measured.objects.filter(key=key).first() if key else None
    if before is not None:
        return taken_for(by, before.pk).row
    _check(of, facts, on)
    answers = json.dumps(dict(facts.answers), sort_keys=True) if facts.answers and not facts.refused else ""
    with opened("service.Measured", why=KEEPS):
        if of.scoring == Scoring.SCALE and not facts.refused:
            _check_wording(person, of, facts)
        row = Measured.objects.create(
            key=key or uuid.uuid4(),
            person=person,
            measure=of.key,
            version=of.version,
            occasion=facts.occasion,
            taken_on=facts.taken_on,
            wording=tidy(facts.wording),
            answers=answers,
            stated_total=None if facts.refused else facts.stated_total,
            refused=facts.refused,
            taken_by=by.user,
        )
    happened("service.measure.taken", row, by_id=by.id, person=person.pk, measure=of.key, on=facts.taken_on.isoformat())
    return row


def _check(of: Measure, facts: Answered, on: date) -> None:
    if not of.is_in_use:
        raise RuleBroken("service.measure_not_in_use", of.why_not)
    if facts.taken_on > on:
        words = _("This day is still to come. Write down what was answered when it was.")
        raise RuleBroken("service.measure_in_future", words, field="taken_on")
    if facts.refused:
        return
    if of.scoring == Scoring.TOTAL_ONLY:
        if facts.stated_total is None or not of.least <= facts.stated_total <= of.most:
            words = _("Write the total from the paper: a number from %(least)s to %(most)s.")
            raise RuleBroken(
                "service.measure_total", words % {"least": of.least, "most": of.most}, field="stated_total"
            )
        if not facts.allowed:
            words = _("Tick that you filled in the owner's paper as its licence allows.")
            raise RuleBroken("service.measure_licence", words, field="allowed")
        return
    given = facts.answers or {}
    missing = [] if of.skips_missing else [one.key for one in of.items if one.key not in given]
    if missing or not given:
        words = _("Some questions have no answer yet. Ask them, or say that the person did not want to.")
        raise RuleBroken("service.measure_missing", words, missing=missing)
    if any(not of.least <= value <= of.most for value in given.values()):
        raise RuleBroken("service.measure_answer", _("One answer is not one of those that this measure knows."))


def _check_wording(person: Person, of: Measure, facts: Answered) -> None:
    """Before and after can be compared only where the question was the same."""
    if not tidy(facts.wording):
        words = _("Write the question in the words in which it was asked.")
        raise RuleBroken("service.measure_wording", words, field="wording")
    if facts.occasion == Occasion.BEGINNING:
        return
    asked = [row.wording for row in Measured.objects.filter(person=person, measure=of.key) if not row.refused]
    if asked and tidy(facts.wording) not in asked:
        words = _("Asked before in other words: “%(words)s”. Ask it again in these words, or begin a new one.")
        raise RuleBroken("service.measure_other_words", words % {"words": asked[0]}, field="wording")


@transaction.atomic
def withdraw_measure(*, by: Actor, pk: int, why: str) -> Measured:
    """Written on the wrong person, or wrongly: it is shown and compared no more, and says why. Only who wrote it, or a
    supervisor, does so."""
    row = taken_for(by, pk).row
    must_work_with(by, row.person, section=Section.CASE)
    if row.taken_by_id != by.id and not by.supervises:
        raise NotAllowed(_("Only the one who wrote this, or a supervisor, takes it back."))
    if not tidy(why):
        raise RuleBroken("service.measure_why", _("Write why this should not count."), field="why")
    row.withdrawn_why = tidy(why)
    with opened("service.Measured", why=KEEPS):
        row.save(update_fields=["withdrawn_why"])
    happened("service.measure.withdrawn", row, by_id=by.id)
    return row


@transaction.atomic
def set_goal(
    *,
    by: Actor,
    person: Person,
    text: str,
    measured_by: str,
    baseline: str,
    on: date,
    due_on: date | None = None,
    key: uuid.UUID | None = None,
) -> Goal:
    """A goal in the person's own words, with where they stand today. The same key again gives the goal that stands."""
    must_work_with(by, person, section=Section.CASE)
    needed = {
        "text": (text, _("Write the goal in the person's own words.")),
        "measured_by": (measured_by, _("Write by what both of you will see how far it was reached.")),
        "baseline": (baseline, _("Write where they stand today: a baseline written later does not count.")),
    }
    for field, (value, words) in needed.items():
        if not tidy(value):
            raise RuleBroken(f"service.goal_{field}", words, field=field)
    if due_on and due_on < on:
        raise RuleBroken("service.goal_due", _("This day has passed. Choose one to come."), field="due_on")
    with opened("service.Goal", why=KEEPS):
        goal, new = Goal.objects.get_or_create(
            key=key or uuid.uuid4(),
            defaults={
                "person": person,
                "text": text.strip(),
                "measured_by": tidy(measured_by),
                "baseline": tidy(baseline),
                "set_on": on,
                "due_on": due_on,
                "set_by": by.user,
            },
        )
    if new:
        happened("service.goal.set", goal, by_id=by.id, person=person.pk)
    return goal


@transaction.atomic
def score_goal(*, by: Actor, goal: Goal, score: int, note: str, day: date, on: date) -> GoalScore:
    """How far it was reached on `day`: −2 … +2. The same day again replaces."""
    goal = goal_for(by, goal.pk)
    must_work_with(by, goal.person, section=Section.CASE)
    if not -2 <= score <= 2:
        raise RuleBroken("service.goal_score", _("Choose one of the five: −2, −1, 0, +1, +2."), field="score")
    if day > on or day < goal.set_on:
        words = _("Choose a day between the one on which the goal was set and today.")
        raise RuleBroken("service.goal_day", words, field="day")
    if goal.ended_on:
        raise RuleBroken("service.goal_ended", _("This goal has ended. Set a new one."))
    with opened("service.Goal", "service.GoalScore", why=KEEPS):
        row, _new = GoalScore.objects.update_or_create(
            goal=goal, on=day, defaults={"score": score, "note": tidy(note), "scored_by": by.user}
        )
    happened("service.goal.scored", goal, by_id=by.id, on=day.isoformat())
    return row


@transaction.atomic
def end_goal(*, by: Actor, goal: Goal, on: date) -> Goal:
    """Nobody works towards it any more, reached or not; it stays on the file."""
    goal = goal_for(by, goal.pk)
    must_work_with(by, goal.person, section=Section.CASE)
    if goal.ended_on is None:
        goal.ended_on = on
        with opened("service.Goal", why=KEEPS):
            goal.save(update_fields=["ended_on"])
        happened("service.goal.ended", goal, by_id=by.id, on=on.isoformat())
    return goal


@transaction.atomic
def place_by_hand(*, by: Actor, person: Person, of: Measure, place: int, why: str) -> PlacedByHand:
    """Put someone at a place in the order of need whatever the score says, with the reason. Again replaces."""
    must_work_with(by, person, section=Section.CASE)
    if place < 1:
        raise RuleBroken("service.place_first", _("Places are counted from 1."), field="place")
    if not tidy(why):
        words = _("Write why: whoever reads the order sees both the score and your reason.")
        raise RuleBroken("service.place_why", words, field="why")
    with opened("service.PlacedByHand", why=OF_THE_CASE):
        row, _new = PlacedByHand.objects.update_or_create(
            measure=of.key, person=person, defaults={"place": place, "why": why.strip(), "by": by.user, "at": now()}
        )
    happened("service.need.placed", person, by_id=by.id, measure=of.key, place=place)
    return row


@transaction.atomic
def let_score_place(*, by: Actor, person: Person, of: Measure) -> None:
    """Take a place given by hand back: the order is the score's again."""
    must_work_with(by, person, section=Section.CASE)
    with opened("service.PlacedByHand", why=OF_THE_CASE):
        gone, _each = PlacedByHand.objects.filter(measure=of.key, person=person).delete()
    if gone:
        happened("service.need.unplaced", person, by_id=by.id, measure=of.key)
