"""The figures of a year, ready to be shown: every number with its words and the address of its rows."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.common.days import Precision
from xiezuo.service.indicators import IN_FEN, IN_MINUTES, INDICATORS, Period, Values, in_periods
from xiezuo.service.models import ServiceRecord
from xiezuo.service.queries import sites_of
from xiezuo.service.vocab import ServiceLine
from xiezuo.web.base.words import hours_words, number_words, yuan_words
from xiezuo.web.staff.service.figures_asked import NONE, UNKNOWN_MONTH, Asked, of_month, of_years, with_month

TILES = (
    "headcount",
    "person_times",
    "event_count",
    "session_count",
    "service_hours",
    "volunteer_hours",
    "volunteer_count",
    "served_first",
)
BESIDE = ("unnamed", "stated_heads", "group_count")
MONTHS = range(1, 13)
FEN = 100  # of a yuan


def figure_words(code: str, number: int) -> str:
    """The number as people read it: hours from minutes, yuan from fen, thousands marked."""
    if code in IN_FEN:
        return yuan_words(Decimal(number) / FEN)
    return hours_words(number) if code in IN_MINUTES else number_words(number)


@dataclass(frozen=True)
class Figure:
    """One number of a page. `value` is in the indicator's own unit (minutes for hours)."""

    code: str
    value: int
    url: str

    @property
    def words(self) -> str:
        return figure_words(self.code, self.value)

    @property
    def unit(self) -> str | Promise:
        return INDICATORS[self.code].unit


@dataclass(frozen=True)
class Tile:
    label: str | Promise
    rule: str | Promise
    now: Figure
    before: Figure
    unnamed: Figure | None = None
    stated: Figure | None = None
    groups: Figure | None = None
    of: Figure | None = None


def _years(year: int) -> Period:
    """0 for last year, 1 for this one."""
    return in_periods([date(year - 1, 1, 1), date(year, 1, 1)])


def _months(year: int) -> Period:
    """0 to 11 for the months of last year, 12 to 23 for those of this one."""
    return in_periods([date(y, month, 1) for y in (year - 1, year) for month in MONTHS])


def tiles(records: QuerySet[ServiceRecord], asked: Asked) -> list[Tile]:
    """One tile per indicator, with last year's value; one query each for both years."""
    both = of_years(records, asked.year - 1, asked.year)
    found = {code: INDICATORS[code].by(both, _years(asked.year), through=asked.year) for code in (*TILES, *BESIDE)}

    def figure(code: str, back: int = 0) -> Figure:
        year = asked.year - back
        url = Asked(year, asked.site, asked.line, asked.project, asked.method).rows_url(code)
        return Figure(code, found[code].get(1 - back, 0), url)

    beside = {
        "headcount": {"unnamed": figure("unnamed"), "stated": figure("stated_heads")},
        "session_count": {"groups": figure("group_count")},
        "served_first": {"of": figure("volunteer_count")},
    }
    return [
        Tile(INDICATORS[code].label, INDICATORS[code].rule, figure(code), figure(code, 1), **beside.get(code, {}))
        for code in TILES
    ]


@dataclass(frozen=True)
class MonthRow:
    label: str
    now: Figure
    before: Figure


@dataclass(frozen=True)
class MonthTable:
    """`total` is the year's own number: headcounts of months are not added up."""

    rows: list[MonthRow]
    total: MonthRow
    adds_up: bool


def _by_months(code: str, both: QuerySet[ServiceRecord], year: int) -> tuple[Values, Values]:
    """By month where it is known, by year where only the year is; what adds up comes from one pass over both years."""
    by = partial(INDICATORS[code].by, through=year)
    if not INDICATORS[code].in_cells:
        return by(with_month(both), _months(year)), by(of_month(both, UNKNOWN_MONTH), _years(year))
    known: Values = Counter()
    for (month, precision), number in by(both, _months(year), "date_precision").items():
        known[month] += number if precision != Precision.YEAR else 0
    found = by(both, _years(year), "date_precision")
    return known, {place: number for (place, precision), number in found.items() if precision == Precision.YEAR}


def _in_year(code: str, records: QuerySet[ServiceRecord], year: int, *keys: str) -> Values:
    """By keys, in one year; what adds up comes from the same pass over both years."""
    if not INDICATORS[code].in_cells:
        return INDICATORS[code].by(of_years(records, year, year), *keys, through=year)
    found = INDICATORS[code].by(of_years(records, year - 1, year), _years(year), *keys, through=year)
    return {key[1] if len(keys) == 1 else key[1:]: number for key, number in found.items() if key[0] == 1}


def month_table(records: QuerySet[ServiceRecord], asked: Asked, told: list[Tile]) -> MonthTable:
    """Twelve months of this year and the last, and a row for records of which only the year is known."""
    code = asked.months
    years = (asked.year, asked.year - 1)
    by_month, by_year = _by_months(code, of_years(records, asked.year - 1, asked.year), asked.year)

    def figure(year: int, month: int) -> Figure:
        this = year == asked.year
        value = by_month.get(month - 1 + 12 * this, 0) if month else by_year.get(int(this), 0)
        url = Asked(year, asked.site, asked.line, asked.project, asked.method).rows_url(code, month=str(month))
        return Figure(code, value, url)

    rows = [MonthRow(_month_name(month), *(figure(year, month) for year in years)) for month in MONTHS]
    if any(by_year.values()):
        rows.append(MonthRow(_("month not known"), *(figure(year, int(UNKNOWN_MONTH)) for year in years)))
    tile = next(tile for tile in told if tile.now.code == code)
    return MonthTable(rows, MonthRow(_("Year"), tile.now, tile.before), code != "headcount")


def _month_name(month: int) -> str:
    return [
        _("Jan"),
        _("Feb"),
        _("Mar"),
        _("Apr"),
        _("May"),
        _("Jun"),
        _("Jul"),
        _("Aug"),
        _("Sep"),
        _("Oct"),
        _("Nov"),
        _("Dec"),
    ][month - 1]


@dataclass(frozen=True)
class MatrixRow:
    label: str
    cells: list[Figure]


@dataclass(frozen=True)
class Matrix:
    columns: list[str]
    rows: list[MatrixRow]
    total: MatrixRow


def matrix(records: QuerySet[ServiceRecord], asked: Asked, told: list[Tile]) -> Matrix:
    """Sites by service lines with their own totals; what states none stands in a row and a column of its own."""
    code = asked.sites
    by = partial(_in_year, code, records, asked.year)
    cells, by_site, by_line = by("site", "service_line"), by("site"), by("service_line")
    names = dict(sites_of(records))
    sites = sorted(by_site, key=lambda site: (site is None, names.get(site) or ""))
    lines = [*ServiceLine.values, *([""] if "" in by_line else [])]

    def row(label: str, values: list[int], **where: str) -> MatrixRow:
        urls = [asked.rows_url(code, **where, line=line or NONE) for line in lines]
        urls.append(asked.rows_url(code, **where))
        return MatrixRow(label, [Figure(code, n, url) for n, url in zip(values, urls, strict=True)])

    rows = [
        row(
            names.get(pk) or pgettext("in figures", "not stated"),
            [*(cells.get((pk, line), 0) for line in lines), by_site[pk]],
            site=NONE if pk is None else str(pk),
        )
        for pk in sites
    ]
    whole = next(tile.now for tile in told if tile.now.code == code)
    labels = [str(ServiceLine(line).label) if line else pgettext("in figures", "not stated") for line in lines]
    total = row(_("All sites"), [*(by_line.get(line, 0) for line in lines), whole.value])
    return Matrix([*labels, _("Together")], rows, total)
