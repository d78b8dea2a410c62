"""Supervision: what waits to be read and signed by those who were supervised, and the hours of the year."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from xiezuo.common.days import now, today
from xiezuo.common.errors import RuleBroken
from xiezuo.people.access import must_do_casework
from xiezuo.service.actions.cases import receive_supervision
from xiezuo.service.cases.supervision import given_hours, hours_of_year, receipts_of
from xiezuo.web.base.pages import STAFF, StaffRequest, page

YEARS = 5


@page(STAFF)
@require_safe
def supervision(request: StaffRequest) -> HttpResponse:
    """`year`: of which the hours are added up."""
    must_do_casework(request.actor)
    asked, this = request.GET.get("year", ""), today().year
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else this
    receipts = receipts_of(request.actor)
    what = {
        "waiting": [row for row in receipts if row.signed_at is None],
        "signed": [row for row in receipts if row.signed_at is not None],
        "hours": hours_of_year(request.actor, year),
        "given": given_hours(request.actor, year),
        "year": year,
        "years": range(this, this - YEARS, -1),
        "nav": "cases",
    }
    return render(request, "staff/cases/supervision.html", what)


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def receive(request: StaffRequest, pk: int) -> HttpResponse:
    """They have read it; perhaps they answer, and sign."""
    sign = request.POST.get("do") == "sign"
    try:
        receive_supervision(by=request.actor, pk=pk, at=now(), reply=request.POST.get("reply", ""), sign=sign)
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Signed.") if sign else _("Written down that you have read it."))
    return redirect("supervision")
