"""The secret address of one's calendar: made, shown once, taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from xiezuo.orgs.calendar_address import end_address, make_address
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.qr import qr_code


@page(STAFF)
@never_cache
@require_POST
def make_calendar(request: StaffRequest) -> HttpResponse:
    """A new address, shown on this page alone; one made before stops working."""
    token = make_address(by=request.actor)
    link = request.build_absolute_uri(reverse("calendar_feed", args=[token]))
    return render(request, "base/calendar_address.html", {"link": link, "picture": qr_code(link), "nav": "more"})


@page(STAFF)
@require_POST
def end_calendar(request: StaffRequest) -> HttpResponse:
    end_address(by=request.actor)
    messages.success(request, _("Your calendar is not given out any more."))
    return redirect("my_security")
