"""Groups, activities and youth groups of the actor's sites: three views of one list."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xiezuo.people.access import must_do_casework
from xiezuo.service.access import groups_for
from xiezuo.service.vocab import GroupState
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.shapes import Tab
from xiezuo.web.staff.groups.words import code_words, days_words, group_state

MOST = 100


def views(current: str) -> list[Tab]:
    told = {"groups": _("Groups"), "activities": _("Activities"), "youth_groups": _("Youth groups")}
    return [Tab(label, reverse(name), name == current) for name, label in told.items()]


@page(STAFF)
@require_safe
def groups(request: StaffRequest) -> HttpResponse:
    must_do_casework(request.actor)
    found = list(groups_for(request.actor).select_related("site")[:MOST])
    rows = [
        (group, *group_state(group), code_words("group_type", group.group_type), days_words(group)) for group in found
    ]
    what = {
        "tabs": views("groups"),
        "going_on": [row for row in rows if row[0].state != GroupState.CLOSED],
        "closed": [row for row in rows if row[0].state == GroupState.CLOSED],
        "nav": "groups",
    }
    return render(request, "staff/groups/groups.html", what)
