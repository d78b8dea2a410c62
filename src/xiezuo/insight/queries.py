"""The year report and the monthly ledger: all the numbers of a page, in few questions to the database.

Both take the records someone may see and nothing else, so that whatever counts faster can take their place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import get_language

from xiezuo.common.days import Precision
from xiezuo.insight.breakdown import Breakdown, breakdown
from xiezuo.insight.dimensions import Period, Records, month_of, year_of
from xiezuo.insight.models import ReportText
from xiezuo.service.counting import methods_counting_as, uncounted
from xiezuo.service.indicators import INDICATORS, counted
from xiezuo.service.kept import kept
from xiezuo.service.models import ServiceRecord

HEADLINE = (
    "headcount",
    "person_times",
    "event_count",
    "session_count",
    "group_count",
    "service_hours",
    "volunteer_count",
    "volunteer_hours",
    "served_first",
    "unnamed",
    "stated_heads",
)
BY_RECORD = ("headcount", "unnamed", "stated_heads", "person_times", "volunteer_hours", "service_hours")


@dataclass(frozen=True)
class Headline:
    """One indicator over the year and over the year before."""

    code: str
    now: int
    before: int


@dataclass(frozen=True)
class YearReport:
    """All numbers of a year. `not_counted` says how many stay outside: records `cancelled`, `for_testing`,
    `undated` (of no year at all), people who were `expected` and did not come."""

    year: int
    headlines: dict[str, Headline]
    months: Breakdown
    months_before: Breakdown
    sites: Breakdown
    people_by_site: Breakdown
    people_by_line: Breakdown
    people: Breakdown
    not_counted: dict[str, int]


def year_report(records: Records, year: int, *, publish: bool = False) -> YearReport:
    """The year's numbers over the records someone may see; with `publish` small ones are hidden (SUP-1).

    The answer is kept while it holds, in each language: labels of sites and ages are part of it.
    """
    what = f"year report {year} {publish} {get_language()}"
    return kept(what, records.order_by(), lambda: _year_report(records, year, publish), through=year)


def _year_report(records: Records, year: int, publish: bool) -> YearReport:
    counting, period, last_year = counted(records), year_of(year), year_of(year - 1)

    def table(code: str, rows: str, across: str = "", of: Period = period) -> Breakdown:
        return breakdown(counting, code, rows, across, period=of, publish=publish)

    # The tables come first: where one was counted, its pass over the rows gives the headline too.
    tables = {
        "months": table("person_times", "month"),
        "months_before": table("person_times", "month", of=last_year),
        "sites": table("person_times", "site", "line"),
        "people_by_site": table("headcount", "site"),
        "people_by_line": table("headcount", "line"),
        "people": table("headcount", "age", "sex"),
    }

    def headline(code: str) -> Headline:
        years = (period, last_year)
        return Headline(code, *(INDICATORS[code].value(y.of(counting), through=y.last.year) for y in years))

    return YearReport(
        year=year,
        headlines={code: headline(code) for code in HEADLINE},
        not_counted=uncounted(records, period.first, period.last),
        **tables,
    )


def report_texts(year: int) -> dict[str, ReportText]:
    """What the organisation wrote itself into the report of a year, by part."""
    return {text.part: text for text in ReportText.objects.filter(year=year).select_related("written_by")}


@dataclass(frozen=True)
class LedgerRow:
    """One activity with its numbers by indicator; `volunteers` are helpers, named or counted."""

    record: ServiceRecord
    numbers: dict[str, int]


@dataclass(frozen=True)
class MonthLedger:
    """The activities of a month (what counts as an event or a session), earliest first; `n` of them, of which `rows` may be
    the first.

    `totals` are the month's own numbers: someone who came to several activities is one of its people.
    """

    period: Period
    rows: list[LedgerRow]
    n: int
    totals: dict[str, int]


def month_ledger(records: Records, year: int, month: int, most: int | None = None) -> MonthLedger:
    """One row for each activity of the month that counts, out of the records someone may see; `most`: not more rows."""
    period = month_of(year, month)
    methods = [*methods_counting_as("event"), *methods_counting_as("session")]
    within = period.of(counted(records)).filter(~Q(date_precision=Precision.YEAR), method__in=methods)
    codes = (*BY_RECORD, "volunteer_times")
    by_record = {code: INDICATORS[code].by(within, "pk", through=year) for code in codes}
    shown = within.select_related("site", "recorded_by").order_by("service_date", "starts_at", "pk")[:most]
    rows = [LedgerRow(record, {code: by_record[code].get(record.pk) or 0 for code in codes}) for record in shown]
    wanted = (*codes, "event_count", "session_count", "volunteer_count")
    n = kept("month_ledger", within, within.count, through=year) if most else len(rows)
    return MonthLedger(period, rows, n, {code: INDICATORS[code].value(within, through=year) for code in wanted})


def neighbours(year: int, month: int) -> Iterable[date]:
    """The first days of the months before and after."""
    first = year * 12 + month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in (first - 1, first + 1)]
