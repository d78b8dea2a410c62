"""An imported intake form that was kept until cases had a place becomes one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiezuo.exchange.actions.intakes import open_case_of_form
from xiezuo.people.access import person_for
from xiezuo.people.vocab import Section
from xiezuo.web.base.nav import address
from xiezuo.web.base.pages import STAFF, StaffRequest, page


@page(STAFF)
@require_POST
def open_case(request: StaffRequest, pk: int, row: int) -> HttpResponse:
    person = person_for(request.actor, pk, Section.CASE)
    case = open_case_of_form(by=request.actor, person=person, row=row)
    messages.success(request, _("The case %(case)s stands, with what the sheet said.") % {"case": case})
    return redirect(address("case", case.pk) or reverse("person", args=[pk]))
