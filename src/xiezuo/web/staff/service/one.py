"""One service record: what was done, who came, what follows, and how it came about."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiezuo.common.days import now, today
from xiezuo.common.errors import RuleBroken
from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for
from xiezuo.service.access import can_correct, form_of_record, record_for
from xiezuo.service.actions import cancel_service, finish_step
from xiezuo.service.models import ServiceRecord
from xiezuo.service.private import private_note_of, write_private_note
from xiezuo.service.queries import history_of
from xiezuo.web.base.pages import STAFF, StaffRequest, page


def who_came(actor: Actor, record: ServiceRecord) -> dict[str, Any]:
    """Everyone on a record; people not open to the actor stand there as a lock, never as a gap."""
    taking = list(record.participations.select_related("person").order_by("id"))
    helping = list(record.volunteer_parts.select_related("person").order_by("id"))
    named = [row.person_id for row in taking] + [part.person_id for part in helping]
    return {
        "taking": taking,
        "helping": helping,
        "visible": set(people_for(actor).filter(pk__in=filter(None, named)).values_list("pk", flat=True)),
        "times": sum(row.count for row in taking if row.came),
        "stated": sum(row.stated_heads or 0 for row in taking),
    }


@page(STAFF)
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """The record with everyone on it."""
    record = record_for(request.actor, pk)
    came = who_came(request.actor, record)
    what = came | {
        "record": record,
        "evidence": list(record.evidence.select_related("added_by").order_by("id")),
        "projects": list(record.projects.all()),
        "staff": list(record.staff.all()),
        "filled": form_of_record(request.actor, record),
        "follow": {row.person for row in came["taking"] if row.person_id in came["visible"]},
        "private": private_note_of(request.actor, record),
        "history": history_of(record),
        "may_correct": can_correct(request.actor, record) and record.state != "cancelled",
        "late": bool(record.next_on and not record.next_done_on and record.next_on < today()),
        "nav": "service_records",
    }
    return render(request, "staff/service/one.html", what)


@page(STAFF)
@require_POST
def cancel(request: StaffRequest, pk: int) -> HttpResponse:
    record = record_for(request.actor, pk)
    try:
        cancel_service(by=request.actor, record=record, why=request.POST.get("why", ""))
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
        return redirect("service_record", pk=pk)
    messages.success(request, _("The record stays here and no longer counts."))
    return redirect("service_record", pk=pk)


@page(STAFF)
@require_POST
def finish(request: StaffRequest, pk: int) -> HttpResponse:
    record = finish_step(by=request.actor, record=record_for(request.actor, pk), on=today())
    messages.success(request, _("Done: %(step)s.") % {"step": record.next_step})
    return redirect("today") if request.POST.get("from") == "today" else redirect("service_record", pk=pk)


@page(STAFF)
@require_POST
def keep_private(request: StaffRequest, pk: int) -> HttpResponse:
    """A note for nobody but its author."""
    write_private_note(
        by=request.actor, record=record_for(request.actor, pk), text=request.POST.get("private", ""), at=now()
    )
    messages.success(request, _("Kept for you alone."))
    return redirect("service_record", pk=pk)
