"""Members of a group: joining, leaving, and a nickname that turns out to be a person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.people.access import person_for
from xiezuo.people.rights import people_to_choose
from xiezuo.people.search import found
from xiezuo.service.access import group_for, member_for, must_run_group
from xiezuo.service.actions.grouping import add_member, know_member, leave_group
from xiezuo.web.base.pages import STAFF, StaffRequest, page

FOUND = 8


@page(STAFF)
@require_POST
def join(request: StaffRequest, pk: int) -> HttpResponse:
    """`person`: someone who was found; `nickname`: as long as nobody knows more."""
    actor, group = request.actor, group_for(request.actor, pk)
    chosen = request.POST.get("person", "")
    try:
        person = person_for(actor, int(chosen)) if chosen.isdecimal() and len(chosen) < 16 else None
        nickname = "" if person else request.POST.get("nickname", "")
        member = add_member(by=actor, group=group, on=today(), person=person, nickname=nickname)
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("%(name)s is in the group.") % {"name": member})
    return redirect("group", pk=pk)


@page(STAFF)
@require_POST
def leave(request: StaffRequest, pk: int) -> HttpResponse:
    member = member_for(request.actor, pk)
    leave_group(by=request.actor, member=member, on=today(), why=request.POST.get("why", ""))
    messages.success(request, _("Written down. The sessions stay theirs."))
    return redirect("group", pk=member.group_id)


@page(STAFF)
@require_http_methods(["GET", "POST"])
def know(request: StaffRequest, pk: int) -> HttpResponse:
    """Who is behind the nickname?"""
    actor, member = request.actor, member_for(request.actor, pk)
    must_run_group(actor, member.group)
    if member.person_id is not None:
        return redirect("group", pk=member.group_id)
    q, refused = request.GET.get("q", member.label).strip(), ""
    if request.method == "POST" and request.POST.get("other", "").isdecimal():
        person = person_for(actor, int(request.POST["other"]))
        agreed = request.POST.get("agreed") == "yes"
        try:
            know_member(by=actor, member=member, person=person, agreed=agreed, on=today())
        except RuleBroken as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("“%(label)s” is %(person)s now.") % {"label": member.label, "person": person})
            return redirect("group", pk=member.group_id)
    what = {
        "label": member.label,
        "back": member.group,
        "back_name": "group",
        "asks": True,
        "finding": {"q": q, "found": found(actor, people_to_choose(actor, today()), q, FOUND)},
        "chosen": request.POST.get("other", ""),
        "refused": refused,
        "nav": "groups",
    }
    return render(request, "staff/groups/who_is_it.html", what, status=422 if refused else 200)
