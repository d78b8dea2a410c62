"""年报: the year on paper, with the organisation's own words, and each number a way to its rows."""

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.forms.access import draft_answers
from xiezuo.forms.actions import finish_draft
from xiezuo.insight.access import can_write_report, frameworks_for, must_write_report
from xiezuo.insight.actions import write_texts
from xiezuo.insight.breakdown import PEOPLE_UNITS, smallest_published
from xiezuo.insight.dimensions import year_of
from xiezuo.insight.progress import progress_of
from xiezuo.insight.queries import Headline, YearReport, report_texts, year_report
from xiezuo.insight.vocab import ReportPart
from xiezuo.orgs.access import Actor
from xiezuo.orgs.queries import house_full_name
from xiezuo.people.access import must_do_casework
from xiezuo.service.access import records_for
from xiezuo.service.indicators import INDICATORS
from xiezuo.web.base.drafting import draft_key, keep_answer, opening_of, saved_at
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.reasons import as_error
from xiezuo.web.staff.insight.progress_words import Told, told
from xiezuo.web.staff.insight.tables import HIDDEN, Shown, grid, month_chart, rows_url, side_by_side
from xiezuo.web.staff.people.merged_since import merged_since_year
from xiezuo.web.staff.service.figures import scope_of
from xiezuo.web.staff.service.figures_asked import Asked, asked_of, filtered, offer_for
from xiezuo.web.staff.service.figures_told import TILES, figure_words

FORM = "annual_report"


@dataclass(frozen=True)
class Compared:
    """One figure of this year and of the last, and by how much it changed (hours in minutes)."""

    code: str
    label: str | Promise
    unit: str | Promise
    rule: str | Promise
    now: Shown
    before: Shown
    change: str


def compared(headline: Headline, asked: Asked, k: int) -> Compared:
    """`k` above 0 covers small numbers of people."""
    indicator = INDICATORS[headline.code]

    def shown(number: int, year: int) -> Shown:
        if headline.code in PEOPLE_UNITS and 0 < number < k:
            return Shown(HIDDEN)
        return Shown(figure_words(headline.code, number), rows_url(_in_year(asked, year), headline.code), not number)

    now, before = shown(headline.now, asked.year), shown(headline.before, asked.year - 1)
    difference = headline.now - headline.before
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    change = HIDDEN if HIDDEN in (now.words, before.words) else sign + figure_words(headline.code, abs(difference))
    return Compared(headline.code, indicator.label, indicator.unit, indicator.rule, now, before, change)


def _in_year(asked: Asked, year: int) -> Asked:
    return Asked(year, asked.site, asked.line, asked.project, asked.method, asked.dimension)


def _targets(actor: Actor, asked: Asked) -> list[Told]:
    """The promises that touch the year, as they stood at its end or stand today."""
    if asked.line or asked.method or asked.dimension:
        return []
    period = year_of(asked.year)
    found = frameworks_for(actor).filter(from_on__lte=period.last, to_on__gte=period.first)
    if asked.project:
        found = found.filter(project=int(asked.project)) if asked.project.isdigit() else found.none()
    if asked.site:
        found = found.filter(site=int(asked.site)) if asked.site.isdigit() else found.none()
    records = records_for(actor)
    return [told(progress_of(records, framework, min(today(), period.last))) for framework in found]


def _pictures(report: YearReport, asked: Asked) -> dict[str, Any]:
    months, before = grid(report.months, asked), grid(report.months_before, _in_year(asked, asked.year - 1))
    wide = max(len(months.lines), len(before.lines))
    same = len(months.lines) == len(before.lines)
    return {
        "chart": month_chart(report.months, report.months_before, asked),
        "months": months,
        "month_lines": side_by_side([months, before]) if same else [*months.lines, months.total],
        "month_years": [asked.year, asked.year - 1] if same else [asked.year],
        "wide": wide,
        "sites": grid(report.sites, asked),
        "people_by_site": grid(report.people_by_site, asked),
        "people_by_line": grid(report.people_by_line, asked),
        "people": grid(report.people, asked),
    }


@page(STAFF)
@require_safe
def annual_report(request: StaffRequest, year: int = 0) -> HttpResponse:
    """The year as it is told to others. Without a year: this one."""
    must_do_casework(request.actor)
    asked = asked_of(request.GET, year or today().year)
    offer = offer_for(request.actor, asked.year)
    publish = bool(request.GET.get("publish"))
    k = smallest_published() if publish else 0
    visible = filtered(records_for(request.actor), asked)
    report = year_report(visible, asked.year, publish=publish)
    lines = {code: compared(headline, asked, k) for code, headline in report.headlines.items()}
    pictures = _pictures(report, asked)
    what = {
        "asked": asked,
        "organisation": house_full_name(),
        "scope": scope_of(request.actor, asked, offer),
        "tiles": [lines[code] for code in TILES],
        "lines": lines,
        "compared": lines.values(),
        "year_before": asked.year - 1,
        "not_counted": report.not_counted,
        "targets": _targets(request.actor, asked),
        "texts": {} if asked.filtered else report_texts(asked.year),
        "parts": ReportPart,
        "may_write": can_write_report(request.actor) and not asked.filtered,
        "publish": publish,
        "k": smallest_published(),
        "covered": sum(pictures[name].covered for name in ("months", "sites", "people_by_site", "people")),
        "before_url": asked_url(asked, asked.year - 1, publish),
        "after_url": asked_url(asked, asked.year + 1, publish) if asked.year < max(offer.years) else "",
        "publish_url": asked_url(asked, asked.year, not publish),
        "merged_since": None if publish else merged_since_year(request.actor, visible, asked.year),
        "nav": "figures",
        **pictures,
    }
    return render(request, "staff/insight/report.html", what)


def asked_url(asked: Asked, year: int, publish: bool) -> str:
    url = _in_year(asked, year).url("annual_report_of")
    return url + ("&" if "?" in url else "?") + "publish=1" if publish else url


class TextsForm(forms.Form):
    """The organisation's own words, part by part."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in ReportPart:
            widget = forms.Textarea({"rows": 6})
            self.fields[part.value] = forms.CharField(label=part.label, required=False, max_length=8000, widget=widget)


def _answers(data: QueryDict) -> dict[str, str]:
    return {part.value: data.get(part.value, "") for part in ReportPart}


@page(STAFF)
@require_http_methods(["GET", "POST"])
def texts(request: StaffRequest, year: int) -> HttpResponse:
    """Write the parts of the report that no figure tells. What is typed keeps itself."""
    must_write_report(request.actor)
    key = draft_key(request)
    if key is None:
        return HttpResponseRedirect(f"{request.path}?draft={uuid.uuid4()}")
    form = None
    if request.method == "POST" and not request.POST.get("do"):
        form = _written(request, year)
    if form is not None and form.is_valid():
        finish_draft(by=request.actor, key=key, **opening_of(request))
        messages.success(request, _("Your words stand in the report of %(year)s.") % {"year": year})
        return redirect("annual_report_of", year)
    written = {part: text.text for part, text in report_texts(year).items()}
    typed = _answers(request.POST) if request.method == "POST" else draft_answers(request.actor, key)
    what = {
        "form": form or TextsForm(initial=typed or written),
        "year": year,
        "key": key,
        "saved_at": saved_at(request.actor, key),
        "action": f"{request.path}?draft={key}",
        "back_url": reverse("annual_report_of", args=[year]),
        "nav": "figures",
    }
    return render(request, "staff/insight/texts.html", what, status=422 if form else 200)


def _written(request: StaffRequest, year: int) -> TextsForm:
    """The form as it was sent, with what refuses it beside the part; all parts are kept, or none."""
    form = TextsForm(request.POST)
    if form.is_valid():
        try:
            write_texts(by=request.actor, year=year, texts={ReportPart(k): v for k, v in form.cleaned_data.items()})
        except RuleBroken as refusal:
            form.add_error(refusal.field, as_error(refusal))
    return form


@page(STAFF)
@require_POST
def keep_texts(request: StaffRequest, year: int, key: uuid.UUID) -> HttpResponse:
    """Autosave from the page; answers with the time at which the house has it."""
    must_write_report(request.actor)
    title = _("Report of %(year)s") % {"year": year}
    return keep_answer(request, key, form=FORM, title=title, answers=_answers(request.POST))
