"""The evidence pack of a project: asked for with a reason, handed over as one file."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.exchange.actions.evidencing import pack_evidence
from xiezuo.insight.dimensions import Period
from xiezuo.orgs.access import Actor, project_for, sites_for
from xiezuo.orgs.models import Project
from xiezuo.people.access import must_do_casework
from xiezuo.web.base.pages import STAFF, StaffRequest, page


class EvidenceForm(forms.Form):
    """Which period and, for a worker of some sites, of which site; for whom and why."""

    from_on = forms.DateField(
        label=pgettext_lazy("a period", "From"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    to_on = forms.DateField(
        label=pgettext_lazy("a period", "Until"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    site: forms.ModelChoiceField = forms.ModelChoiceField(label=_("Site"), queryset=None, required=False)
    reason = forms.CharField(label=_("For whom and why"), max_length=200)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        site = self.fields["site"]
        site.queryset = sites_for(actor)  # type: ignore[attr-defined]
        site.empty_label = _("the whole organisation") if actor.everywhere else None  # type: ignore[attr-defined]
        site.required = not actor.everywhere

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("from_on"), given.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", _("The period cannot end before it begins."))
        return given


def _initial(project: Project) -> dict[str, Any]:
    """From the project's first day to its last, at most to today."""
    return {"from_on": project.from_on, "to_on": min(project.to_on or today(), today())}


@page(STAFF)
@require_http_methods(["GET", "POST"])
def evidence(request: StaffRequest, pk: int) -> HttpResponse:
    """GET asks; POST hands the pack over."""
    must_do_casework(request.actor)
    project = project_for(request.actor, pk)
    form = EvidenceForm(request.POST or None, actor=request.actor, initial=_initial(project))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        period = Period(given["from_on"], given["to_on"])
        ask = {"project": project, "period": period, "reason": given["reason"], "site": given["site"]}
        try:
            made = pack_evidence(by=request.actor, on=today(), **ask)
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            response = HttpResponse(made.content, content_type="application/zip")
            response["Content-Disposition"] = f"attachment; filename*=UTF-8''{escape_uri_path(made.name)}"
            return response
    what = {"form": form, "project": project, "nav": "sites"}
    return render(request, "staff/orgs/evidence.html", what, status=422 if form.errors else 200)
