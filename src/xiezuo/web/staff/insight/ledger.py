"""活动台账: one month, one row for each activity, as offices ask for it."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from xiezuo.common.days import today
from xiezuo.insight.queries import LedgerRow, month_ledger, neighbours
from xiezuo.orgs.access import Actor
from xiezuo.orgs.queries import house_full_name
from xiezuo.people.access import must_do_casework
from xiezuo.service.access import as_told_to
from xiezuo.service.indicators import INDICATORS
from xiezuo.service.models import ServiceRecord
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.insight.tables import Shown
from xiezuo.web.staff.service.figures import filter_labels, scope_of
from xiezuo.web.staff.service.figures_asked import Asked, asked_of, filtered, offer_for
from xiezuo.web.staff.service.figures_told import figure_words

MOST = 60  # rows, unless all are asked for, to be printed
COLUMNS = ("headcount", "unnamed", "person_times", "volunteer_times", "volunteer_hours", "service_hours")


@dataclass(frozen=True)
class Line:
    """One activity; `stated` are heads an imported sheet stated, which stand beside and are not added."""

    record: ServiceRecord
    numbers: list[str]
    stated: int


def _line(row: LedgerRow) -> Line:
    return Line(row.record, [figure_words(code, row.numbers[code]) for code in COLUMNS], row.numbers["stated_heads"])


def _lines(actor: Actor, rows: list[LedgerRow]) -> list[Line]:
    as_told_to(actor, [row.record for row in rows])
    return [_line(row) for row in rows]


def month_url(asked: Asked, first: date) -> str:
    query = asked.url("figures_of", month="").partition("?")[2]
    return reverse("month_ledger", args=[first.year, first.month]) + ("?" + query if query else "")


@page(STAFF)
@require_safe
def ledger(request: StaffRequest, year: int = 0, month: int = 0) -> HttpResponse:
    """The activities of a month, of very many the first; `rows=all`: every one. Without a month: this month."""
    must_do_casework(request.actor)
    year, month = (year, month) if year else (today().year, today().month)
    if not 1 <= month <= 12:
        raise Http404
    asked = asked_of(request.GET, year)
    offer = offer_for(request.actor, year)
    most = None if request.GET.get("rows") == "all" else MOST
    found = month_ledger(filtered(offer.records, asked), year, month, most)
    here = month_url(asked, found.period.first)
    narrowed = Asked(year, asked.site, asked.line, asked.project, asked.method, month=str(month))
    totals = {
        code: Shown(figure_words(code, n), narrowed.rows_url(code, month=str(month)))
        for code, n in found.totals.items()
    }
    before, after = neighbours(year, month)
    what = {
        "asked": asked,
        "period": found.period,
        "organisation": house_full_name(),
        "scope": scope_of(request.actor, narrowed, offer),
        "columns": [INDICATORS[code] for code in COLUMNS],
        "lines": _lines(request.actor, found.rows),
        "more": found.n - len(found.rows),
        "n": found.n,
        "all_url": f"{here}{'&' if '?' in here else '?'}rows=all",
        "sums": [totals[code] for code in COLUMNS],
        "totals": totals,
        "stated": found.totals["stated_heads"],
        "before": before,
        "before_url": month_url(asked, before),
        "after": after,
        "after_url": month_url(asked, after) if after <= today() else "",
        "choices": [(name, label, getattr(offer, name), getattr(asked, name)) for name, label in filter_labels()],
        "plain_url": reverse("month_ledger", args=[year, month]),
        "nav": "figures",
    }
    return render(request, "staff/insight/ledger.html", what)
