"""People and households found while a name is typed into a field of a form."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xiezuo.common.days import today
from xiezuo.people.access import must_do_casework
from xiezuo.service.filling.things import PEOPLE, is_searched, search
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.service.beginning import ABOUT


@page(STAFF)
@require_safe
def find(request: StaffRequest) -> HttpResponse:
    """`of`: what is looked for; `name`: of the field, with "+" where it takes several; `q`: what was typed."""
    must_do_casework(request.actor)
    of, q = request.GET.get("of", ""), request.GET.get("q", "").strip()
    found = search(request.actor, of, q, today()) if is_searched(of) else []
    name = request.GET.get("name", "")[:200]
    what = {"q": q, "found": found, "pick": name, "unregistered": of in PEOPLE and name != ABOUT}
    return render(request, "staff/forms/parts/found.html", what)
