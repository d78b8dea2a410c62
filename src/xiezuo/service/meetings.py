"""Whom one met last: page by page, each as quick as the first.

The order is by the day of the last service to which someone came, as far as the actor may see, the latest first; who was
never met stands at the end. A page is not counted off from the beginning: it begins beside the last row of the page
before. Whoever stands there was met in the services around that day, so that a few records suffice to find them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from xiezuo.orgs.access import Actor
from xiezuo.people.models import Person
from xiezuo.service.access import records_for
from xiezuo.service.models import Participation, ServiceRecord

Met = list[tuple[int, date | None]]  # person, day of the last service
Rows = QuerySet[Any, tuple[int, date]]  # `day` is counted, no column
LOOKED_BACK = (320, 1000, 4000)  # records; after so many, one looks at the history of everyone asked for


@dataclass(frozen=True)
class Place:
    """Beside whom a page begins: a person and the day they were met last."""

    person: int
    day: date | None

    @property
    def rank(self) -> tuple[date, int]:
        return _rank((self.person, self.day))


def _rank(met: tuple[int, date | None]) -> tuple[date, int]:
    """The higher, the nearer to the beginning of the list."""
    return met[1] or date.min, met[0]


def last_met(actor: Actor) -> Subquery:
    """For annotating people: the day of the last service to which they came, as far as the actor may see."""
    came = Participation.objects.filter(person=OuterRef("pk"), came=True, record__in=_dated(actor))
    return Subquery(came.order_by().values("person").annotate(day=Max("record__service_date")).values("day"))


def met_on(actor: Actor, people: Sequence[int]) -> dict[int, date]:
    """The day on which each was met last, as far as the actor may see; who was never met is left out."""
    records = records_for(actor).filter(participations__person__in=people)
    came = Participation.objects.filter(person__in=people, came=True, record__in=records)
    by_person = came.order_by().values("person").annotate(day=Max("record__service_date"))
    return dict(by_person.values_list("person", "day"))


def met_last(actor: Actor, people: QuerySet[Person], size: int, after: Place | None = None) -> Met:
    """The first `size` of `people` in the order, or those behind a place."""
    if after is not None and after.day is None:
        return _never_met(actor, people.filter(pk__lt=after.person), size)
    days = _dated(actor).order_by("-service_date")
    days = days.filter(service_date__lte=after.day) if after else days
    for back in LOOKED_BACK:
        edge = _edge(days, back)
        rows = _met_between(actor, people, edge, after.day if after else None)
        met: Met = [one for one in rows.order_by("-day", "-person") if after is None or _rank(one) < after.rank]
        if len(met) >= size:
            return met[:size]
        if edge is None:
            return met + _never_met(actor, people, size - len(met))
    met = _by_history(actor, people, _behind(after) if after else Q(), size, "-")
    return met + _never_met(actor, people, size - len(met))


def met_next(actor: Actor, people: QuerySet[Person], size: int, before: Place) -> Met:
    """The last `size` of those who stand in front of a place, in the order of the list."""
    found: Met = []
    if before.day is None:
        never = people.filter(~_came(actor), pk__gt=before.person).order_by("pk")
        found = [(pk, None) for pk in never.values_list("pk", flat=True)[:size]]
    found += _met_later(actor, people, size - len(found), before) if len(found) < size else []
    return found[::-1]


def _met_later(actor: Actor, people: QuerySet[Person], size: int, before: Place) -> Met:
    """Those met who stand nearest in front of a place, the nearest first."""
    days = _dated(actor).order_by("service_date")
    days = days.filter(service_date__gte=before.day) if before.day else days
    for back in LOOKED_BACK:
        edge = _edge(days, back)
        rows = _met_between(actor, people, None, edge, before.day)
        met: Met = [one for one in rows.order_by("day", "person") if _rank(one) > before.rank]
        if len(met) >= size or edge is None:
            return met[:size]
    return _by_history(actor, people, _in_front(before), size, "")


def _dated(actor: Actor) -> QuerySet[ServiceRecord]:
    return records_for(actor).filter(service_date__isnull=False)


def _edge(days: QuerySet[ServiceRecord], back: int) -> date | None:
    """The day of the record so far back; None where there are not so many."""
    return days.values_list("service_date", flat=True)[back : back + 1].first()


def _met_between(
    actor: Actor, people: QuerySet[Person], after: date | None, until: date | None, since: date | None = None
) -> Rows:
    """Those of `people` who were met last on a day behind `after`, or from `since` on, and not behind `until`."""
    within = _dated(actor)
    within = within.filter(service_date__gt=after) if after else within
    within = within.filter(service_date__gte=since) if since else within
    within = within.filter(service_date__lte=until) if until else within
    wanted = Exists(people.order_by().filter(pk=OuterRef("person")))
    came = Participation.objects.filter(wanted, came=True, person__isnull=False, record__in=within)
    if until:
        # Most came again, and what was written down last tells of nearly all of them; the rest are asked about every service.
        came = came.annotate(latest=_written_last(actor)).filter(latest__lte=until)
        came = came.filter(~_came_again(_dated(actor).filter(service_date__gt=until)))
    by_person = came.order_by().values("person").annotate(day=Max("record__service_date"))
    return by_person.values_list("person", "day")


def _written_last(actor: Actor) -> Subquery:
    """For participations: the day of the service that was written down last of those to which the person came."""
    seen = Exists(_dated(actor).filter(pk=OuterRef("record")))
    rows = Participation.objects.filter(seen, person=OuterRef("person"), came=True)
    return Subquery(rows.order_by("-id").values("record__service_date")[:1])


def _came_again(later: QuerySet[ServiceRecord]) -> Q | Exists:
    """For participations: whether the person came to one of these records too."""
    again = Participation.objects.filter(came=True, person__isnull=False)
    if _edge(later.order_by("service_date"), LOOKED_BACK[-1]) is None:
        return Q(person__in=again.filter(record__in=later).values("person"))
    # So many that to list who came would take long; asked one by one nearly everyone is soon found among them.
    seen = Exists(later.filter(pk=OuterRef("record")))
    return Exists(again.filter(seen, person=OuterRef("person")))


def _came(actor: Actor) -> Exists:
    seen = Exists(_dated(actor).filter(pk=OuterRef("record")))
    return Exists(Participation.objects.filter(seen, person=OuterRef("pk"), came=True))


def _never_met(actor: Actor, people: QuerySet[Person], size: int) -> Met:
    if size <= 0:
        return []
    return [(pk, None) for pk in people.filter(~_came(actor)).order_by("-pk").values_list("pk", flat=True)[:size]]


def _behind(place: Place) -> Q:
    """For people annotated with `met_on`: those met who stand behind a place."""
    return Q(met_on__lt=place.day) | Q(met_on=place.day, pk__lt=place.person) if place.day else Q(pk__in=())


def _in_front(place: Place) -> Q:
    return Q(met_on__gt=place.day) | Q(met_on=place.day, pk__gt=place.person) if place.day else Q()


def _by_history(actor: Actor, people: QuerySet[Person], where: Q, size: int, sign: str) -> Met:
    """Those met, by looking at everyone asked for; so few that they stand apart by thousands of services."""
    met = people.annotate(met_on=last_met(actor)).filter(where, met_on__isnull=False)
    order = (F("met_on").desc(), "-pk") if sign else (F("met_on").asc(), "pk")
    return list(met.order_by(*order).values_list("pk", "met_on")[:size])
