"""The order of need: what the score would say, and what people decided."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.forms.measures import Measure, measure
from xiezuo.people.access import must_do_casework, person_for
from xiezuo.people.vocab import Section
from xiezuo.service.actions.measuring import let_score_place, place_by_hand
from xiezuo.service.measuring import order_of_need
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.service.measures.forms import PlaceForm


def _measure(key: str) -> Measure:
    """A measure that puts people in an order: one with fields of which a low one is a need."""
    try:
        found = measure(key)
    except KeyError:
        raise NotAllowed(_("There is no such measure here.")) from None
    if not found.zero_first:
        raise NotAllowed(_("Nobody is put in an order by this measure."))
    return found


@page(STAFF)
@require_GET
def order(request: StaffRequest, of: str) -> HttpResponse:
    must_do_casework(request.actor)
    asked = _measure(of)
    rows = [
        (row, PlaceForm(initial=_now(row.moved), auto_id=f"p{row.person.pk}_%s"))
        for row in order_of_need(request.actor, asked)
    ]
    return render(request, "staff/service/measures/order.html", {"measure": asked, "rows": rows, "nav": "people"})


def _now(moved: object) -> dict[str, object]:
    return {"place": getattr(moved, "place", 1), "why": getattr(moved, "why", "")}


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def place(request: StaffRequest, of: str, pk: int) -> HttpResponse:
    """Put someone at a place and say why; or, with `back`, let the score place them again."""
    asked, person = _measure(of), person_for(request.actor, pk, Section.CASE)
    if "back" in request.POST:
        let_score_place(by=request.actor, person=person, of=asked)
        messages.success(request, _("The score places them again."))
        return redirect("order_of_need", of=of)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        raise RuleBroken("service.place_why", _("Write the place and why: whoever reads the order sees both."))
    place_by_hand(by=request.actor, person=person, of=asked, **form.cleaned_data)
    messages.success(request, _("Moved, with your reason."))
    return redirect("order_of_need", of=of)
