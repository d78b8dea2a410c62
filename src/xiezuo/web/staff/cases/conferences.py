"""Case conferences: those there were, one of them, and writing one down."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.orgs.access import Actor, colleagues_for, sites_for
from xiezuo.people.access import must_do_casework
from xiezuo.people.actions import note_reads
from xiezuo.service.access import cases_for
from xiezuo.service.actions.cases import AboutCase, TaskOfConference, hold_conference
from xiezuo.service.cases.conferences import conference_told, conferences_for
from xiezuo.service.models import Case
from xiezuo.web.base.pages import STAFF, StaffRequest, page

SHOWN = 50
OFFERED = 100


def _long(label: Any, rows: int, *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, required=required, widget=forms.Textarea({"rows": rows}))


class ConferenceForm(forms.Form):
    """One conference about one case; for another case of the same meeting the page is opened once more."""

    held_on = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    site: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Site"), queryset=None, required=False, empty_label="—"
    )
    present: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who was there"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    guests = forms.CharField(label=gettext_lazy("From elsewhere"), required=False, max_length=200)
    case: forms.ModelChoiceField = forms.ModelChoiceField(label=gettext_lazy("Case"), queryset=None, empty_label="—")
    discussed = _long(gettext_lazy("What was said"), 5, required=False)
    decision = _long(gettext_lazy("What was decided"), 3)
    task = forms.CharField(label=gettext_lazy("What is to be done"), required=False, max_length=200)
    whose: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Who does it"), queryset=None, required=False, empty_label="—"
    )
    due_on = forms.DateField(
        label=gettext_lazy("Due on"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = colleagues_for(actor).order_by("name")
        self.fields["present"].queryset = colleagues  # type: ignore[attr-defined]
        self.fields["whose"].queryset = colleagues  # type: ignore[attr-defined]
        self.fields["site"].queryset = sites_for(actor)  # type: ignore[attr-defined]
        self.fields["case"].queryset = _cases(actor)  # type: ignore[attr-defined]
        self.fields["case"].label_from_instance = lambda case: f"{case} · {case.person}"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("task") and not (given.get("whose") and given.get("due_on")):
            self.add_error("whose", _("Say who does it and until when."))
        return given

    def about(self) -> AboutCase:
        given = self.cleaned_data
        task = (
            TaskOfConference(title=given["task"], whose=given["whose"], due_on=given["due_on"])
            if given["task"]
            else None
        )
        return AboutCase(
            case=given["case"],
            discussed=given["discussed"],
            decision=given["decision"],
            tasks=[task] if task else [],
        )


def _cases(actor: Actor) -> Any:
    return cases_for(actor).filter(closed_on__isnull=True).select_related("person").order_by("case_no")


@page(STAFF)
@require_safe
def conferences(request: StaffRequest) -> HttpResponse:
    must_do_casework(request.actor)
    what = {"rows": conferences_for(request.actor)[:SHOWN], "nav": "cases"}
    return render(request, "staff/cases/conferences.html", what)


@page(STAFF)
@require_safe
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """Of the cases only those that are open to whoever looks; that they were read is written down."""
    conference, about, hidden = conference_told(request.actor, pk)
    note_reads(by=request.actor, people=[row.case.person for row in about], what="case")
    what = {"conference": conference, "about": about, "hidden": hidden, "nav": "cases"}
    return render(request, "staff/cases/conference.html", what)


@page(STAFF)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """`case`: the one from whose page it is written."""
    actor = request.actor
    must_do_casework(actor)
    once = request.POST.get("key") or str(uuid.uuid4())
    form = ConferenceForm(request.POST or None, actor=actor, initial=_first(request))
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("held_on", "site", "present", "guests")}
        try:
            held = hold_conference(by=actor, about=[form.about()], on=today(), key=uuid.UUID(once), **given)
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Written down; what is to be done stands with whoever does it."))
            return redirect("conference", pk=held.pk)
    what = {"form": form, "key": once, "nav": "cases"}
    return render(request, "staff/cases/conference_form.html", what, status=422 if form.errors else 200)


def _first(request: StaffRequest) -> dict[str, Any]:
    asked = request.GET.get("case", "")
    case: Case | None = (
        _cases(request.actor).filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 16 else None
    )
    first: dict[str, Any] = {"held_on": today(), "present": [request.user.pk]}
    return first | ({"case": case.pk, "site": case.site_id} if case else {})
