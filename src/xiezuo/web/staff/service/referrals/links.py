"""The link for the receiver of a referral: shown this once, as a picture, on a letter, and to copy."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.orgs.queries import house_full_name
from xiezuo.service.access.referrals import referral_for
from xiezuo.service.actions.referral_links import end_referral_link, make_referral_link
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.qr import qr_code
from xiezuo.web.base.sending import carried_out


@page(STAFF)
@require_POST
def make(request: StaffRequest, pk: int) -> HttpResponse:
    referral = referral_for(request.actor, pk)
    try:
        link, token = make_referral_link(by=request.actor, referral=referral, at=now())
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
        return redirect("referral", pk=pk)
    address = request.build_absolute_uri(reverse("partner_link", args=[token]))
    what = {
        "referral": referral,
        "link": link,
        "address": address,
        "qr": qr_code(address),
        "house_full_name": house_full_name(),
        "nav": "referrals",
    }
    response = render(request, "staff/service/referrals/letter.html", what)
    response.headers["Cache-Control"] = "no-store"
    return carried_out(response, reverse("referral", args=[pk]))


@page(STAFF)
@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    end_referral_link(by=request.actor, referral=referral_for(request.actor, pk), at=now())
    messages.success(request, _("The link works no longer."))
    return redirect("referral", pk=pk)
