"""Letting a case rest, going on with it, and putting its file away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.service.access import case_for
from xiezuo.service.actions.cases import archive_case, resume_case, suspend_case
from xiezuo.web.base.pages import STAFF, StaffRequest, page


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def suspend(request: StaffRequest, pk: int) -> HttpResponse:
    case = case_for(request.actor, pk)
    try:
        suspend_case(by=request.actor, case=case, why=request.POST.get("why", ""), on=today())
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("%(case)s rests. It goes on where it was.") % {"case": case})
    return redirect("case", pk=pk)


@page(STAFF)
@require_POST
def resume(request: StaffRequest, pk: int) -> HttpResponse:
    case = resume_case(by=request.actor, case=case_for(request.actor, pk), on=today())
    messages.success(request, _("%(case)s goes on: %(state)s.") % {"case": case, "state": case.get_state_display()})
    return redirect("case", pk=pk)


@page(STAFF)
@require_POST
def archive(request: StaffRequest, pk: int) -> HttpResponse:
    case = case_for(request.actor, pk)
    try:
        archive_case(by=request.actor, case=case, on=today())
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The file of %(case)s is put away.") % {"case": case})
    return redirect("case", pk=pk)
