"""服务记录: the list of service records the actor may see, newest first."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from xiezuo.common.days import Precision
from xiezuo.common.text import tidy
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_do_casework
from xiezuo.service.access import as_told_to, readable_records, records_for
from xiezuo.service.indicators import INDICATORS
from xiezuo.service.kept import kept
from xiezuo.service.models import ServiceRecord
from xiezuo.service.queries import sites_of, years_of
from xiezuo.service.vocab import Method, ServiceLine
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.service.figures_asked import NONE

ROWS_A_PAGE = 50
ANY = [("", _("all"))]


class ListForm(forms.Form):
    """The filters above the list. What does not fit the choices is not filtered by."""

    q = forms.CharField(label=_("Words in the name"), required=False, max_length=60, widget=forms.SearchInput)
    year = forms.ChoiceField(label=_("Year"), required=False)
    month = forms.ChoiceField(label=_("Month"), required=False, choices=ANY + [(str(m), str(m)) for m in range(1, 13)])
    site = forms.ChoiceField(label=_("Site"), required=False)
    line = forms.ChoiceField(
        label=_("Service line"),
        required=False,
        choices=[*ANY, *ServiceLine.choices, (NONE, pgettext_lazy("in figures", "not stated"))],
    )
    method = forms.ChoiceField(label=_("Method"), required=False, choices=[*ANY, *Method.choices])
    mine = forms.BooleanField(label=_("Only mine"), required=False)

    def __init__(self, *args: Any, records: QuerySet[ServiceRecord], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [(str(year), str(year)) for year in reversed(years_of(records))]
        undated = [(NONE, _("no date"))] if records.filter(service_date=None).exists() else []
        named = [(str(pk), name) if pk else (NONE, _("no site")) for pk, name in sites_of(records)]
        self.fields["year"].choices = [*ANY, *years, *undated]  # type: ignore[attr-defined]
        self.fields["site"].choices = [*ANY, *named]  # type: ignore[attr-defined]


def chosen(records: QuerySet[ServiceRecord], asked: dict[str, Any], actor: Actor) -> QuerySet[ServiceRecord]:
    """The records that fit the answers of a `ListForm`."""
    if year := asked.get("year"):
        records = records.filter(service_date__year=year) if year != NONE else records.filter(service_date=None)
    if month := asked.get("month"):
        records = records.filter(service_date__month=month).exclude(date_precision=Precision.YEAR)
    if site := asked.get("site"):
        records = records.filter(site=None if site == NONE else site)
    if line := asked.get("line"):
        records = records.filter(service_line="" if line == NONE else line)
    if method := asked.get("method"):
        records = records.filter(method=method)
    if words := tidy(asked.get("q", "")):
        by_title = Q(title__icontains=words, pk__in=readable_records(actor).order_by().values("pk"))
        records = records.filter(by_title | Q(serial_no__iendswith=words))
    return records.filter(recorded_by=actor.user) if asked.get("mine") else records


@dataclass(frozen=True)
class Row:
    record: ServiceRecord
    times: int


@page(STAFF)
@require_safe
def service_records(request: StaffRequest) -> HttpResponse:
    actor = request.actor
    must_do_casework(actor)
    visible = records_for(actor)
    form = ListForm(request.GET, records=visible)
    form.is_valid()
    answers = {name: value for name, value in form.cleaned_data.items() if value}
    newest = chosen(visible, answers, actor).order_by(F("service_date").desc(nulls_last=True), "-id")
    # Sorting whole records takes far longer than sorting their numbers; the few that are shown are fetched after.
    pages = Paginator(newest.values_list("pk", flat=True), ROWS_A_PAGE)
    pages.count = kept("records", newest, newest.count)
    shown = pages.get_page(request.GET.get("page"))
    here = visible.filter(pk__in=list(shown))
    records = {record.pk: record for record in as_told_to(actor, here.select_related("site", "recorded_by"))}
    times = INDICATORS["person_times"].by(here, "pk")
    what = {
        "form": form,
        "answers": answers,
        "page": shown,
        "rows": [Row(records[pk], times.get(pk, 0)) for pk in shown if pk in records],
        "page_url": f"{reverse('service_records')}?{urlencode(answers)}",
        "nav": "service_records",
    }
    return render(request, "staff/service/records.html", what)
