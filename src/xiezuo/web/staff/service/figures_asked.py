"""What a reader of the figures asked for: a year, filters, and which indicator to show. It lives in the address."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.common.days import Precision
from xiezuo.forms.definitions import Words
from xiezuo.forms.packs import codes
from xiezuo.orgs.access import Actor
from xiezuo.people.vocab import Sex
from xiezuo.service.access import records_for
from xiezuo.service.indicators import INDICATORS, counted
from xiezuo.service.kept import kept
from xiezuo.service.keys import DIMENSION_OF_RECORD, Key, age, bands, sex
from xiezuo.service.models import ServiceRecord
from xiezuo.service.queries import projects_of, sites_of, years_of
from xiezuo.service.vocab import Method, ServiceLine

NONE = "none"  # stands for "not stated"
UNKNOWN_MONTH = "0"
BY_MONTH = ("headcount", "person_times", "event_count", "session_count", "service_hours", "volunteer_hours")
BY_SITE = ("person_times", "headcount")
FILTERS = ("site", "line", "project", "method", "dimension")
LONGEST_CODE = 30
FIRST_YEAR, LAST_YEAR = 1900, 9998
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Asked:
    """`months` and `sites` name the indicator of the two tables; `indicator`, `month`, and of people `sex` and `age`
    (the code of a band), narrow the rows page."""

    year: int
    site: str = ""
    line: str = ""
    project: str = ""
    method: str = ""
    dimension: str = ""
    months: str = "person_times"
    sites: str = "person_times"
    indicator: str = ""
    month: str = ""
    sex: str = ""
    age: str = ""

    def url(self, name: str, **changes: str) -> str:
        """The address of a page of figures that asks the same, with `changes`."""
        asked = replace(self, **changes)  # type: ignore[arg-type]
        plain = Asked(year=self.year)
        said = {f.name: getattr(asked, f.name) for f in fields(asked) if f.name != "year"}
        query = urlencode({name: value for name, value in said.items() if value != getattr(plain, name)})
        return f"{reverse(name, args=[self.year])}{'?' if query else ''}{query}"

    def rows_url(self, indicator: str, **changes: str) -> str:
        changes = {"months": "person_times", "sites": "person_times", "month": "", **changes}
        return self.url("figure_rows", indicator=indicator, **changes)

    @property
    def filtered(self) -> bool:
        return any(getattr(self, name) for name in FILTERS)

    @property
    def only(self) -> list[tuple[Key, str]]:
        """What leaves of the people counted those of one sex or one age."""
        sign = next((band.sign for band in bands() if band.code == self.age), "")
        return [(key, value) for key, value in ((sex, self.sex), (age, sign)) if value]


def asked_of(data: QueryDict, year: int) -> Asked:
    """Read the address. Raises Http404 for what no page of ours links to."""
    if not FIRST_YEAR < year < LAST_YEAR:
        raise Http404
    names = [f.name for f in fields(Asked) if f.name != "year"]
    asked = Asked(year, **{name: str(data[name]) for name in names if data.get(name)})
    ids = {asked.site, asked.project} - {"", NONE}
    known = (
        asked.months in BY_MONTH,
        asked.sites in BY_SITE,
        asked.indicator in {"", *INDICATORS},
        asked.month in {"", *map(str, range(13))},
        asked.line in {"", NONE, *ServiceLine.values},
        asked.method in {"", *Method.values},
        len(asked.dimension) <= LONGEST_CODE,
        asked.sex in {"", *Sex.values},
        asked.age in {"", *(band.code for band in bands())},
        not asked.only or (asked.indicator and INDICATORS[asked.indicator].of_people),
        all(value.isascii() and value.isdigit() and len(value) < 19 for value in ids),
    )
    if not all(known):
        raise Http404
    return asked


@dataclass(frozen=True)
class Offer:
    """What there is to choose from, out of the records the actor may see."""

    records: QuerySet[ServiceRecord]
    years: list[int]
    site: Choices = field(default_factory=list)
    project: Choices = field(default_factory=list)
    undated: int = 0

    @property
    def line(self) -> Choices:
        return [(value, str(label)) for value, label in ServiceLine.choices] + [
            (NONE, pgettext("in figures", "not stated"))
        ]

    @property
    def method(self) -> Choices:
        return [(value, str(label)) for value, label in Method.choices]

    @property
    def dimension(self) -> Choices:
        """Those of the code list, and what names none. A code that a pack no longer has is still found by its address."""
        told = [(code, str(Words(words["zh"], words.get("en", "")))) for code, words in codes("dimension").items()]
        return [*told, (NONE, _("no dimension named"))]

    def label(self, name: str, value: str) -> str:
        return next((label for known, label in getattr(self, name) if known == value), value)


def offer_for(actor: Actor, year: int) -> Offer:
    """Years, sites and projects that occur in what the actor may see; how many records know no year at all."""
    records = counted(records_for(actor))
    undated = records.filter(service_date__isnull=True).order_by()
    return Offer(
        records=records,
        years=sorted({year, *years_of(records)}),
        site=_choices(sites_of(records), _("no site")),
        project=_choices(projects_of(records), _("no project")),
        undated=kept("undated", undated, undated.count),
    )


def _choices(pairs: Sequence[tuple[int | None, str | None]], without: str) -> Choices:
    return [(NONE, without) if pk is None else (str(pk), str(name)) for pk, name in pairs]


def filtered(records: QuerySet[ServiceRecord], asked: Asked) -> QuerySet[ServiceRecord]:
    """The records that the filters leave, of every year."""
    if asked.site:
        records = records.filter(site=None if asked.site == NONE else int(asked.site))
    if asked.line:
        records = records.filter(service_line="" if asked.line == NONE else asked.line)
    if asked.project:
        records = records.filter(projects=None if asked.project == NONE else int(asked.project))
    if asked.method:
        records = records.filter(method=asked.method)
    if asked.dimension:
        records = records.filter(**{DIMENSION_OF_RECORD: None if asked.dimension == NONE else asked.dimension})
    return records


def of_years(records: QuerySet[ServiceRecord], first: int, last: int) -> QuerySet[ServiceRecord]:
    return records.filter(service_date__range=(date(first, 1, 1), date(last, 12, 31)))


def of_month(records: QuerySet[ServiceRecord], month: str) -> QuerySet[ServiceRecord]:
    """Records of one month; "0": those of which only the year is known; "": all of them."""
    if not month:
        return records
    if month == UNKNOWN_MONTH:
        return records.filter(date_precision=Precision.YEAR)
    return with_month(records).filter(service_date__month=int(month))


def with_month(records: QuerySet[ServiceRecord]) -> QuerySet[ServiceRecord]:
    return records.exclude(date_precision=Precision.YEAR)
