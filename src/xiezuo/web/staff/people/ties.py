"""Small changes on a person's page: who works with them."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.orgs.access import colleagues_for, sites_for
from xiezuo.orgs.models import Site, User
from xiezuo.people.access import must_supervise, person_for
from xiezuo.people.actions import assign, end_assignment
from xiezuo.people.vocab import AssignedFor
from xiezuo.web.base.pages import STAFF, StaffRequest, page


class DayForm(forms.Form):
    """A day; left empty it is today."""

    on = forms.DateField(label=gettext_lazy("Day"), required=False, widget=forms.DateInput({"type": "date"}))

    def day(self) -> date:
        return self.cleaned_data.get("on") or today()


class AssignForm(forms.Form):
    """A colleague or a site, not both."""

    user: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Colleague"), queryset=None, required=False, empty_label="—"
    )
    site: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Site"), queryset=None, required=False, empty_label="—"
    )

    def __init__(self, *args: Any, colleagues: QuerySet[User], sites: QuerySet[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = colleagues  # type: ignore[attr-defined]
        self.fields["site"].queryset = sites  # type: ignore[attr-defined]


def not_understood(request: StaffRequest) -> None:
    messages.warning(request, _("That could not be read, so nothing was changed. Look at the day and the choice."))


@page(STAFF)
@require_POST
def assign_to(request: StaffRequest, pk: int) -> HttpResponse:
    """A supervisor lets a colleague or a site work with the person."""
    actor = request.actor
    person = person_for(actor, pk)
    must_supervise(actor)
    form = AssignForm(request.POST, colleagues=colleagues_for(actor), sites=sites_for(actor))
    chosen = form.cleaned_data if form.is_valid() else {}
    if bool(chosen.get("user")) == bool(chosen.get("site")):
        messages.warning(request, _("Choose either a colleague or a site. Nothing was changed."))
        return redirect("person_readers", pk=pk)
    try:
        assign(by=actor, person=person, why=AssignedFor.CASE_TEAM, on=today(), **chosen)
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
        return redirect("person_readers", pk=pk)
    who = chosen.get("user") or chosen.get("site")
    messages.success(request, _("%(who)s works with them from today.") % {"who": who})
    return redirect("person_readers", pk=pk)


@page(STAFF)
@require_POST
def unassign(request: StaffRequest, pk: int, assignment: int) -> HttpResponse:
    """A colleague or site no longer works with the person, from tomorrow."""
    found = person_for(request.actor, pk).assignments.filter(pk=assignment, to_on__isnull=True).first()
    if found is None:
        raise Http404
    end_assignment(by=request.actor, assignment=found, on=today())
    messages.success(request, _("%(who)s works with them until the end of today.") % {"who": found.user or found.site})
    return redirect("person_readers", pk=pk)
