"""Who comes first: whole names before parts, one's own people and sites before others, the newest before the older.

A scrap that fits very many (one letter) is answered from the newest people of each circle of the actor: nobody reads a
list of thousands, and the next character typed makes it short.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum

from django.db.models import Q, QuerySet

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
        return _ranked(actor, scrap, _seen(people, newest(actor, scrap, today(), only_own=True)), more=False)
    if scrap.is_rare or scrap.number is not None:
        found = _by_index(people, (*scrap.names, *others))
        if scrap.number is not None:
            found |= _read(people.filter(pk=scrap.number))
        return _ranked(actor, scrap, found, more=len(found) == LIKELIEST)
    near = newest(actor, scrap, today())
    named = sum(level_of(scrap, names) < Level.SOUND for names in near.values())
    large = len(near) >= ENOUGH and _is_large()
    if large and named >= ENOUGH:
        return _ranked(actor, scrap, _seen(people, near) | _by_index(people, [scrap.whole]), more=True)
    found = _by_index(people, scrap.names)
    if large or len(found) == LIKELIEST:
        return _ranked(actor, scrap, _seen(people, near) | found, more=True)
    beside = _by_index(people, others)
    return _ranked(actor, scrap, beside | found, more=len(beside) == LIKELIEST)


def level_of(scrap: Scrap, names: str) -> Level:
    if scrap.whole.fits(names):
        return Level.WHOLE
    if f" ={scrap.text}" in names:
        return Level.BEGINNING
    if any(way.fits(names) for way in scrap.names):
        return Level.PART
    return Level.SOUND if any(way.fits(names) for way in scrap.sounds) else Level.BESIDE


def _is_large() -> bool:
    """There are so many people that the index would name too many for one frequent scrap."""
    return (Findable.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) > LARGE


def _read(people: QuerySet[Person]) -> dict[int, str]:
    """Id → words of names."""
    return dict(people.order_by("-pk").values_list("pk", "findable__names")[:LIKELIEST])


def _seen(people: QuerySet[Person], found: dict[int, str]) -> dict[int, str]:
    """Those found whom `people` holds; the newest of the circles were asked for without it."""
    return {pk: found[pk] for pk in people.filter(pk__in=found).values_list("pk", flat=True)} if found else {}


def _by_index(people: QuerySet[Person], ways: Sequence[Way]) -> dict[int, str]:
    """Everyone whom one of the ways fits, as the index tells it; the newest, where they are many."""
    if not ways:
        return {}
    exact = [fits("findable__beside", ways)] if any(way.number for way in ways) else []
    return _read(people.filter(*exact, pk__in=hits(ways)))


def _ranked(actor: Actor, scrap: Scrap, found: dict[int, str], *, more: bool) -> Found:
    mine, near = _worked_with(actor, found)
    keys = {
        pk: (Level.WHOLE if pk == scrap.number else level_of(scrap, names), pk not in mine, pk not in near, -pk)
        for pk, names in found.items()
    }
    ids = sorted(keys, key=keys.__getitem__)
    return Found(ids[:LIKELIEST], more or len(ids) > LIKELIEST)


def _worked_with(actor: Actor, people: Collection[int]) -> tuple[set[int], set[int]]:
    """Those of `people` (ids) who are assigned to the actor today, and those to a site of theirs."""
    day = today()
    in_force = Q(from_on__lte=day) & (Q(to_on__isnull=True) | Q(to_on__gte=day))
    assigned = Assignment.objects.filter(in_force, Q(user=actor.user) | Q(site__in=actor.sites), person__in=people)
    rows = list(assigned.values_list("person_id", "user_id")) if people else []
    return {pk for pk, user in rows if user}, {pk for pk, user in rows if not user}
