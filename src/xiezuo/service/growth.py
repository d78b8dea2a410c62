"""Who was helped before they helped, and how long it took: the way from help-seeker to helper, proved by records."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import Min, QuerySet

from xiezuo.orgs.access import Actor
from xiezuo.service.access import records_for
from xiezuo.service.counting import counted, helpings_after_being_served, servings
from xiezuo.service.indicators import INDICATORS
from xiezuo.service.kept import kept
from xiezuo.service.models import ServiceRecord


@dataclass(frozen=True)
class Grown:
    """`helped_on`: the first day of helping that certainly lies after `served_on`, the first of being served."""

    person: int
    served_on: date
    helped_on: date

    @property
    def days(self) -> int:
        return (self.helped_on - self.served_on).days


def grown_helpers(actor: Actor, first: date, last: date) -> list[Grown]:
    """Everyone whom indicator served_first counts in the period, as far as the actor sees it, the newest helper first.

    The days are looked for in all years.
    """
    every = counted(records_for(actor))
    helped = INDICATORS["served_first"].rows(every.filter(service_date__range=(first, last))).order_by()
    who = helped.values_list("person_id", flat=True).distinct()
    return kept("grown_helpers", who, lambda: _grown(every, list(who)), through=last.year)


def _grown(every: QuerySet[ServiceRecord], who: list[int | None]) -> list[Grown]:
    after = helpings_after_being_served(every).filter(person__in=who).order_by().values("person_id")
    helped_on = dict(after.annotate(day=Min("record__service_date")).values_list("person_id", "day"))
    served = servings(every).filter(person__in=who).order_by().values("person_id")
    served_on = dict(served.annotate(day=Min("record__service_date")).values_list("person_id", "day"))
    found = [Grown(pk, served_on[pk], day) for pk, day in helped_on.items() if pk in served_on]
    return sorted(found, key=lambda one: (one.helped_on, one.person), reverse=True)


def usual_days(grown: Sequence[Grown]) -> int | None:
    """The median of the days between; None where there is nobody."""
    return round(median(one.days for one in grown)) if grown else None
