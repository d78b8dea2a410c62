"""站点当日表 and 月报: the services of a site on a day, and what they add up to in a month."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiezuo.common.days import today
from xiezuo.exchange.ledgers.layout import Column, ledger_layout
from xiezuo.insight.queries import neighbours as neighbours_of_month
from xiezuo.orgs.queries import house_full_name
from xiezuo.service.access import records_for
from xiezuo.service.access.workday import handovers_at, worked_at
from xiezuo.service.indicators import INDICATORS, counted
from xiezuo.service.models import ServiceRecord
from xiezuo.service.vocab import Method, ServiceLine
from xiezuo.service.workday import by_method, checked_in, in_order, numbers_of, on_duty, work_at
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.words import is_english
from xiezuo.web.staff.service.beginning import begun
from xiezuo.web.staff.service.day.asked import must_have_begun, neighbours
from xiezuo.web.staff.service.day.children import as_typed, told_of_children
from xiezuo.web.staff.service.day.told import Cell, cells_of, lines_of, method_rows
from xiezuo.web.staff.service.figures_asked import NONE, Asked, of_month, of_years
from xiezuo.web.staff.service.figures_told import figure_words

LAYOUT = "ledger-monthly-return"
NOTES = 4


@page(STAFF)
@require_GET
def day(request: StaffRequest, pk: int, on: date) -> HttpResponse:
    """Every service of a site on a day, who came in, who was there."""
    actor = request.actor
    site, wanted = worked_at(actor, pk), must_have_begun(on)
    work = work_at(actor, site, wanted)
    records = in_order(actor, work)
    before, after = neighbours(wanted)
    what = told_of_children(actor, site, wanted) | {
        "site": site,
        "day": wanted,
        "organisation": house_full_name(),
        "lines": lines_of(actor, records),
        "totals": cells_of(numbers_of(work)),
        "methods": method_rows(by_method(work)),
        "came": checked_in(actor, site, wanted),
        "on_duty": on_duty(records),
        "handovers": [note for note in handovers_at(actor, site, NOTES) if note.on == wanted],
        "before": before,
        "after": after,
        "nav": "sites",
    }
    return render(request, "staff/service/day/site_day.html", what)


@page(STAFF)
@require_POST
def write_log(request: StaffRequest, pk: int, on: date) -> HttpResponse:
    """The day sheet of the centre (F51), with everybody in it whom the desk saw come and go."""
    site, wanted = worked_at(request.actor, pk), must_have_begun(on)
    return redirect(begun(request.actor, "centre_day", as_typed(request.actor, site, wanted), site.name))


@dataclass(frozen=True)
class ReturnColumn:
    """A column of the return as the pack lays it out: in Chinese its innermost heading with those around it `below`, in English
    the indicator's word with its unit."""

    code: str
    head: str | Promise
    below: str | Promise


@dataclass(frozen=True)
class ReturnRow:
    label: str | Promise
    cells: list[Cell]


@dataclass(frozen=True)
class Return:
    """`title`: what the first column holds."""

    title: str | Promise
    rows: list[ReturnRow]


def columns_of_return() -> list[ReturnColumn]:
    part = ledger_layout(LAYOUT).parts[0]
    return [_column(column) for column in part.counting if column.count and not column.count.narrowed]


def _column(column: Column) -> ReturnColumn:
    assert column.count is not None
    indicator = INDICATORS[column.count.what]
    if is_english(get_language()):
        return ReturnColumn(indicator.code, indicator.label, indicator.unit)
    return ReturnColumn(indicator.code, column.head[-1], " ".join(column.head[:-1]))


def _number(code: str, value: int, asked: Asked, **where: str) -> Cell:
    indicator = INDICATORS[code]
    url = asked.rows_url(code, month=asked.month, **where)
    return Cell(figure_words(code, value), indicator.unit, indicator.label, url)


Choices = list[tuple[str, str | Promise]]
KEYS = {"method": "method", "line": "service_line"}  # as an address names them, and as the record does


def _table(
    records: QuerySet[ServiceRecord], asked: Asked, columns: list[ReturnColumn], title: str, by: str, choices: Choices
) -> Return:
    """One row for each value of a key that occurs."""
    key = KEYS[by]
    found = {column.code: INDICATORS[column.code].by(records, key, through=asked.year) for column in columns}
    there = set(records.order_by().values_list(key, flat=True).distinct())

    def row(value: str, label: str | Promise) -> ReturnRow:
        where = {by: value or NONE}
        return ReturnRow(label, [_number(c.code, found[c.code].get(value, 0), asked, **where) for c in columns])

    return Return(title, [row(value, label) for value, label in choices if value in there])


@page(STAFF)
@require_GET
def month(request: StaffRequest, pk: int, year: int, month: int) -> HttpResponse:
    """The monthly return of a site: by method and by service line, each number a way to its rows."""
    if not 1 <= month <= 12 or not 1900 < year < 9998 or date(year, month, 1) > today():
        raise Http404
    site = worked_at(request.actor, pk)
    asked = Asked(year, site=str(site.pk), month=str(month))
    records = of_month(of_years(counted(records_for(request.actor)).filter(site=site), year, year), asked.month)
    columns = columns_of_return()
    methods: Choices = [(str(one), one.label) for one in Method]
    lines: Choices = [*((str(one), one.label) for one in ServiceLine), ("", pgettext("in figures", "not stated"))]
    whole = [_number(c.code, INDICATORS[c.code].value(records, through=year), asked) for c in columns]
    first = date(year, month, 1)
    before, after = neighbours_of_month(year, month)
    last = date.fromordinal(after.toordinal() - 1)
    what = {
        "site": site,
        "first": first,
        "last": last,
        "organisation": house_full_name(),
        "columns": columns,
        "tables": [
            _table(records, asked, columns, _("Method"), "method", methods),
            _table(records, asked, columns, _("Service line"), "line", lines),
        ],
        "whole": whole,
        "layout": LAYOUT,
        "source": str(ledger_layout(LAYOUT)),
        "before": before,
        "after": after if after <= today() else None,
        "nav": "sites",
    }
    return render(request, "staff/service/day/site_month.html", what)
