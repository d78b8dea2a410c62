"""A sheet of A4 with a code: to sign up, to sign in on the day, to say what it was like."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xiezuo.service.access import activity_for, must_work_at
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.qr import qr_code

# What the sheet is for → the page it leads to, the column of its code, and what it says.
SHEETS: dict[str, tuple[str, str, Promise, Promise]] = {
    "join": (
        "join_activity",
        "join_code",
        _("Sign up"),
        _("Scan, write what we may call you, done. No account, no papers."),
    ),
    "here": ("here", "wall_code", _("I am here"), _("Scan and write what you are called. Everyone counts once.")),
    "opinion": ("opinion", "opinion_code", _("What was it like?"), _("Five questions. Nobody asks who you are.")),
}


@page(STAFF)
@require_safe
def poster(request: StaffRequest, pk: int, sheet: str) -> HttpResponse:
    activity = activity_for(request.actor, pk)
    must_work_at(request.actor, activity.site_id)
    if sheet not in SHEETS:
        raise Http404
    name, column, title, says = SHEETS[sheet]
    address = request.build_absolute_uri(reverse(name, args=[getattr(activity, column)]))
    what = {
        "activity": activity,
        "days": list(activity.days.all()),
        "title": title,
        "says": says,
        "address": address,
        "qr": qr_code(address),
        "sheets": [(key, told[2], key == sheet) for key, told in SHEETS.items()],
        "sheet": sheet,
        "nav": "groups",
    }
    return render(request, "staff/activities/poster.html", what)
