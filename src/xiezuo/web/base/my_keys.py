"""Keys for programs that ask in one's own name: made, shown once, taken back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.orgs.program_keys import end_key, make_key, own_keys
from xiezuo.web.base import door_rules
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.security import proved


class KeyForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Which program, and what for"), max_length=60)
    ends_on = forms.DateField(
        label=gettext_lazy("Holds until"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


@page(STAFF)
@never_cache
@require_http_methods(["GET", "POST"])
@proved
def my_keys(request: StaffRequest) -> HttpResponse:
    """GET lists and asks; POST makes a key, shown on the answer alone."""
    form = KeyForm(request.POST or None, initial={"ends_on": today().replace(month=12, day=31)})
    key = ""
    if request.method == "POST" and form.is_valid():
        try:
            days = door_rules.program_key_days()
            key = make_key(by=request.actor, **form.cleaned_data, on=today(), most_days=days)
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            form = KeyForm(initial=form.initial)
    what: dict[str, Any] = {"form": form, "key": key, "keys": own_keys(request.actor), "day": today(), "nav": "more"}
    return render(request, "base/security/keys.html", what, status=422 if form.errors else 200)


@page(STAFF)
@require_POST
def end_my_key(request: StaffRequest, pk: int) -> HttpResponse:
    end_key(by=request.actor, pk=pk)
    messages.success(request, _("The key opens nothing any more."))
    return redirect("my_keys")
