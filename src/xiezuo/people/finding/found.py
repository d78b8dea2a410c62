"""Who comes first: whole names before parts, one's own people and sites before others, the newest before the older.

A scrap that fits very many (one letter) is answered from the newest people of each circle of the actor: nobody reads a
list of thousands, and the next character typed makes it short.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from django.db.models import Exists, OuterRef, Q, QuerySet

from xiezuo.common.days import today
from xiezuo.orgs.access import Actor
from xiezuo.people.finding.engine import fits, hits
from xiezuo.people.finding.newest import newest
from xiezuo.people.finding.scrap import Scrap, Way
from xiezuo.people.models import Assignment, Findable, Person

LIKELIEST = 200  # people whom one scrap gives at most
ENOUGH = 12  # found among the newest, and it does fit very many: the index would name thousands
LARGE = 20_000  # people of a house; below it the index answers for frequent scraps too


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


def find(actor: Actor, people: QuerySet[Person], scrap: Scrap) -> Found:
    """Those of `people` (which began with `people_for`) whom the scrap fits."""
    others = (*scrap.sounds, *scrap.beside)
    if scrap.own:
        return _ranked(actor, people, scrap, newest(actor, scrap, today(), only_own=True), more=False)
    if scrap.is_rare:
        found = _by_index(people, (*scrap.names, *others))
        return _ranked(actor, people, scrap, found, more=len(found) == LIKELIEST)
    found = newest(actor, scrap, today())
    named = sum(level_of(scrap, names) < Level.SOUND for names in found.values())
    large = len(found) >= ENOUGH and _is_large()
    if large and named >= ENOUGH:
        found |= _by_index(people, [scrap.whole])
        return _ranked(actor, people, scrap, found, more=True)
    by_name = _by_index(people, scrap.names)
    found |= by_name
    if not large and len(by_name) < LIKELIEST:
        found = _by_index(people, others) | found
    return _ranked(actor, people, scrap, found, more=large or len(by_name) == LIKELIEST)


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


def _is_large() -> bool:
    """There are so many people that the index would name too many for one frequent scrap."""
    return (Findable.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) > LARGE


def _by_index(people: QuerySet[Person], ways: Sequence[Way]) -> dict[int, str]:
    """Id → words of names of everyone whom one of the ways fits, as the index tells it; the newest, where they are many."""
    if not ways:
        return {}
    exact = [fits("findable__beside", ways)] if any(way.number for way in ways) else []
    fitting = people.filter(*exact, pk__in=hits(ways)).order_by("-pk")
    return dict(fitting.values_list("pk", "findable__names")[:LIKELIEST])


def _ranked(actor: Actor, people: QuerySet[Person], scrap: Scrap, found: dict[int, str], *, more: bool) -> Found:
    """Only here everyone found is held against `people`: the circles were asked without it."""
    if scrap.number is not None:
        found[scrap.number] = ""
    assigned = Assignment.objects.filter(_open(), person=OuterRef("pk"))
    mine, near = Exists(assigned.filter(user=actor.user)), Exists(assigned.filter(site__in=actor.sites))
    rows = people.filter(pk__in=list(found)).annotate(mine=mine, near=near)
    keys = {
        pk: (Level.WHOLE if pk == scrap.number else level_of(scrap, found[pk]), not is_mine, not is_near, -pk)
        for pk, is_mine, is_near in rows.values_list("pk", "mine", "near")
    }
    ids = sorted(keys, key=keys.__getitem__)
    return Found(ids[:LIKELIEST], more or len(ids) > LIKELIEST)
