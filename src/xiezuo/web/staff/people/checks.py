"""背景查询: who works near children, whose check is missing or due, and noting one."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.people.checks import not_yet, note_check, staff_checks, to_check, volunteer_checks
from xiezuo.people.vocab import CheckResult
from xiezuo.web.base.pages import STAFF, StaffRequest, page

A_PAGE = 30


class CheckForm(forms.Form):
    checked_on = forms.DateField(label=gettext_lazy("Checked on"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    source = forms.CharField(label=gettext_lazy("Where it was checked"), max_length=80)
    result = forms.ChoiceField(
        label=gettext_lazy("Result"), choices=CheckResult.choices, widget=forms.RadioSelect, initial=CheckResult.CLEAR
    )


@page(STAFF)
@require_GET
def checks(request: StaffRequest) -> HttpResponse:
    """Colleagues first; volunteers a page at a time, for there may be very many."""
    actor, day = request.actor, today()
    asked = request.GET.get("q", "").strip()
    staff, everyone = staff_checks(actor, on=day), volunteer_checks(actor, on=day)
    volunteers = volunteer_checks(actor, on=day, asked=asked) if asked else everyone
    what = {
        "staff": [line for line in staff if asked in line.names],
        "volunteers": Paginator(volunteers, A_PAGE).get_page(request.GET.get("page")),
        "open": not_yet(staff) + everyone.not_yet,
        "lines": bool(staff or len(everyone)),
        "asked": asked,
        "nav": "more",
    }
    return render(request, "staff/people/checks.html", what)


@page(STAFF)
@require_http_methods(["GET", "POST"])
def note(request: StaffRequest, key: str) -> HttpResponse:
    """Note one check: its day, where, and the bare result."""
    day = today()
    whom = to_check(request.actor, key, on=day)
    form = CheckForm(request.POST or None, initial={"checked_on": day})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            note_check(
                by=request.actor,
                whom=whom,
                checked_on=given["checked_on"],
                source=given["source"],
                result=CheckResult(given["result"]),
                on=day,
            )
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("The check of %(name)s is written down.") % {"name": whom})
            return redirect("checks")
    what = {"form": form, "whom": whom, "nav": "more"}
    return render(request, "staff/people/check_form.html", what, status=422 if form.errors else 200)
