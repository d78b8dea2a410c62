"""销毁: one destruction with its steps as sentences, its signatures, its list, and the certificate."""

from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xiezuo.common.days import today
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.orgs.queries import house_full_name
from xiezuo.people.access import destruction_for, destructions_for
from xiezuo.people.actions import approve_destruction, drop_destruction
from xiezuo.people.models import Destruction
from xiezuo.people.tasks import carry_out_in_background
from xiezuo.people.vocab import DestructionState, ItemOutcome
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.people.ending_words import (
    class_label,
    line_words,
    mark_words,
    on_paper,
    source_words,
    stands,
    tabs_of,
)

A_PAGE = 50


@page(STAFF)
@require_safe
def destructions(request: StaffRequest) -> HttpResponse:
    """What was proposed, the latest first, each with where it stands."""
    shown = Paginator(destructions_for(request.actor), A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, class_label(one.record_class), one.items.count(), stands(one, today())) for one in shown]
    what = {
        "rows": rows,
        "page": shown,
        "page_url": "?",
        "tabs": tabs_of(request.actor, "destructions"),
        "sees_over": request.actor.keeps_data or request.actor.directs,
        "nav": "more",
    }
    return render(request, "staff/people/destructions.html", what)


def _may_sign(request: StaffRequest, found: Destruction) -> bool:
    """Whether a signature of the actor would count now."""
    if found.state != DestructionState.PROPOSED or not (request.actor.directs or request.actor.supervises):
        return False
    own = found.needs_two and found.proposed_by_id == request.actor.id
    return not own and found.approver_1_id != request.actor.id


@page(STAFF)
@require_safe
def destruction(request: StaffRequest, pk: int) -> HttpResponse:
    found = destruction_for(request.actor, pk)
    items = found.items.all()
    shown = Paginator(items, A_PAGE).get_page(request.GET.get("page"))
    outcomes = Counter(items.values_list("outcome", flat=True))
    waits = found.state in {DestructionState.PROPOSED, DestructionState.APPROVED}
    what = {
        "destruction": found,
        "label": class_label(found.record_class),
        "kept_for": on_paper(found),
        "source": source_words(found),
        "mark": mark_words(found.mark),
        "stands": stands(found, today()),
        "rows": [(item, line_words(item.table, item.row_id)) for item in shown],
        "page": shown,
        "page_url": "?",
        "total": sum(outcomes.values()),
        "done": outcomes[ItemOutcome.DONE],
        "left_out": sum(n for outcome, n in outcomes.items() if outcome in LEFT_OUT),
        "may_sign": _may_sign(request, found),
        "may_drop": waits and (request.actor.keeps_data or request.actor.directs or request.actor.supervises),
        "may_begin": request.actor.keeps_data and found.state in {DestructionState.APPROVED, DestructionState.DOING},
        "nav": "more",
    }
    return render(request, "staff/people/destruction.html", what)


LEFT_OUT = (ItemOutcome.HELD, ItemOutcome.RETURNED, ItemOutcome.GONE)


@page(STAFF)
@require_POST
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    try:
        approve_destruction(by=request.actor, destruction=destruction_for(request.actor, pk))
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Your signature is on it."))
    return redirect("destruction", pk=pk)


@page(STAFF)
@require_POST
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    try:
        found = destruction_for(request.actor, pk)
        drop_destruction(by=request.actor, destruction=found, why=request.POST.get("why", ""))
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("It is not carried out. Nothing was touched."))
    return redirect("destruction", pk=pk)


@page(STAFF)
@require_POST
def begin(request: StaffRequest, pk: int) -> HttpResponse:
    try:
        carry_out_in_background(by=request.actor, destruction=destruction_for(request.actor, pk), on=today())
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("It is being carried out. Open this page again in a moment for the certificate."))
    return redirect("destruction", pk=pk)


@page(STAFF)
@require_safe
def certificate(request: StaffRequest, pk: int) -> HttpResponse:
    """For the file: class, how many, hash of the list, who proposed and approved, how, when. Never a name of those erased."""
    found = destruction_for(request.actor, pk)
    if found.state != DestructionState.DONE:
        raise NotAllowed(_("There is a certificate once the destruction is carried out."))
    items = list(found.items.all())
    done = [item for item in items if item.outcome == ItemOutcome.DONE]
    left_out = Counter(item.outcome for item in items if item.outcome in LEFT_OUT)
    what = {
        "destruction": found,
        "label": class_label(found.record_class),
        "kept_for": on_paper(found),
        "source": source_words(found),
        "mark": mark_words(found.mark),
        "house": house_full_name(),
        "lines": len(done),
        "rows": sum(item.rows for item in done),
        "left_out": [(ItemOutcome(outcome).label, n) for outcome, n in sorted(left_out.items())],
        "nav": "more",
    }
    return render(request, "staff/people/destruction_certificate.html", what)
