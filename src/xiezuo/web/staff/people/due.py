"""What is due: one's own by day and week, and for supervisors everyone's."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from xiezuo.common.days import today
from xiezuo.people.due import due_for
from xiezuo.web.base.due_rows import groups
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.shapes import Tab

AHEAD = timedelta(days=400)
AHEAD_OF_ALL = timedelta(days=31)
MOST = 60  # rows, unless all are asked for


def _tabs(request: StaffRequest, everyone: bool) -> list[Tab]:
    url = reverse("due")
    return [Tab(_("Mine"), url, not everyone), Tab(_("Everyone's"), f"{url}?all=on", everyone)]


@page(STAFF)
@require_GET
def due(request: StaffRequest) -> HttpResponse:
    actor, day = request.actor, today()
    everyone = actor.supervises and request.GET.get("all") == "on"
    found = due_for(actor, on=day, until=day + (AHEAD_OF_ALL if everyone else AHEAD), everyone=everyone)
    most = len(found) if request.GET.get("rows") == "all" else MOST
    what = {
        "groups": groups(found, most, request.user.name, day),
        "more": max(len(found) - most, 0),
        "all_url": f"?{'all=on&' if everyone else ''}rows=all",
        "day": day,
        "late": sum(one.is_late(day) for one in found),
        "n": len(found),
        "everyone": everyone,
        "tabs": _tabs(request, everyone) if actor.supervises else [],
        "nav": "due",
    }
    return render(request, "staff/people/due.html", what)
