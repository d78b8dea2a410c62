"""Who comes first: whole names before parts, one's own people and sites before others, the newest before the older.

A scrap that fits very many (one letter) is answered from the newest people of each circle of the actor: nobody reads a
list of thousands, and the next character typed makes it short.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from xiezuo.common.days import today
from xiezuo.orgs.access import Actor
from xiezuo.people.finding.engine import fits, hits
from xiezuo.people.finding.scrap import Scrap, Way
from xiezuo.people.models import Assignment, Findable, Person

LIKELIEST = 200  # people whom one scrap gives at most
NEWEST = 500  # of each circle that are looked through for a scrap that may fit very many
ENOUGH = 12  # found among the newest, and it does fit very many: the index would name thousands
LARGE = 20_000  # people of a house; below it the index answers for frequent scraps too
CIRCLES = 6  # sites of an actor whose newest people are looked through


class Level(IntEnum):
    """How a scrap fits, the best first."""

    WHOLE = 0
    BEGINNING = 1
    PART = 2
    SOUND = 3
    BESIDE = 4


@dataclass(frozen=True)
class Found:
    """Ids, the likeliest first; `more`: the scrap may fit more people than these."""

    ids: list[int]
    more: bool


@dataclass(frozen=True)
class Fitting:
    """Someone whom the scrap fits: how, and how near the actor is."""

    level: Level
    mine: bool
    near: bool


def find(actor: Actor, people: QuerySet[Person], scrap: Scrap) -> Found:
    """Those of `people` (which began with `people_for`) whom the scrap fits."""
    search = _Search(actor, people, scrap)
    if scrap.own:
        return search.ranked(search.newest("beside", scrap.beside, [_mine(actor)]), more=False)
    found, more = search.looked_up("names", scrap.names)
    if more:
        found |= search.by_index([scrap.whole])
    elif others := (*scrap.sounds, *scrap.beside):
        beside, more = search.looked_up("beside", others)
        found = beside | found
    if scrap.number is not None:
        found |= search.read(Q(pk=scrap.number))
    return search.ranked(found, more=more)


def level_of(scrap: Scrap, names: str) -> Level:
    if scrap.whole.fits(names):
        return Level.WHOLE
    if f" ={scrap.text}" in names:
        return Level.BEGINNING
    if any(way.fits(names) for way in scrap.names):
        return Level.PART
    return Level.SOUND if any(way.fits(names) for way in scrap.sounds) else Level.BESIDE


def _open() -> Q:
    day = today()
    return Q(from_on__lte=day) & (Q(to_on__isnull=True) | Q(to_on__gte=day))


def _newest_of(assignments: QuerySet[Assignment]) -> QuerySet[Any, Any]:
    newest = assignments.filter(_open()).order_by("-id").values("pk")[:NEWEST]
    return Assignment.objects.filter(pk__in=newest).values_list("person_id")


def _mine(actor: Actor) -> QuerySet[Any, Any]:
    """Ids of those assigned to the actor in person."""
    return _newest_of(Assignment.objects.filter(user=actor.user))


def _circles(actor: Actor) -> Iterator[QuerySet[Any, Any]]:
    """Ids of the newest people of each circle: the actor's own, each site of theirs, everyone."""
    yield _mine(actor)
    for site in sorted(actor.sites)[:CIRCLES]:
        yield _newest_of(Assignment.objects.filter(site=site))
    if actor.everywhere:
        newest = Findable.objects.order_by("-pk").values("pk")[:NEWEST]
        yield Findable.objects.filter(pk__in=newest).values_list("person_id")


def _is_large() -> bool:
    """There are so many people that the index would name too many for one frequent scrap."""
    return (Findable.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) > LARGE


class _Search:
    """One scrap asked of one actor's people; what the database answers is id → Fitting."""

    def __init__(self, actor: Actor, people: QuerySet[Person], scrap: Scrap) -> None:
        assigned = Assignment.objects.filter(_open(), person=OuterRef("pk"))
        mine, near = Exists(assigned.filter(user=actor.user)), Exists(assigned.filter(site__in=actor.sites))
        self.actor, self.scrap, self.people = actor, scrap, people.annotate(mine=mine, near=near)

    def read(self, *conditions: Q) -> dict[int, Fitting]:
        rows = self.people.filter(*conditions).order_by("-pk")
        told = rows.values_list("pk", "findable__names", "mine", "near")[:LIKELIEST]
        return {pk: Fitting(level_of(self.scrap, names or ""), mine, near) for pk, names, mine, near in told}

    def looked_up(self, column: str, ways: Sequence[Way]) -> tuple[dict[int, Fitting], bool]:
        """Whom one of the ways fits, and whether these are only the newest of very many."""
        if not ways:
            return {}, False
        newest = {} if self.scrap.is_rare else self.newest(column, ways, _circles(self.actor))
        if len(newest) >= ENOUGH and _is_large():
            return newest, True
        found = self.by_index(ways)
        return newest | found, len(found) == LIKELIEST

    def newest(self, column: str, ways: Sequence[Way], circles: Iterable[QuerySet[Any, Any]]) -> dict[int, Fitting]:
        """Those of the circles whom one of the ways fits; the index is not asked."""
        first, *others = circles
        circle = first.union(*others) if others else first
        fitting = Findable.objects.filter(fits(column, ways), pk__in=circle).order_by("-pk")
        ids = list(fitting.values_list("pk", flat=True)[:LIKELIEST])
        return self.read(Q(pk__in=ids)) if ids else {}

    def by_index(self, ways: Sequence[Way]) -> dict[int, Fitting]:
        exact = [fits("findable__beside", ways)] if any(way.number for way in ways) else []
        return self.read(Q(pk__in=hits(ways)), *exact)

    def ranked(self, found: dict[int, Fitting], *, more: bool) -> Found:
        def key(pk: int) -> tuple[int, bool, bool, int]:
            fitting = found[pk]
            level = Level.WHOLE if pk == self.scrap.number else fitting.level
            return level, not fitting.mine, not fitting.near, -pk

        ids = sorted(found, key=key)
        return Found(ids[:LIKELIEST], more or len(ids) > LIKELIEST)
