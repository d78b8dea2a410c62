"""One sign-up: who it is, giving the place back, and that they were told."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xiezuo.common.days import now, today
from xiezuo.common.errors import RuleBroken
from xiezuo.people.access import person_for
from xiezuo.people.rights import people_to_choose
from xiezuo.people.search import found
from xiezuo.service.access import must_work_at, sign_up_for
from xiezuo.service.actions.signing_up import give_place_back, know_sign_up
from xiezuo.service.actions.telling import note_told
from xiezuo.web.base.pages import STAFF, StaffRequest, page

FOUND = 8


@page(STAFF)
@require_http_methods(["GET", "POST"])
def know(request: StaffRequest, pk: int) -> HttpResponse:
    """Who signed up under this nickname?"""
    actor, row = request.actor, sign_up_for(request.actor, pk)
    must_work_at(actor, row.activity.site_id)
    q, refused = request.GET.get("q", row.label.partition("(")[0]).strip(), ""
    if request.method == "POST" and request.POST.get("other", "").isdecimal():
        person = person_for(actor, int(request.POST["other"]))
        try:
            know_sign_up(by=actor, row=row, person=person)
        except RuleBroken as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("“%(label)s” is %(person)s now.") % {"label": row.label, "person": person})
            return redirect("activity", pk=row.activity_id)
    what = {
        "label": row.label,
        "back": row.activity,
        "back_name": "activity",
        "finding": {"q": q, "found": found(actor, people_to_choose(actor, today()), q, FOUND)},
        "chosen": request.POST.get("other", ""),
        "refused": refused,
        "nav": "groups",
    }
    return render(request, "staff/groups/who_is_it.html", what, status=422 if refused else 200)


@page(STAFF)
@require_POST
def give_back(request: StaffRequest, pk: int) -> HttpResponse:
    row = sign_up_for(request.actor, pk)
    try:
        up = give_place_back(row=row, on=today(), at=now(), by=request.actor)
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        names = "、".join(one.label for one in up)
        words = (
            _("The place is free again.") if not up else _("%(names)s moved up and is to be told.") % {"names": names}
        )
        messages.success(request, words)
    return redirect("activity", pk=row.activity_id)


@page(STAFF)
@require_POST
def told(request: StaffRequest, pk: int) -> HttpResponse:
    row = note_told(by=request.actor, sign_up=sign_up_for(request.actor, pk), at=now())
    messages.success(request, _("Written down: they were told."))
    return redirect("activity", pk=row.activity_id)
