"""Measures and goals of a person: who may see them, what they add up to, and an order of need that people decide.

They belong to the case part of a file. No list, export, figure or report reads these tables; a score is a hint for a talk
and no state, right or order follows from it by itself (DAT-6).
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.common.walls import opened
from xiezuo.forms.measures import Measure, Score, attained, measure, score
from xiezuo.orgs.access import Actor
from xiezuo.people.access import among, case_files_for, case_people_for, must_open, people_for, sections_of
from xiezuo.people.models import Person
from xiezuo.people.vocab import Section
from xiezuo.service.models import Goal, GoalScore, Measured, PlacedByHand

OF_THE_CASE = "the case part of the file is open to whoever asks"


@dataclass(frozen=True)
class Taken:
    """A filled-in measure as it is shown. `differs`: a total that someone stated and that the answers do not give."""

    row: Measured
    of: Measure
    answers: dict[str, int]
    score: Score

    @property
    def total(self) -> Decimal | None:
        return self.score.total if self.answers else self.row.stated_total

    @property
    def differs(self) -> bool:
        return bool(self.answers) and self.row.stated_total is not None and self.row.stated_total != self.score.total


def as_taken(row: Measured) -> Taken:
    of = measure(row.measure, row.taken_on)
    answers = {key: int(value) for key, value in json.loads(str(row.answers) or "{}").items()} if row.answers else {}
    return Taken(row, of, answers, score(of, answers))


def taken_of(actor: Actor, person: Person) -> list[Taken]:
    """What the person answered, the latest first, without what was taken back. Raises SectionClosed."""
    must_open(actor, person, Section.CASE)
    with opened("service.Measured", why=OF_THE_CASE):
        rows = list(Measured.objects.filter(person=person).select_related("taken_by"))
    return [as_taken(row) for row in rows if not row.withdrawn_why]


def taken_for(actor: Actor, pk: int) -> Taken:
    """One filled-in measure. Raises NotAllowed with the same words whether it exists or not, SectionClosed."""
    with opened("service.Measured", why="whose it is; the file is asked next"):
        row = Measured.objects.filter(pk=pk).select_related("person", "taken_by").first()
    if row is None or not people_for(actor).filter(pk=row.person_id).exists():
        raise NotAllowed(_("This belongs to a person with whom you do not work, or there is no such measure."))
    must_open(actor, row.person, Section.CASE)
    return as_taken(row)


@dataclass(frozen=True)
class GoalTold:
    """A goal with its scores in the order of the days."""

    row: Goal
    scores: list[GoalScore]

    @property
    def latest(self) -> GoalScore | None:
        return self.scores[-1] if self.scores else None


def goals_of(actor: Actor, person: Person) -> list[GoalTold]:
    """The person's goals, open ones first. Raises SectionClosed."""
    must_open(actor, person, Section.CASE)
    with opened("service.Goal", "service.GoalScore", why=OF_THE_CASE):
        rows = Goal.objects.filter(person=person).select_related("set_by").prefetch_related("scores__scored_by")
        told = [GoalTold(row, [*row.scores.all()]) for row in rows]
    return sorted(told, key=lambda goal: goal.row.ended_on is not None)


def goal_for(actor: Actor, pk: int) -> Goal:
    """One goal. Raises NotAllowed with the same words whether it exists or not, SectionClosed."""
    with opened("service.Goal", why="whose it is; the file is asked next"):
        goal = Goal.objects.filter(pk=pk).select_related("person").first()
    if goal is None or not people_for(actor).filter(pk=goal.person_id).exists():
        raise NotAllowed(_("This belongs to a person with whom you do not work, or there is no such goal."))
    must_open(actor, goal.person, Section.CASE)
    return goal


def goals_among(actor: Actor, ids: Collection[int]) -> list[Goal]:
    """Of goals (ids) those whose person's case part is open to the actor."""
    with opened("service.Goal", why=OF_THE_CASE):
        return list(Goal.objects.filter(among(case_files_for(actor)), pk__in=ids))


def open_goals(actor: Actor, person: Person) -> list[Goal]:
    """Goals the person still works towards; none where the case part is closed to the actor."""
    with opened("service.Goal", why=OF_THE_CASE):
        mine = case_files_for(actor).filter(pk=person.pk)
        return list(Goal.objects.filter(person__in=mine.values("pk"), ended_on=None))


def attained_by(goals: Iterable[GoalTold]) -> Decimal | None:
    """The mean of the latest scores of open goals, to one decimal; None where none has one."""
    open_goals = [goal for goal in goals if goal.row.ended_on is None]
    return attained([goal.latest.score for goal in open_goals if goal.latest])


# ── an order of need ──


@dataclass(frozen=True)
class InOrder:
    """One person in the order. `by_score`: the place that the score alone would give; `moved`: by whom and why not that."""

    place: int
    by_score: int
    taken: Taken
    moved: PlacedByHand | None

    @property
    def person(self) -> Person:
        return self.taken.row.person


def people_in_order(actor: Actor) -> QuerySet[Person]:
    """People whose case part may be open to the actor at all; each file is asked again."""
    return people_for(actor) if actor.supervises else people_for(actor) & case_people_for(actor)


def order_of_need(actor: Actor, of: Measure) -> list[InOrder]:
    """The latest answers of everyone whose case part is open to the actor, a worker's own order before the score's."""
    with opened("service.Measured", "service.PlacedByHand", why="of people whose case part is open, asked just below"):
        rows = list(
            Measured.objects.filter(measure=of.key, refused=False, person__in=people_in_order(actor).values("pk"))
            .select_related("person", "taken_by")
            .order_by("person_id", "-taken_on", "-id")
        )
        latest: dict[int, Measured] = {}
        for row in rows:
            if not row.withdrawn_why:
                latest.setdefault(row.person_id, row)
        by_hand = PlacedByHand.objects.filter(measure=of.key, person__in=latest).select_related("by")
        placed = {row.person_id: row for row in by_hand}
    open_to = sections_of(actor, [row.person for row in latest.values()])
    taken = [as_taken(row) for row in latest.values() if Section.CASE in open_to[row.person_id]]
    return in_order([one for one in taken if one.total is not None], placed)


def in_order(taken: list[Taken], placed: dict[int, PlacedByHand]) -> list[InOrder]:
    """Who has a field with nothing comes first, then who scores worst; then everyone placed by hand goes to their place."""
    scored = sorted(taken, key=_need)
    by_score = {one.row.person_id: n for n, one in enumerate(scored, start=1)}
    order = [one for one in scored if one.row.person_id not in placed]
    moved = [one for one in scored if one.row.person_id in placed]
    # Whoever was moved last to a place has it; who was there before comes next.
    for one in sorted(moved, key=lambda each: (placed[each.row.person_id].place, placed[each.row.person_id].at)):
        order.insert(placed[one.row.person_id].place - 1, one)
    return [
        InOrder(n, by_score[one.row.person_id], one, placed.get(one.row.person_id))
        for n, one in enumerate(order, start=1)
    ]


def _need(one: Taken) -> tuple[bool, Decimal, int]:
    total = one.total or Decimal(0)
    worse_first = total if one.of.direction == "higher" else -total
    return not one.score.zeros, worse_first, one.row.person_id
