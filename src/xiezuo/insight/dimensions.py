"""By what figures are told apart: month, year, site, project, service line, method, dimension of life, sex, age."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from xiezuo.forms.definitions import Words
from xiezuo.forms.packs import codes
from xiezuo.people.vocab import Sex
from xiezuo.service.indicators import Indicator
from xiezuo.service.keys import DIMENSION_OF_RECORD, NO_MONTH, Key, age, bands, in_months, sex
from xiezuo.service.models import ServiceRecord
from xiezuo.service.periods import in_periods
from xiezuo.service.queries import projects_of, sites_of
from xiezuo.service.vocab import Method, ServiceLine

NONE = "none"  # stands for "not stated"
Value = int | str | None
Records = QuerySet[ServiceRecord]


@dataclass(frozen=True)
class Period:
    """From one day to another, both included."""

    first: date
    last: date

    def starts_of_months(self) -> list[date]:
        months = range(self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month)
        return [date(month // 12, month % 12 + 1, 1) for month in months]

    def starts_of_years(self) -> list[date]:
        return [date(year, 1, 1) for year in range(self.first.year, self.last.year + 1)]

    def of(self, records: Records) -> Records:
        return records.filter(service_date__range=(self.first, self.last))

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def year_of(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def month_of(year: int, month: int) -> Period:
    following = date(year + month // 12, month % 12 + 1, 1)
    return Period(date(year, month, 1), date.fromordinal(following.toordinal() - 1))


@dataclass(frozen=True)
class Spot:
    """One value of a dimension: as it stands in the database, in an address, and in words."""

    value: Value
    param: str
    label: str | Promise


@dataclass(frozen=True)
class Dimension:
    """`key` gives what rows are told apart by in a period; `spots` the values in their order, given those found.

    `of_people`: only people have it (sex, age). `overlapping` says why someone may stand under several values.
    """

    code: str
    label: str | Promise
    key: Callable[[Period], Key]
    spots: Callable[[Period, Records, Iterable[Value]], list[Spot]]
    overlapping: str | Promise
    of_people: bool = False

    def fits(self, indicator: Indicator) -> bool:
        return indicator.of_people or not self.of_people


def _not_stated() -> str:
    return pgettext("in figures", "not stated")


def _months(period: Period, records: Records, found: Iterable[Value]) -> list[Spot]:
    starts = period.starts_of_months()
    one_year = period.first.year == period.last.year
    spots = [Spot(n, str(day.month), _month_words(day, one_year)) for n, day in enumerate(starts)]
    return spots + ([Spot(NO_MONTH, "0", _("month not known"))] if NO_MONTH in found else [])


def _month_words(day: date, one_year: bool) -> str:
    names = _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
    return names[day.month - 1] if one_year else f"{day.year}-{day.month:02}"


def _years(period: Period, records: Records, found: Iterable[Value]) -> list[Spot]:
    return [Spot(n, str(day.year), str(day.year)) for n, day in enumerate(period.starts_of_years())]


Names = Callable[[Records], list[tuple[int | None, str | None]]]


def _named(names: Names, without: Callable[[], str]) -> Callable[[Period, Records, Iterable[Value]], list[Spot]]:
    """Sites or projects by name, those found only; what states none comes last."""

    def spots(period: Period, records: Records, found: Iterable[Value]) -> list[Spot]:
        wanted = {*found}
        known = [Spot(pk, str(pk), str(name)) for pk, name in names(records) if pk is not None and pk in wanted]
        return known + ([Spot(None, NONE, without())] if None in wanted else [])

    return spots


def _lines(period: Period, records: Records, found: Iterable[Value]) -> list[Spot]:
    spots = [Spot(value, value, label) for value, label in ServiceLine.choices]
    return spots + ([Spot("", NONE, _not_stated())] if "" in found else [])


def _methods(period: Period, records: Records, found: Iterable[Value]) -> list[Spot]:
    return [Spot(value, value, label) for value, label in Method.choices if value in {*found}]


def _dimensions(period: Period, records: Records, found: Iterable[Value]) -> list[Spot]:
    """Every one of the list, so that what nothing was done for shows; then those a pack no longer has, and none."""
    wanted, told = {*found}, codes("dimension")
    known = [Spot(code, code, str(Words(words["zh"], words.get("en", "")))) for code, words in told.items()]
    gone = [Spot(code, str(code), str(code)) for code in sorted(map(str, wanted - {*told, None}))]
    return known + gone + ([Spot(None, NONE, _("no dimension named"))] if None in wanted else [])


def _sexes(period: Period, records: Records, found: Iterable[Value]) -> list[Spot]:
    always = (Sex.FEMALE, Sex.MALE, Sex.UNKNOWN)
    order = (*always[:2], Sex.NOT_STATED, Sex.UNKNOWN)
    return [Spot(s.value, s.value, s.label) for s in order if s in always or s.value in {*found}]


def _ages(period: Period, records: Records, found: Iterable[Value]) -> list[Spot]:
    """Every band of the pack, those known less well only where they occur, and always the unknown."""
    there = {*found}
    shown = [band for band in bands() if band.first is not None or band.sign in there or band.code == "unknown"]
    return [Spot(band.sign, band.code, band_words(band.code)) for band in shown]


def band_words(code: str) -> str:
    """An age band as people read it."""
    words = {
        "child": _("under 18, age not known"),
        "adult": _("18 or older, age not known"),
        "unknown": _("age not known"),
    }
    if code.endswith("+"):
        return _("aged %(years)s and older") % {"years": code.rstrip("+")}
    return words.get(code) or _("aged %(years)s") % {"years": code.replace("-", "–")}


DIMENSIONS: dict[str, Dimension] = {
    dimension.code: dimension
    for dimension in (
        Dimension(
            "month",
            gettext_lazy("month"),
            lambda period: in_months(period.starts_of_months()),
            _months,
            gettext_lazy("came in several months"),
        ),
        Dimension(
            "year",
            gettext_lazy("year"),
            lambda period: in_periods(period.starts_of_years()),
            _years,
            gettext_lazy("came in several years"),
        ),
        Dimension(
            "site",
            gettext_lazy("site"),
            lambda period: "site",
            _named(sites_of, lambda: _("no site")),
            gettext_lazy("came to several sites"),
        ),
        Dimension(
            "project",
            gettext_lazy("project"),
            lambda period: "projects",
            _named(projects_of, lambda: _("no project")),
            gettext_lazy("belong to several projects"),
        ),
        Dimension(
            "line",
            gettext_lazy("service line"),
            lambda period: "service_line",
            _lines,
            gettext_lazy("came to services of several lines"),
        ),
        Dimension(
            "method",
            gettext_lazy("method"),
            lambda period: "method",
            _methods,
            gettext_lazy("came to services of several methods"),
        ),
        Dimension(
            "dimension",
            gettext_lazy("dimension of life"),
            lambda period: DIMENSION_OF_RECORD,
            _dimensions,
            gettext_lazy("belong to several dimensions"),
        ),
        Dimension("sex", pgettext_lazy("of people", "sex"), lambda period: sex, _sexes, "", of_people=True),
        Dimension(
            "age",
            gettext_lazy("age"),
            lambda period: age,
            _ages,
            gettext_lazy("came before and after a birthday"),
            of_people=True,
        ),
    )
}
