"""Countable facts of the work: a code, a unit, a counting rule (CNT-1 to CNT-9), and the rows behind the number."""

from collections.abc import Iterable

from django.db.models import BigIntegerField, Count, QuerySet, Sum
from django.db.models.functions import Cast, Round
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.service import counting
from xiezuo.service.counting import counted
from xiezuo.service.indicating import CASE, HOME, Indicator, Rows, Shows, Values
from xiezuo.service.models import ServiceRecord
from xiezuo.service.periods import Period, in_periods
from xiezuo.service.vocab import Method

__all__ = [
    "INDICATORS",
    "IN_FEN",
    "IN_MINUTES",
    "Indicator",
    "Period",
    "Shows",
    "Values",
    "counted",
    "in_periods",
    "values",
]


def _counting_as(what: str) -> Rows:
    return lambda records: records.filter(method__in=counting.methods_counting_as(what))


def _all(records: QuerySet[ServiceRecord]) -> QuerySet[ServiceRecord]:
    return records


def _of_cases(records: QuerySet[ServiceRecord]) -> QuerySet[ServiceRecord]:
    """Services that a form of a case recorded."""
    return records.filter(filled_form__case__isnull=False)


def _intakes(records: QuerySet[ServiceRecord]) -> QuerySet[ServiceRecord]:
    return records.filter(begins_case__isnull=False)


def _group_sessions(records: QuerySet[ServiceRecord]) -> QuerySet[ServiceRecord]:
    return records.filter(method=Method.GROUP, series__isnull=False)


def _given(records: QuerySet[ServiceRecord]) -> QuerySet[ServiceRecord]:
    """Services by which aid of the ledger was handed over."""
    return records.filter(aid__isnull=False)


def _given_homes(records: QuerySet[ServiceRecord]) -> QuerySet[ServiceRecord]:
    return _given(records).annotate(home=HOME)


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
            # A person's number and a nickname's text are never the same; apart they are compared several times faster.
            Count("person", distinct=True) + Count("listed", distinct=True),
            Shows.PEOPLE,
            once="who",
            of_people=True,
            in_heads=True,
        ),
        Indicator(
            "person_times",
            _("person-times"),
            TIMES,
            _("everyone each time they came, counted people included"),
            counting.takings,
            Sum("count"),
            of_people=True,
            in_cells=True,
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
            "service_count",
            _("services"),
            pgettext_lazy("unit", "services"),
            _("every service that was written down, whatever its method"),
            _all,
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
            in_cells=True,
        ),
        Indicator(
            "stated_heads",
            _("heads as stated"),
            PEOPLE,
            _("as written in imported sheets, not de-duplicated, never added to the headcount"),
            counting.stated,
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
            "case_count",
            _("cases worked on"),
            pgettext_lazy("unit", "cases"),
            _("different cases in which something was done: an intake, a talk, a review"),
            _of_cases,
            Count(CASE, distinct=True),
            Shows.CASES,
            once=CASE,
        ),
        Indicator(
            "case_begun",
            _("cases begun"),
            pgettext_lazy("unit", "cases"),
            _("cases whose intake lies in the period"),
            _intakes,
            Count(CASE, distinct=True),
            Shows.CASES,
            once=CASE,
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
        Indicator(
            "aid_times",
            _("times aid was given"),
            pgettext_lazy("unit", "times"),
            _("every handing-over of the aid ledger that was signed for"),
            _given,
            Count("pk", distinct=True),
            once="pk",
        ),
        Indicator(
            "aid_households",
            _("households that were given aid"),
            pgettext_lazy("unit", "households"),
            _("different households; of an old ledger each line without one"),
            _given_homes,
            Count("home", distinct=True),
            Shows.HOMES,
            once="home",
        ),
        Indicator(
            "aid_amount",
            _("money of aid"),
            pgettext_lazy("unit", "yuan"),
            _("what was handed over, in fen, shown as yuan; what is only promised is not in it"),
            _given,
            # Engines add decimals up as they like; fen are whole.
            Cast(Round(Sum("aid__amount_paid") * 100), BigIntegerField()),
        ),
    )
}
IN_FEN = frozenset({"aid_amount"})
IN_MINUTES = frozenset({"service_hours", "volunteer_hours"})


def values(records: QuerySet[ServiceRecord], codes: Iterable[str], *, through: int | None = None) -> dict[str, int]:
    """The numbers of several indicators over the same records. `through`: see `Indicator.by`."""
    return {code: INDICATORS[code].value(records, through=through) for code in codes}
