"""Complaints at the desk: written down, given to someone whom they do not concern, and answered."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.orgs.access import Actor, colleagues_for
from xiezuo.people.actions import give_complaint, name_concerned, receive_complaint, settle_complaint
from xiezuo.people.members import complaint_for, complaints_for
from xiezuo.people.models import Complaint
from xiezuo.people.rights import complaint_due
from xiezuo.web.base.nav import answering
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.people.requests import tabs_of


class ComplaintForm(forms.Form):
    """What someone complains of; their name may stay empty."""

    complainant = forms.CharField(label=gettext_lazy("Who complains"), max_length=60, required=False)
    about = forms.CharField(label=gettext_lazy("About whom or what"), max_length=200)
    facts = forms.CharField(
        label=gettext_lazy("What happened, in their words"), max_length=4000, widget=forms.Textarea({"rows": 4})
    )
    wish = forms.CharField(
        label=gettext_lazy("What they want"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )


class HandlingForm(forms.Form):
    """Who handles it, and whom else it concerns."""

    handler: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Who handles it"), queryset=None, required=False, empty_label="—"
    )
    concerned: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Whom it concerns besides"), queryset=None, required=False, empty_label="—"
    )

    def __init__(self, *args: Any, actor: Actor, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = colleagues_for(actor).exclude(pk__in=list(complaint.concerns.values_list("pk", flat=True)))
        self.fields["handler"].queryset = free.order_by("name")  # type: ignore[attr-defined]
        self.fields["concerned"].queryset = free.exclude(pk=actor.id).order_by("name")  # type: ignore[attr-defined]
        self.fields["handler"].initial = complaint.handler_id


class ResultForm(forms.Form):
    """What came of it, and when the complainant heard it."""

    result = forms.CharField(label=gettext_lazy("What came of it"), max_length=4000, widget=forms.Textarea({"rows": 4}))
    told_on = forms.DateField(
        label=gettext_lazy("Told on"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


@page(STAFF)
@require_http_methods(["GET", "POST"])
def complaints(request: StaffRequest) -> HttpResponse:
    """What the actor may read of complaints, and a form to write one down, which everybody may."""
    form = ComplaintForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            receive_complaint(by=request.actor, on=today(), **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(
                request, _("Written down. The director or a supervisor whom it does not concern reads it.")
            )
            return redirect("complaints")
    what = {
        "form": form,
        "rows": complaints_for(request.actor),
        "tabs": tabs_of(request, "complaints"),
        "today": today(),
        "due": complaint_due(today()),
        "nav": "data_requests" if answering(request.actor) else "people",
    }
    return render(request, "staff/people/complaints.html", what, status=422 if form.errors else 200)


def _handle(request: StaffRequest, row: Complaint, form: HandlingForm) -> None:
    if concerned := form.cleaned_data["concerned"]:
        name_concerned(by=request.actor, complaint=row, user=concerned)
    if handler := form.cleaned_data["handler"]:
        give_complaint(by=request.actor, complaint=row, handler=handler)


@page(STAFF)
@require_http_methods(["GET", "POST"])
def complaint(request: StaffRequest, pk: int) -> HttpResponse:
    """One complaint: who handles it, what came of it, and that it was told."""
    row = complaint_for(request.actor, pk)
    part = request.POST.get("part", "")
    handling = HandlingForm(request.POST if part == "handling" else None, actor=request.actor, complaint=row)
    result = ResultForm(
        request.POST if part == "result" else None, initial={"result": row.result, "told_on": row.told_on or today()}
    )
    form = handling if part == "handling" else result
    if request.method == "POST" and form.is_valid():
        try:
            if part == "handling":
                _handle(request, row, handling)
            else:
                settle_complaint(by=request.actor, complaint=row, **result.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("complaint", pk=pk)
    what = {
        "row": row,
        "handling": handling,
        "result": result,
        "may_decide": request.actor.directs or request.actor.supervises,
        "concerns": list(row.concerns.all()),
        "today": today(),
        "nav": "data_requests" if answering(request.actor) else "people",
    }
    return render(request, "staff/people/complaint.html", what, status=422 if form.errors else 200)
