"""目标值: what was promised, and how far it is."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.insight.access import can_set_targets, framework_for, frameworks_for, must_set_targets
from xiezuo.insight.actions import promise, take_back_promise
from xiezuo.insight.models import Framework
from xiezuo.insight.progress import progress_of
from xiezuo.orgs.access import Actor, projects_for, sites_for
from xiezuo.service.access import records_for
from xiezuo.service.indicators import IN_FEN, IN_MINUTES, INDICATORS
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.insight.progress_words import Told, told

PROMISED = (
    "headcount",
    "person_times",
    "event_count",
    "session_count",
    "group_count",
    "service_count",
    "case_count",
    "case_begun",
    "service_hours",
    "volunteer_count",
    "volunteer_hours",
    "aid_times",
    "aid_households",
    "aid_amount",
)
SMALL = dict.fromkeys(IN_MINUTES, 60) | dict.fromkeys(IN_FEN, 100)  # minutes of an hour, fen of a yuan
MOST = 10_000_000


class FrameworkForm(forms.Form):
    """Targets in the units people speak of: hours are typed as hours and kept as minutes, yuan as fen."""

    name = forms.CharField(label=gettext_lazy("What the targets belong to"), max_length=120)
    project: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Project"), queryset=None, required=False, empty_label=gettext_lazy("no project")
    )
    site: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Site"), queryset=None, required=False, empty_label=gettext_lazy("all sites")
    )
    from_on = forms.DateField(
        label=pgettext_lazy("a project", "From"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    to_on = forms.DateField(
        label=pgettext_lazy("a project", "Until"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    promised_in = forms.CharField(label=gettext_lazy("Where it is written"), required=False, max_length=200)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = projects_for(actor)  # type: ignore[attr-defined]
        self.fields["site"].queryset = sites_for(actor)  # type: ignore[attr-defined]
        for code in PROMISED:
            label = str(INDICATORS[code].label)
            self.fields[code] = forms.IntegerField(label=label, required=False, min_value=1, max_value=MOST)

    @property
    def amounts(self) -> list[Any]:
        return [(self[code], INDICATORS[code]) for code in PROMISED]

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        targets = {code: given[code] * SMALL.get(code, 1) for code in PROMISED if given[code]}
        names = ("name", "project", "site", "from_on", "to_on", "promised_in")
        return {"targets": targets, **{name: given[name] for name in names}}


def _initial(framework: Framework) -> dict[str, Any]:
    names = ("name", "project", "site", "from_on", "to_on", "promised_in")
    amounts = {t.indicator: t.amount // SMALL.get(t.indicator, 1) for t in framework.targets.all()}
    return {name: getattr(framework, name) for name in names} | amounts


def told_for(actor: Actor, frameworks: Any) -> list[Told]:
    """Progress of each framework as it stands today, counted over what the actor may see."""
    records = records_for(actor)
    return [told(progress_of(records, framework, today())) for framework in frameworks]


@page(STAFF)
@require_safe
def targets(request: StaffRequest) -> HttpResponse:
    """Every promise: those running first, then those over."""
    frameworks = list(frameworks_for(request.actor))
    day = today()
    what = {
        "running": told_for(request.actor, [f for f in frameworks if f.to_on >= day]),
        "over": told_for(request.actor, [f for f in frameworks if f.to_on < day]),
        "may_set": can_set_targets(request.actor),
        "nav": "figures",
    }
    return render(request, "staff/insight/targets.html", what)


@page(STAFF)
@require_http_methods(["GET", "POST"])
def begin(request: StaffRequest) -> HttpResponse:
    """Write down what was promised; `?project=7` begins with that project."""
    must_set_targets(request.actor)
    day = today()
    initial: dict[str, Any] = {"from_on": day.replace(month=1, day=1), "to_on": day.replace(month=12, day=31)}
    project = projects_for(request.actor).filter(pk=int(asked)).first() if (asked := _number(request)) else None
    if project:
        initial |= {"project": project, "name": project.name, "from_on": project.from_on}
        initial |= {"to_on": project.to_on} if project.to_on else {}
    return _form_page(request, FrameworkForm(request.POST or None, actor=request.actor, initial=initial), None)


def _number(request: StaffRequest) -> str:
    asked = request.GET.get("project", "")
    return asked if asked.isascii() and asked.isdigit() and len(asked) < 10 else ""


@page(STAFF)
@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    must_set_targets(request.actor)
    framework = framework_for(request.actor, pk)
    form = FrameworkForm(request.POST or None, actor=request.actor, initial=_initial(framework))
    return _form_page(request, form, framework)


def _form_page(request: StaffRequest, form: FrameworkForm, existing: Framework | None) -> HttpResponse:
    """Save, or show the form with what is wrong and everything that was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            promise(by=request.actor, existing=existing, **form.facts())
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("The targets are written down."))
            return redirect("targets")
    what = {"form": form, "existing": existing, "nav": "figures"}
    return render(request, "staff/insight/target_form.html", what, status=422 if form.errors else 200)


@page(STAFF)
@require_POST
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    take_back_promise(by=request.actor, framework=framework_for(request.actor, pk))
    messages.success(request, _("The targets are taken back."))
    return redirect("targets")
