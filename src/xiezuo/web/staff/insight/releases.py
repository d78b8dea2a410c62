"""对外: figures leave the house as a workbook in the asker's layout, with a reason, and are remembered."""

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.exchange.actions.releasing import LedgerFile, Shape, release_ledger
from xiezuo.exchange.ledgers.layout import ledger_layouts
from xiezuo.insight.access import releases_for
from xiezuo.insight.breakdown import smallest_published
from xiezuo.insight.dimensions import Period
from xiezuo.orgs.access import Actor, projects_for, sites_for
from xiezuo.people.access import must_do_casework
from xiezuo.web.base.pages import STAFF, StaffRequest, page

ROWS_A_PAGE = 30
OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {Shape.EXCEL: f"{OFFICE}.spreadsheetml.sheet", Shape.WORD: f"{OFFICE}.wordprocessingml.document"}


class ReleaseForm(forms.Form):
    """Which figures leave in which layout, for whom and why."""

    layout = forms.ChoiceField(label=_("Layout"), widget=forms.RadioSelect)
    from_on = forms.DateField(
        label=pgettext_lazy("a period", "From"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    to_on = forms.DateField(
        label=pgettext_lazy("a period", "Until"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    site: forms.ModelChoiceField = forms.ModelChoiceField(label=_("Site"), queryset=None, required=False)
    project: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Project"), queryset=None, required=False, empty_label=_("all of them")
    )
    shape = forms.ChoiceField(
        label=_("As"), choices=[(Shape.EXCEL, "Excel"), (Shape.WORD, "Word")], widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("For whom and why"), max_length=200)
    publish = forms.BooleanField(label=_("For publication"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(layout.id, str(layout)) for layout in ledger_layouts()]
        self.fields["layout"].choices = choices  # type: ignore[attr-defined]
        site = self.fields["site"]
        site.queryset = sites_for(actor)  # type: ignore[attr-defined]
        site.empty_label = _("the whole organisation") if actor.everywhere else None  # type: ignore[attr-defined]
        site.required = not actor.everywhere
        self.fields["project"].queryset = projects_for(actor)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("from_on"), given.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", _("The period cannot end before it begins."))
        return given

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        names = ("layout", "site", "project", "reason", "publish", "shape")
        return {"period": Period(given["from_on"], given["to_on"]), **{name: given[name] for name in names}}


def _initial(request: StaffRequest) -> dict[str, Any]:
    """This year, or the period and part of the page that the button stood on."""
    asked = {name: request.GET[name] for name in ("site", "project", "layout") if request.GET.get(name)}
    days = {}
    for name, otherwise in (("from_on", date(today().year, 1, 1)), ("to_on", date(today().year, 12, 31))):
        try:
            days[name] = date.fromisoformat(request.GET.get(name, ""))
        except ValueError:
            days[name] = otherwise
    return {"layout": ledger_layouts()[0].id, "shape": Shape.EXCEL, **asked, **days}


def download(file: LedgerFile) -> HttpResponse:
    response = HttpResponse(file.content, content_type=TYPES[Shape(file.name.rpartition(".")[2])])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{escape_uri_path(file.name)}"
    return response


@page(STAFF)
@require_http_methods(["GET", "POST"])
def begin(request: StaffRequest) -> HttpResponse:
    """GET asks; POST writes the file, remembers what it says, and hands it over."""
    must_do_casework(request.actor)
    form = ReleaseForm(request.POST or None, actor=request.actor, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            return download(release_ledger(by=request.actor, **form.facts()))
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
    what = {"form": form, "k": smallest_published(), "nav": "figures"}
    return render(request, "staff/insight/release_form.html", what, status=422 if form.errors else 200)


@page(STAFF)
@require_safe
def releases(request: StaffRequest) -> HttpResponse:
    """What left the house, the latest first."""
    must_do_casework(request.actor)
    found = releases_for(request.actor).annotate(n=Count("rows")).order_by("-released_at", "-pk")
    shown = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    titles = {layout.id: str(layout) for layout in ledger_layouts()}
    rows = [(release, titles.get(release.layout, release.layout)) for release in shown.object_list]
    what = {"page": shown, "rows": rows, "page_url": "?", "nav": "figures"}
    return render(request, "staff/insight/releases.html", what)
