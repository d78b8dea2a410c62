"""年度数字: the year's figures of what the actor may see, and the rows behind each number."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xiezuo.common.days import local, today
from xiezuo.insight.dimensions import band_words
from xiezuo.orgs.access import Actor, sites_for
from xiezuo.people.access import must_do_casework, people_for, sections_of
from xiezuo.people.models import Person
from xiezuo.people.models.person import ERASED
from xiezuo.people.queries import erased_among
from xiezuo.people.vocab import Section, Sex
from xiezuo.service.access import as_told_to, cases_for
from xiezuo.service.access.aids import aids_among
from xiezuo.service.indicators import IN_MINUTES, INDICATORS, Indicator, Shows
from xiezuo.service.kept import kept
from xiezuo.service.models import Case, ServiceRecord
from xiezuo.web.base.nav import address
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.pictures.bars import Bar, BarChart
from xiezuo.web.staff.people.merged_since import merged_since_year
from xiezuo.web.staff.service.aid_words import AidRow, rows_of
from xiezuo.web.staff.service.figures_asked import (
    BY_MONTH,
    BY_SITE,
    FILTERS,
    UNKNOWN_MONTH,
    Asked,
    Offer,
    asked_of,
    filtered,
    of_month,
    of_years,
    offer_for,
)
from xiezuo.web.staff.service.figures_told import Figure, MonthTable, figure_words, matrix, month_table, tiles

ROWS_A_PAGE = 50


@dataclass(frozen=True)
class Scope:
    """What every number says besides its value: whose, which period, as of when (CNT-8)."""

    whole: bool
    sites: list[str]
    first: date
    last: date
    as_of: datetime
    filters: list[str]
    month: str = ""


def scope_of(actor: Actor, asked: Asked, offer: Offer, first: date | None = None, last: date | None = None) -> Scope:
    """Whose figures these are, and of when: the year or month asked for, or from `first` to `last`."""
    sites = [] if actor.everywhere else [site.name for site in sites_for(actor)]
    filters = [offer.label(name, getattr(asked, name)) for name in FILTERS if getattr(asked, name)]
    filters += [str(Sex(asked.sex).label)] if asked.sex else []
    filters += [band_words(asked.age)] if asked.age else []
    first, last = first or date(asked.year, 1, 1), last or date(asked.year, 12, 31)
    if asked.month == UNKNOWN_MONTH:
        filters.append(_("month not known"))
    elif asked.month:
        first = date(asked.year, int(asked.month), 1)
        last = date.fromordinal(date(asked.year + first.month // 12, first.month % 12 + 1, 1).toordinal() - 1)
    return Scope(actor.everywhere, sites, first, last, local(timezone.now()), filters)


def _tabs(asked: Asked, name: str, codes: tuple[str, ...], anchor: str) -> list[dict[str, Any]]:
    current = getattr(asked, name)
    return [
        {
            "label": INDICATORS[code].label,
            "url": asked.url("figures_of", **{name: code}) + anchor,
            "current": code == current,
        }
        for code in codes
    ]


def _chart(asked: Asked, table: MonthTable) -> BarChart:
    """The twelve months as a picture; hours are drawn in whole hours."""
    minutes = 60 if asked.months in IN_MINUTES else 1
    bars = [Bar(row.label, row.now.value // minutes, row.before.value // minutes) for row in table.rows[:12]]
    label = INDICATORS[asked.months].label
    return BarChart(str(label), str(asked.year), bars, before=str(asked.year - 1), label=_("Month"))


@page(STAFF)
@require_safe
def figures(request: StaffRequest, year: int = 0) -> HttpResponse:
    """The year in numbers. Without a year: this one."""
    must_do_casework(request.actor)
    asked = asked_of(request.GET, year or today().year)
    offer = offer_for(request.actor, asked.year)
    records = filtered(offer.records, asked)
    told = tiles(records, asked)
    months = month_table(records, asked, told)
    what = {
        "asked": asked,
        "offer": offer,
        "scope": scope_of(request.actor, asked, offer),
        "tiles": told,
        "months": months,
        "chart": _chart(asked, months),
        "year_before": asked.year - 1,
        "month_tabs": _tabs(asked, "months", BY_MONTH, "#months"),
        "month_indicator": INDICATORS[asked.months],
        "matrix": matrix(records, asked, told),
        "matrix_tabs": _tabs(asked, "sites", BY_SITE, "#sites"),
        "matrix_indicator": INDICATORS[asked.sites],
        "years": [(known, Asked(known).url("figures_of")) for known in offer.years],
        "choices": [(name, label, getattr(offer, name), getattr(asked, name)) for name, label in filter_labels()],
        "plain_url": Asked(asked.year).url("figures_of"),
        "merged_since": merged_since_year(request.actor, records, asked.year),
        "nav": "figures",
    }
    return render(request, "staff/service/figures.html", what)


def filter_labels() -> list[tuple[str, str]]:
    return [
        ("site", _("Site")),
        ("line", _("Service line")),
        ("project", _("Project")),
        ("method", _("Method")),
        ("dimension", _("Dimension of life")),
    ]


@dataclass(frozen=True)
class PersonRow:
    """One person behind a number: named and visible, named but not open to the actor (person None), listed, or erased."""

    person: Person | None
    label: str
    where: str
    times: int
    erased: bool = False


@dataclass(frozen=True)
class RecordRow:
    record: ServiceRecord
    part: str


def _person_rows(actor: Actor, found: list[dict[str, Any]]) -> list[PersonRow]:
    ids = [row["person"] for row in found if row["person"]]
    known = people_for(actor).in_bulk(ids)
    # That someone was served is of their services; the name alone says it on this page.
    open_to = sections_of(actor, known.values())
    visible = {pk: person for pk, person in known.items() if Section.SERVICES in open_to[pk]}
    erased = erased_among([pk for pk in ids if pk not in known])
    return [
        PersonRow(
            visible.get(row["person"]),
            str(ERASED) if row["person"] in erased else "" if row["person"] else row["label"],
            "" if row["person"] else row["series"] or row["site"] or "",
            row["times"],
            row["person"] in erased,
        )
        for row in found
    ]


def _record_rows(
    actor: Actor, records: QuerySet[ServiceRecord], code: str, found: list[dict[str, Any]]
) -> list[RecordRow]:
    here = records.select_related("site").filter(pk__in=[row["of"] for row in found])
    shown = {record.pk: record for record in as_told_to(actor, here)}
    return [RecordRow(shown[row["of"]], figure_words(code, row["part"])) for row in found]


@dataclass(frozen=True)
class CaseRow:
    """One case behind a number; None where the case part of the file is closed to the actor."""

    case: Case | None
    times: int
    url: str = ""


def _case_rows(actor: Actor, found: list[dict[str, Any]]) -> list[CaseRow]:
    open_to = cases_for(actor).select_related("person").in_bulk([row["case"] for row in found])
    return [
        CaseRow(open_to.get(row["case"]), row["times"], address("case", row["case"]) if row["case"] in open_to else "")
        for row in found
    ]


@dataclass(frozen=True)
class HomeRow:
    """One household that got aid, by the latest aid; None where that is not open to the actor."""

    aid: AidRow | None
    times: int


def _home_rows(actor: Actor, found: list[dict[str, Any]]) -> list[HomeRow]:
    open_to = {row.aid.pk: row for row in rows_of(actor, aids_among(actor, [row["aid"] for row in found]))}
    return [HomeRow(open_to.get(row["aid"]), row["times"]) for row in found]


def rows_shown(
    actor: Actor, indicator: Indicator, records: QuerySet[ServiceRecord], found: list[dict[str, Any]], shows: Shows
) -> list[Any]:
    """One page of what stands behind a number, as the template of `shows` wants it."""
    if shows is Shows.PEOPLE:
        return _person_rows(actor, found)
    if shows is Shows.RECORDS:
        return _record_rows(actor, records, indicator.code, found)
    if shows is Shows.HOMES:
        return _home_rows(actor, found)
    return _case_rows(actor, found) if shows is Shows.CASES else found


@page(STAFF)
@require_safe
def figure_rows(request: StaffRequest, year: int) -> HttpResponse:
    """What one number counts, with the same number below."""
    must_do_casework(request.actor)
    asked = asked_of(request.GET, year)
    if not asked.indicator:
        raise Http404
    indicator = INDICATORS[asked.indicator]
    offer = offer_for(request.actor, asked.year)
    records = of_month(of_years(filtered(offer.records, asked), year, year), asked.month)
    behind = indicator.behind(records, asked.only)
    found = kept("rows_behind", behind, lambda: list(behind), through=year)
    rows = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    shown = rows_shown(request.actor, indicator, offer.records, list(rows.object_list), indicator.shows)
    what = {
        "asked": asked,
        "indicator": indicator,
        "scope": scope_of(request.actor, asked, offer),
        "page": rows,
        "rows": shown,
        "total": Figure(indicator.code, indicator.value(records, asked.only, through=year), ""),
        "page_url": asked.rows_url(indicator.code, month=asked.month),
        "merged_since": merged_since_year(request.actor, records, asked.year),
        "back_url": asked.url("figures_of", indicator="", month="", sex="", age=""),
        "nav": "figures",
    }
    return render(request, f"staff/service/figure_rows_{indicator.shows}.html", what)
