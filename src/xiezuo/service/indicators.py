"""Countable facts of the work: a code, a unit, a counting rule (CNT-1 to CNT-9), and the rows behind the number."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Aggregate, Count, F, Max, QuerySet, Sum, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.service import counting
from xiezuo.service.counting import counted
from xiezuo.service.keys import TEXT, Key, expression, in_periods, on_record
from xiezuo.service.models import ServiceRecord
from xiezuo.service.vocab import Method

__all__ = ["INDICATORS", "IN_MINUTES", "Indicator", "Shows", "counted", "in_periods", "values"]

Values = dict[Any, int]
Rows = Callable[[QuerySet[ServiceRecord]], QuerySet[Any]]
Only = Iterable[tuple[Key, Any]]


class Shows(StrEnum):
    """What stands behind a number: a list of people, of records, or of groups."""

    PEOPLE = "people"
    RECORDS = "records"
    GROUPS = "groups"


@dataclass(frozen=True)
class Indicator:
    """`adds` over `rows` is the number. Hours are counted in minutes and shown as hours.

    `label` names it, `unit` is the word behind the number, `rule` the counting rule for people. `once` names what
    the number counts once however often it occurs ("who", "person"); it is empty where rows are simply added up.
    `of_people` says that sex and age of those counted are known.
    """

    code: str
    label: str | Promise
    unit: str | Promise
    rule: str | Promise
    rows: Rows
    adds: Aggregate
    shows: Shows = Shows.RECORDS
    once: str = ""
    of_people: bool = False

    def value(self, records: QuerySet[ServiceRecord], only: Only = ()) -> int:
        """The number for all of `records` together, or for those of its rows that `only` leaves."""
        return int(self._rows(records, only).aggregate(n=Coalesce(self.adds, 0))["n"])

    def by(self, records: QuerySet[ServiceRecord], *keys: Key) -> Values:
        """The number for each value of a key (a field of the record, or one of `service.keys`); for several keys,
        for each tuple of values."""
        rows = self.rows(records)
        named = {f"key{n}": expression(rows.model, key) for n, key in enumerate(keys)}
        found = rows.annotate(**named).order_by().values(*named).annotate(n=Coalesce(self.adds, 0))
        told = found.values_list(*named, "n")
        return {row[0] if len(keys) == 1 else row[:-1]: row[-1] for row in told}

    def several(self, records: QuerySet[ServiceRecord], key: Key) -> int:
        """How many of those counted once stand under more than one value of `key` (CNT-5, CNT-7)."""
        rows = self.rows(records)
        # Without a value (no site) is a value of its own; a count leaves out nulls.
        value = Coalesce(Cast(expression(rows.model, key), TEXT), Value(""))
        each = rows.annotate(key0=value).order_by().values(self.once)
        return each.annotate(n=Count("key0", distinct=True)).filter(n__gt=1).count()

    def behind(self, records: QuerySet[ServiceRecord], only: Only = ()) -> QuerySet[Any]:
        """What the number counts, as dicts: people (`who`, `person`, `label`, `times`…), groups, or records
        (`of`, `part`), whose parts add up to the number."""
        rows = self._rows(records, only).order_by()
        if self.shows is Shows.PEOPLE:
            return _people(rows)
        if self.shows is Shows.GROUPS:
            groups = rows.values("series").annotate(name=F("series__name"), times=Count("pk", distinct=True))
            return groups.order_by("-times", "series")
        record = on_record(rows.model, "pk")
        parts = rows.values(of=F(record)).annotate(part=self.adds, on=Max(on_record(rows.model, "service_date")))
        return parts.filter(part__gt=0).order_by("-on", "-of")

    def _rows(self, records: QuerySet[ServiceRecord], only: Only) -> QuerySet[Any]:
        rows = self.rows(records)
        for n, (key, value) in enumerate(only):
            rows = rows.alias(**{f"only{n}": expression(rows.model, key)}).filter(**{f"only{n}": value})
        return rows


def _people(rows: QuerySet[Any]) -> QuerySet[Any]:
    people = rows.values("who").annotate(
        person=Max("person_id"),
        label=Max("label"),
        series=Max("record__series__name"),
        site=Max("record__site__name"),
        times=Count("record", distinct=True),
    )
    return people.order_by("-times", "who")


def _counting_as(what: str) -> Rows:
    return lambda records: records.filter(method__in=counting.methods_counting_as(what))


def _all(records: QuerySet[ServiceRecord]) -> QuerySet[ServiceRecord]:
    return records


def _group_sessions(records: QuerySet[ServiceRecord]) -> QuerySet[ServiceRecord]:
    return records.filter(method=Method.GROUP, series__isnull=False)


PEOPLE = pgettext_lazy("unit", "people")
TIMES = pgettext_lazy("unit", "person-times")
HOURS = pgettext_lazy("unit", "hours")

INDICATORS: dict[str, Indicator] = {
    indicator.code: indicator
    for indicator in (
        Indicator(
            "headcount",
            _("headcount"),
            PEOPLE,
            _("different people: named ones, and nicknames listed within one series"),
            counting.identified,
            Count("who", distinct=True),
            Shows.PEOPLE,
            once="who",
            of_people=True,
        ),
        Indicator(
            "person_times",
            _("person-times"),
            TIMES,
            _("everyone each time they came, counted people included"),
            counting.takings,
            Sum("count"),
            of_people=True,
        ),
        Indicator(
            "event_count",
            _("events held"),
            pgettext_lazy("unit", "events"),
            _("activities, check-in days, centre days, outreach rounds and visits"),
            _counting_as("event"),
            Count("pk", distinct=True),
            once="pk",
        ),
        Indicator(
            "session_count",
            _("sessions held"),
            pgettext_lazy("unit", "sessions"),
            _("meetings of groups and courses"),
            _counting_as("session"),
            Count("pk", distinct=True),
            once="pk",
        ),
        Indicator(
            "service_hours",
            _("service hours"),
            HOURS,
            _("duration of the services, in minutes, shown as hours"),
            _all,
            Sum("minutes"),
        ),
        Indicator(
            "volunteer_hours",
            _("volunteer hours"),
            HOURS,
            _("time given by volunteers, in minutes, shown as hours"),
            counting.helpings,
            Sum("minutes"),
            of_people=True,
        ),
        Indicator(
            "unnamed",
            _("of whom unnamed"),
            TIMES,
            _("counted without a name; they enter person-times only"),
            counting.unnamed,
            Sum("count"),
            of_people=True,
        ),
        Indicator(
            "stated_heads",
            _("heads as stated"),
            PEOPLE,
            _("as written in imported sheets, not de-duplicated, never added to the headcount"),
            counting.takings,
            Sum("stated_heads"),
            of_people=True,
        ),
        Indicator(
            "group_count",
            _("groups"),
            pgettext_lazy("unit", "groups"),
            _("groups that met"),
            _group_sessions,
            Count("series", distinct=True),
            Shows.GROUPS,
            once="series",
        ),
        Indicator(
            "volunteer_count",
            _("volunteers"),
            PEOPLE,
            _("different named people who helped"),
            counting.named_helpings,
            Count("person", distinct=True),
            Shows.PEOPLE,
            once="person",
            of_people=True,
        ),
        Indicator(
            "volunteer_times",
            _("times volunteers helped"),
            TIMES,
            _("every volunteer each time they helped, those counted without a name included"),
            counting.helpings,
            Sum("count"),
            of_people=True,
        ),
        Indicator(
            "served_first",
            _("from helped to helper"),
            PEOPLE,
            _("volunteers who took part in a service on an earlier day"),
            counting.helpings_after_being_served,
            Count("person", distinct=True),
            Shows.PEOPLE,
            once="person",
            of_people=True,
        ),
    )
}
IN_MINUTES = frozenset({"service_hours", "volunteer_hours"})


def values(records: QuerySet[ServiceRecord], codes: Iterable[str]) -> dict[str, int]:
    """The numbers of several indicators over the same records."""
    return {code: INDICATORS[code].value(records) for code in codes}
