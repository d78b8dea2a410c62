"""What is due: one's own by day and week, and for supervisors everyone's."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from xiezuo.common.days import today
from xiezuo.people.due import due_for
from xiezuo.web.base.due_rows import groups, row_of
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.shapes import Tab

AHEAD = timedelta(days=400)
AHEAD_OF_ALL = timedelta(days=31)


def _tabs(request: StaffRequest, everyone: bool) -> list[Tab]:
    url = reverse("due")
    return [Tab(_("Mine"), url, not everyone), Tab(_("Everyone's"), f"{url}?all=on", everyone)]


@page(STAFF)
@require_GET
def due(request: StaffRequest) -> HttpResponse:
    actor, day = request.actor, today()
    everyone = actor.supervises and request.GET.get("all") == "on"
    found = due_for(actor, on=day, until=day + (AHEAD_OF_ALL if everyone else AHEAD), everyone=everyone)
    what = {
        "groups": groups((row_of(one, request.user.name, day) for one in found), day),
        "day": day,
        "late": sum(one.is_late(day) for one in found),
        "n": len(found),
        "everyone": everyone,
        "tabs": _tabs(request, everyone) if actor.supervises else [],
        "nav": "due",
    }
    return render(request, "staff/people/due.html", what)
