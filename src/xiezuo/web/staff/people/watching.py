"""谁看过什么: all that one colleague opened in a period, so that misuse is found (CHD-3)."""

from datetime import date, timedelta

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from xiezuo.common.days import today
from xiezuo.people.reading import MOST, colleagues_answered_for, must_answer_for_colleagues, readings_of
from xiezuo.web.base.pages import STAFF, StaffRequest, page

LATELY = 30  # days
LONGEST = 366


class ReadsForm(forms.Form):
    colleague: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Colleague"), queryset=None, empty_label=_("choose one")
    )
    from_on = forms.DateField(
        label=pgettext_lazy("a period", "From"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    to_on = forms.DateField(
        label=pgettext_lazy("a period", "Until"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def period(self) -> tuple[date, date]:
        """In order, until today, and a year at most."""
        first, last = sorted(min(self.cleaned_data[name], today()) for name in ("from_on", "to_on"))
        return max(first, last - timedelta(days=LONGEST)), last


@page(STAFF)
@require_GET
def reads(request: StaffRequest) -> HttpResponse:
    """Choose a colleague and a period; then their openings, day by day, with children marked."""
    actor = request.actor
    must_answer_for_colleagues(actor)
    begun = {"from_on": today() - timedelta(days=LATELY), "to_on": today()}
    form = ReadsForm(request.GET if "colleague" in request.GET else None, initial=begun)
    form.fields["colleague"].queryset = colleagues_answered_for(actor)  # type: ignore[attr-defined]
    what = {"form": form, "most": MOST, "nav": "more"}
    if form.is_bound and form.is_valid():
        colleague, (first, last) = form.cleaned_data["colleague"], form.period()
        found = readings_of(actor, colleague, first, last)
        what |= {"colleague": colleague, "found": found, "days": len(found.by_day), "first": first, "last": last}
    return render(request, "staff/people/reads.html", what)
