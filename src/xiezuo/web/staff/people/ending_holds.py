"""冻结: legal holds; while one stands nothing of the person is destroyed."""

import re

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.people.access import hold_for, holds_for, must_hold, people_for
from xiezuo.people.actions import end_hold, set_hold
from xiezuo.people.models import Person
from xiezuo.people.queries import person_by_number
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.people.ending_words import tabs_of


class HoldForm(forms.Form):
    """Whom to hold, by the number on their page, why, and how long."""

    number = forms.CharField(label=gettext_lazy("Number of the person"), max_length=12)
    why = forms.CharField(label=gettext_lazy("Why it has to be kept"), max_length=200)
    from_on = forms.DateField(
        label=pgettext_lazy("a period", "From"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    to_on = forms.DateField(
        label=pgettext_lazy("a period", "Until"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_number(self) -> Person:
        found = re.fullmatch(r"\s*[Pp]?0*(\d{1,9})\s*", self.cleaned_data["number"])
        person = person_by_number(int(found[1])) if found else None
        if person is None:
            raise forms.ValidationError(_("There is no person with this number. It stands on their page: P000123."))
        return person


@page(STAFF)
@require_http_methods(["GET", "POST"])
def holds(request: StaffRequest) -> HttpResponse:
    """Those that stand and those that have ended; the data steward and the director set a new one."""
    told = list(holds_for(request.actor))
    form = HoldForm(request.POST or None, initial={"from_on": today(), "number": request.GET.get("number", "")})
    if request.method == "POST":
        must_hold(request.actor)
        if form.is_valid() and _set(request, form):
            return redirect("legal_holds")
    named = [hold.person_id for hold in told]
    open_to = set(people_for(request.actor).filter(pk__in=named).values_list("pk", flat=True))
    what = {
        "rows": [(hold, hold.person_id in open_to, hold.to_on is None or hold.to_on >= today()) for hold in told],
        "form": form,
        "may_hold": request.actor.keeps_data or request.actor.directs,
        "tabs": tabs_of(request.actor, "legal_holds"),
        "nav": "more",
    }
    return render(request, "staff/people/legal_holds.html", what, status=422 if form.errors else 200)


def _set(request: StaffRequest, form: HoldForm) -> bool:
    given = form.cleaned_data
    try:
        set_hold(
            by=request.actor,
            person=given["number"],
            why=given["why"],
            from_on=given["from_on"],
            to_on=given["to_on"],
        )
    except RuleBroken as refusal:
        form.add_error("number" if refusal.field == "person" else refusal.field or None, str(refusal))
        return False
    messages.success(request, _("It stands. Nothing of this person is destroyed while it does."))
    return True


@page(STAFF)
@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    end_hold(by=request.actor, hold=hold_for(request.actor, pk), on=today())
    messages.success(request, _("The hold ends today; from tomorrow the periods count again."))
    return redirect("legal_holds")
