"""Who helps on a day of an activity, on the page of that day."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.orgs.access import Actor
from xiezuo.people.access import person_for
from xiezuo.people.rights import people_to_choose
from xiezuo.people.search import found
from xiezuo.service.access import day_for, helper_for, must_work_at
from xiezuo.service.actions.helping import drop_helper, helper_is_here, lasted, name_helper, note_helper_minutes
from xiezuo.service.models import ActivityDay
from xiezuo.service.turnout import helped_here
from xiezuo.web.base.pages import STAFF, StaffRequest, page

FOUND, OFFERED = 6, 8
MINUTES = "minutes-"


def shown(request: StaffRequest, day: ActivityDay) -> dict[str, Any]:
    """Those named, those who helped here lately, and whom a search finds."""
    choose, scrap = people_to_choose(request.actor, today()), request.GET.get("helps", "").strip()
    lately = helped_here(day, OFFERED)
    known = choose.in_bulk(lately)
    helping = list(day.helpers.select_related("person"))
    return {
        "helpers": helping,
        "offered": [known[pk] for pk in lately if pk in known],
        "helps": scrap,
        "helps_found": found(request.actor, choose, scrap, FOUND) if scrap else [],
        "lasted": lasted(day),
        "helped": sum(1 for helper in helping if helper.came),
    }


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 16 else None


@page(STAFF)
@require_POST
def note(request: StaffRequest, pk: int) -> HttpResponse:
    """One tap: `person` (helps), `came` and `gone` (someone named is there, or was not), `drop`; or everyone's minutes."""
    day = day_for(request.actor, pk)
    must_work_at(request.actor, day.activity.site_id)
    try:
        _noted(request.actor, day, request.POST)
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    return redirect(reverse("activity_day", args=[pk]) + "#helpers")


def _noted(actor: Actor, day: ActivityDay, asked: QueryDict) -> None:
    if (person := _number(asked.get("person", ""))) is not None:
        name_helper(by=actor, day=day, person=person_for(actor, person), came=day.on <= today())
    elif (came := _number(asked.get("came", ""))) is not None:
        helper_is_here(by=actor, helper=helper_for(actor, came), came=True)
    elif (gone := _number(asked.get("gone", ""))) is not None:
        helper_is_here(by=actor, helper=helper_for(actor, gone), came=False)
    elif (drop := _number(asked.get("drop", ""))) is not None:
        drop_helper(by=actor, helper=helper_for(actor, drop))
    else:
        _minutes(actor, day, asked)


def _minutes(actor: Actor, day: ActivityDay, asked: QueryDict) -> None:
    for helper in day.helpers.select_related("day__activity"):
        typed = asked.get(f"{MINUTES}{helper.pk}")
        if typed is not None and (minutes := _number(typed.strip())) != helper.minutes:
            note_helper_minutes(by=actor, helper=helper, minutes=minutes)
