"""从被助到助人: who was helped before they helped, and how long it took."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xiezuo.common.days import today
from xiezuo.insight.dimensions import year_of
from xiezuo.people.access import must_do_casework, people_for
from xiezuo.people.models import Person
from xiezuo.service.access import records_for
from xiezuo.service.growth import Grown, grown_helpers, usual_days
from xiezuo.service.indicators import INDICATORS, counted
from xiezuo.service.queries import years_of
from xiezuo.web.base.pages import STAFF, StaffRequest, page

MOST = 200  # people on one page
MONTH = 30.44  # days


@dataclass(frozen=True)
class Row:
    """`person` is None where they are not open to the actor."""

    person: Person | None
    served_on: date
    helped_on: date
    months: int


@page(STAFF)
@require_safe
def growth(request: StaffRequest, year: int = 0) -> HttpResponse:
    """The helpers of a year who were served first; every row opens the growth path behind it."""
    must_do_casework(request.actor)
    records = counted(records_for(request.actor))
    period = year_of(year or today().year)
    found = grown_helpers(request.actor, period.first, period.last)
    days = usual_days(found)
    what = {
        "year": period.first.year,
        "years": years_of(records),
        "helpers": INDICATORS["volunteer_count"].value(period.of(records), through=period.last.year),
        "grown": len(found),
        "rows": _rows(request, found[:MOST]),
        "more": max(len(found) - MOST, 0),
        "months": None if days is None else round(days / MONTH),
        "nav": "figures",
    }
    return render(request, "staff/insight/growth.html", what)


def _rows(request: StaffRequest, found: list[Grown]) -> list[Row]:
    seen = people_for(request.actor).in_bulk([one.person for one in found])
    return [Row(seen.get(one.person), one.served_on, one.helped_on, round(one.days / MONTH)) for one in found]
