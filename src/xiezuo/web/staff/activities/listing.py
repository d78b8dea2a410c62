"""The list of activities."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xiezuo.people.access import must_do_casework
from xiezuo.service.access import activities_for
from xiezuo.service.models import Activity
from xiezuo.service.turnout import places_of_each
from xiezuo.service.vocab import ActivityState
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.groups.listing import MOST, views
from xiezuo.web.staff.groups.words import activity_state, code_words

OVER = (ActivityState.CANCELLED, ActivityState.CLOSED)


def first_day(activity: Activity) -> date | None:
    return next((day.on for day in activity.days.all()), None)


@page(STAFF)
@require_safe
def activities(request: StaffRequest) -> HttpResponse:
    must_do_casework(request.actor)
    found = list(activities_for(request.actor).select_related("site").prefetch_related("days")[:MOST])
    places = places_of_each(found)
    rows = [
        (one, first_day(one), *activity_state(one, places[one.pk]), code_words("activity_kind", one.kind))
        for one in found
    ]
    rows.sort(key=lambda row: row[1] or date.max)
    what = {
        "tabs": views("activities"),
        "going_on": [row for row in rows if row[0].state not in OVER],
        "over": [row for row in reversed(rows) if row[0].state in OVER],
        "nav": "groups",
    }
    return render(request, "staff/activities/activities.html", what)
