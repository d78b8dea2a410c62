"""发件箱: what is to be told to people and colleagues. Nothing is sent by itself unless this house has a carrier."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiezuo.common.errors import RuleBroken
from xiezuo.people.access import person_for
from xiezuo.people.actions import note_reads
from xiezuo.people.outbox.carriers import can_send
from xiezuo.people.outbox.deciding import wants_discretion
from xiezuo.people.outbox.putting import drop_message, say_told, wish_discretion
from xiezuo.people.outbox.seeing import Outgoing, message_for, messages_to, outbox_of
from xiezuo.people.outbox.wording import label_of
from xiezuo.people.vocab import Section, ToldHow
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.shapes import Tab
from xiezuo.web.staff.people.person import open_person
from xiezuo.web.staff.people.words import masked


def _row(one: Outgoing) -> dict[str, Any]:
    return {"one": one, "row": one.row, "label": label_of(one.row.template), "number": masked(one.number)}


@page(STAFF)
@require_GET
def outbox(request: StaffRequest) -> HttpResponse:
    """What nobody was told yet; with `?state=settled` what was."""
    settled = request.GET.get("state") == "settled"
    found = outbox_of(request.actor, only_open=not settled)
    note_reads(by=request.actor, people={one.row.person for one in found if one.row.person}, what="messages")
    url = reverse("outbox")
    what = {
        "rows": [_row(one) for one in found],
        "tabs": [Tab(_("To be told"), url, not settled), Tab(_("Settled"), f"{url}?state=settled", settled)],
        "settled": settled,
        "sends": can_send(),
        "nav": "outbox",
    }
    return render(request, "staff/people/outbox.html", what)


@page(STAFF)
@require_GET
def of_person(request: StaffRequest, pk: int) -> HttpResponse:
    """All messages to one person, and whether they want them discreet."""
    person = open_person(request, pk, "messages", Section.CONTACT)
    what = {
        "person": person,
        "rows": [_row(one) for one in messages_to(request.actor, person)],
        "discreet": wants_discretion(person),
        "nav": "people",
    }
    return render(request, "staff/people/messages.html", what)


@page(STAFF)
@require_POST
def tell(request: StaffRequest, pk: int) -> HttpResponse:
    """A colleague told it by mouth, or read what was for them."""
    how = request.POST.get("how", "")
    if how not in ToldHow.values:
        raise Http404
    message = message_for(request.actor, pk)
    try:
        say_told(by=request.actor, message=message.row, how=ToldHow(how))
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Noted: they know."))
    return redirect("outbox")


@page(STAFF)
@require_POST
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Nobody needs to be told any more."""
    message = message_for(request.actor, pk)
    try:
        drop_message(by=request.actor, message=message.row)
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Dropped. It stays among what is settled."))
    return redirect("outbox")


@page(STAFF)
@require_POST
def discretion(request: StaffRequest, pk: int) -> HttpResponse:
    """Note what the person wishes of messages to them."""
    person = person_for(request.actor, pk, Section.CONTACT)
    wish_discretion(by=request.actor, person=person, discreet=request.POST.get("discreet") == "yes")
    messages.success(request, _("Noted. It holds for messages written from now on."))
    return redirect("person_messages", pk=pk)
