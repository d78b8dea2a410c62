"""Handing a colleague's cases to another one: all of them, or those that are ticked."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from xiezuo.common.days import today
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.orgs.access import Actor, colleagues_for
from xiezuo.people.access import people_for
from xiezuo.service.access import cases_to_hand_over
from xiezuo.service.actions.cases import hand_cases_over
from xiezuo.service.cases.load import workers_of
from xiezuo.service.models import Case
from xiezuo.web.base.pages import STAFF, StaffRequest, page

MOST = 200


class ToForm(forms.Form):
    to: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Who goes on"), queryset=None, empty_label="—"
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues_for(actor).order_by("name")  # type: ignore[attr-defined]


@page(STAFF)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: StaffRequest) -> HttpResponse:
    """`worker`: whose cases. The director sees the numbers of the cases, and no name."""
    actor = request.actor
    if actor.watched or not (actor.supervises or actor.directs):
        raise NotAllowed(_("A supervisor or the director hands cases over. Ask one of them."))
    asked = request.GET.get("worker", "")
    mine = cases_to_hand_over(actor)
    workers = workers_of(mine)
    worker = next((one for one in workers if str(one.pk) == asked), None)
    found = (
        list(mine.filter(worker=worker).select_related("person", "site").order_by("case_no")[:MOST]) if worker else []
    )
    form, refused = ToForm(request.POST or None, actor=actor), ""
    if request.method == "POST" and form.is_valid():
        try:
            given = hand_cases_over(by=actor, on=today(), **_wanted(request, found), to=form.cleaned_data["to"])
        except RuleBroken as refusal:
            refused = str(refusal)
        else:
            n = len(given)
            words = ngettext("%(n)s case is %(who)s's now.", "%(n)s cases are %(who)s's now.", n)
            messages.success(request, words % {"n": n, "who": form.cleaned_data["to"].name})
            return redirect("cases" if actor.does_casework else "hand_cases_over")
    known = set(people_for(actor).filter(pk__in=[case.person_id for case in found]).values_list("pk", flat=True))
    posted = request.method == "POST"
    what = {
        "workers": workers,
        "worker": worker,
        "rows": [_row(request, case, known, posted) for case in found],
        "form": form,
        "refused": refused,
        "nav": "cases",
    }
    return render(request, "staff/cases/give.html", what, status=422 if refused or form.errors else 200)


def _wanted(request: StaffRequest, found: list[Case]) -> dict[str, Any]:
    ticked = set(request.POST.getlist("case"))
    cases = [case.pk for case in found if str(case.pk) in ticked]
    return {"cases": cases, "notes": {pk: request.POST.get(f"note-{pk}", "") for pk in cases}}


def _row(request: StaffRequest, case: Case, known: set[int], posted: bool) -> dict[str, Any]:
    return {
        "case": case,
        "name": str(case.person) if case.person_id in known else "",
        "ticked": not posted or str(case.pk) in request.POST.getlist("case"),
        "note": request.POST.get(f"note-{case.pk}", ""),
    }
