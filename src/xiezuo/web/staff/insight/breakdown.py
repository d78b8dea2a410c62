"""分项看: one figure by one thing or by two crossed, every number open to its rows."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xiezuo.insight.breakdown import breakdown, smallest_published
from xiezuo.insight.dimensions import DIMENSIONS, Period, year_of
from xiezuo.people.access import must_do_casework
from xiezuo.service.indicators import INDICATORS
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.insight.tables import chart, grid
from xiezuo.web.staff.service.figures import filter_labels, scope_of
from xiezuo.web.staff.service.figures_asked import FILTERS, Asked, Offer, asked_of, filtered, offer_for


@dataclass(frozen=True)
class Question:
    """Which figure by what; `publish` covers small numbers."""

    of: str = "headcount"
    rows: str = "site"
    across: str = ""
    publish: bool = False

    def url(self, asked: Asked, year: int) -> str:
        said = {"of": self.of, "rows": self.rows, "across": self.across, "publish": "1" if self.publish else ""}
        said |= {name: getattr(asked, name) for name in FILTERS}
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{reverse('breakdown', args=[year])}?{query}"


def question_of(data: QueryDict) -> Question:
    """Read the address. Raises Http404 for what no page of ours links to.

    Events and hours have no sex and no age: a question for them falls back to sites.
    """
    given = {name: str(data[name]) for name in ("of", "rows", "across") if data.get(name)}
    asked = Question(**given, publish=bool(data.get("publish")))
    if asked.of not in INDICATORS or not {asked.rows, asked.across} - {""} <= {*DIMENSIONS}:
        raise Http404
    indicator = INDICATORS[asked.of]
    rows = asked.rows if DIMENSIONS[asked.rows].fits(indicator) else "site"
    across = asked.across if asked.across and DIMENSIONS[asked.across].fits(indicator) else ""
    return Question(asked.of, rows, "" if across == rows else across, asked.publish)


def period_of(question: Question, year: int, offer: Offer) -> Period:
    """The year; all years there are where years stand side by side."""
    if "year" not in (question.rows, question.across):
        return year_of(year)
    return Period(year_of(min(offer.years)).first, year_of(max(offer.years)).last)


@page(STAFF)
@require_safe
def figures_by(request: StaffRequest, year: int) -> HttpResponse:
    must_do_casework(request.actor)
    asked, question = asked_of(request.GET, year), question_of(request.GET)
    offer = offer_for(request.actor, year)
    period = period_of(question, year, offer)
    found = breakdown(
        filtered(offer.records, asked),
        question.of,
        question.rows,
        question.across,
        period=period,
        publish=question.publish,
    )
    what = {
        "asked": asked,
        "question": question,
        "scope": scope_of(request.actor, asked, offer, period.first, period.last),
        "grid": grid(found, asked),
        "chart": chart(found),
        "indicator": found.indicator,
        "indicators": INDICATORS.values(),
        "dimensions": DIMENSIONS.values(),
        "k": smallest_published(),
        "years": [(known, question.url(asked, known)) for known in offer.years],
        "choices": [(name, label, getattr(offer, name), getattr(asked, name)) for name, label in filter_labels()],
        "form_url": reverse("breakdown", args=[year]),
        "title": _("%(figure)s by %(what)s") % {"figure": found.indicator.label, "what": found.rows.dimension.label},
        "nav": "figures",
    }
    return render(request, "staff/insight/breakdown.html", what)
