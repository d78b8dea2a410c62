"""交接班: what one shift leaves to the next, and that someone took it over."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.service.access.workday import handover_for, handovers_at, worked_at
from xiezuo.service.actions.workday import Matter, hand_over, take_over
from xiezuo.service.handing_over import Matter as Offered
from xiezuo.service.handing_over import open_matters, pulled
from xiezuo.web.base.pages import STAFF, StaffRequest, page

LATEST = 12


class HandoverForm(forms.Form):
    """Free lines, and which of the open matters are named."""

    text = forms.CharField(
        label=gettext_lazy("What the next shift has to know"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
    )
    matters = forms.MultipleChoiceField(
        label=gettext_lazy("Open matters"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: list[Offered], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"matters": [one.value for one in offered]})
        super().__init__(*args, **kwargs)
        self.fields["matters"].choices = [(one.value, one.title) for one in offered]  # type: ignore[attr-defined]

    def chosen(self) -> list[Matter]:
        pairs = (value.split("|") for value in self.cleaned_data["matters"])
        return [(table, int(pk)) for table, pk in pairs]


@page(STAFF)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def at_site(request: StaffRequest, pk: int) -> HttpResponse:
    """Notes of a site, and a form to leave one."""
    actor, site = request.actor, worked_at(request.actor, pk)
    offered = open_matters(actor, site, today())
    form = HandoverForm(request.POST, offered=offered) if request.method == "POST" else HandoverForm(offered=offered)
    if request.method == "POST" and form.is_valid():
        try:
            hand_over(by=actor, site=site, text=form.cleaned_data["text"], matters=form.chosen(), on=today())
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("Handed over. Whoever comes next sees it on Today."))
            return redirect("handovers", pk=pk)
    chosen = form.data.getlist("matters") if form.is_bound else form.initial["matters"]  # type: ignore[attr-defined]
    what = {
        "site": site,
        "form": form,
        "offered": [(one, one.value in chosen) for one in offered],
        "notes": handovers_at(actor, site, LATEST),
        "nav": "sites",
    }
    return render(request, "staff/service/day/handovers.html", what, status=422 if form.errors else 200)


@page(STAFF)
@require_GET
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """One note with what it pulled in, as that stands now."""
    note = handover_for(request.actor, pk)
    told = pulled(request.actor, note.matters)
    what = {
        "note": note,
        "text": str(note.text),
        "matters": told.matters,
        "closed": told.closed,
        "may_take": note.taken_at is None and note.written_by_id != request.actor.id and not request.actor.watched,
        "nav": "sites",
    }
    return render(request, "staff/service/day/handover.html", what)


@page(STAFF)
@require_POST
def take(request: StaffRequest, pk: int) -> HttpResponse:
    """One tap: taken over."""
    note = handover_for(request.actor, pk)
    try:
        take_over(by=request.actor, note=note)
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Taken over. %(name)s sees that you did.") % {"name": note.written_by.name})
    return redirect("handover", pk=pk)
