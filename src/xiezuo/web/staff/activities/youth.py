"""Groups of the youth hub's own: who leads them, what they do, and how they came to be."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.people.access import must_do_casework, person_for
from xiezuo.people.rights import people_to_choose
from xiezuo.people.search import found
from xiezuo.service.access import activities_for, known_among, youth_group_for, youth_groups_for
from xiezuo.service.actions.youth_groups import NEEDS_REASON, NEXT, move_youth_group, propose_youth_group
from xiezuo.service.vocab import YouthGroupState
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.activities.listing import first_day
from xiezuo.web.staff.groups.forms import YouthGroupForm
from xiezuo.web.staff.groups.listing import views
from xiezuo.web.staff.groups.words import activity_state, youth_group_state

FOUND = 6


@page(STAFF)
@require_http_methods(["GET", "POST"])
def groups(request: StaffRequest) -> HttpResponse:
    """GET lists them; POST writes an idea for a new one down."""
    must_do_casework(request.actor)
    form = YouthGroupForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            made = propose_youth_group(by=request.actor, on=today(), **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("The idea is written down."))
            return redirect("youth_group", pk=made.pk)
    rows = [(one, *youth_group_state(one)) for one in youth_groups_for(request.actor).select_related("site")]
    what = {"tabs": views("youth_groups"), "rows": rows, "form": form, "nav": "groups"}
    return render(request, "staff/activities/youth_groups.html", what, status=422 if form.errors else 200)


@page(STAFF)
@require_safe
def one(request: StaffRequest, pk: int) -> HttpResponse:
    actor, group = request.actor, youth_group_for(request.actor, pk)
    kind, state = youth_group_state(group)
    q = request.GET.get("q", "").strip()
    theirs = activities_for(actor).filter(youth_group=group).prefetch_related("days")
    leader = group.leader if group.leader_id and known_among(actor, {group.leader_id}) else None
    what = {
        "group": group,
        "kind": kind,
        "state": state,
        "leader": leader,
        "steps": list(group.steps.select_related("by")),
        "ways": [(to, to in NEEDS_REASON) for to in NEXT[group.state] if to != YouthGroupState.SELF_LED],
        "hands_over": YouthGroupState.SELF_LED in NEXT[group.state],
        "activities": [(one, first_day(one), *activity_state(one)) for one in theirs],
        "q": q,
        "found": found(actor, people_to_choose(actor, today()), q, FOUND) if q else [],
        "nav": "groups",
    }
    return render(request, "staff/activities/youth_group.html", what)


@page(STAFF)
@require_POST
def move(request: StaffRequest, pk: int) -> HttpResponse:
    """`to`: where it goes; `leader`: who of the group leads it; `why`: for pausing and ending."""
    actor, group = request.actor, youth_group_for(request.actor, pk)
    to, leader = request.POST.get("to", ""), request.POST.get("leader", "")
    person = person_for(actor, int(leader)) if leader.isdecimal() and len(leader) < 16 else None
    try:
        if to not in YouthGroupState.values:
            raise RuleBroken("service.youth_group_way", _("Choose where the group goes from here."))
        why = request.POST.get("why", "")
        move_youth_group(by=actor, group=group, to=YouthGroupState(to), on=today(), leader=person, why=why)
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Kept."))
    return redirect("youth_group", pk=pk)
