"""今天: the work itself. What is due, what is begun, who was met today, whom nobody has met for long, what changed."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render

from xiezuo.common.days import now
from xiezuo.common.days import today as house_today
from xiezuo.forms.workshop.owed import packs_due_for
from xiezuo.orgs.access import Actor
from xiezuo.orgs.queries import roles_ending
from xiezuo.people.access import access_requests_for, minors_of_nobody, people_for
from xiezuo.people.due import SOON_DAYS, due_for
from xiezuo.people.models import Person
from xiezuo.service.access import as_told_to
from xiezuo.service.access.risks import waiting_risks
from xiezuo.service.access.workday import handovers_waiting
from xiezuo.service.changes import changes
from xiezuo.service.queries import last_met_on, not_met_for_long, records_of_day
from xiezuo.web.base.door_rules import role_warn_days
from xiezuo.web.base.drafts import listed
from xiezuo.web.base.due_rows import row_of
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.service.changes import since_of
from xiezuo.web.staff.service.risk.words import shown

LONGEST_LIST = 8
MISSED = 5


def _people(actor: Actor, unseen: list[int], day: date) -> list[tuple[Person, date, int]]:
    """The person, the day of the last meeting, and how many days ago that was."""
    people, met = people_for(actor).in_bulk(unseen), last_met_on(unseen)
    # The list may be older than an erasure, which changes no figure.
    return [(people[pk], met[pk], (day - met[pk]).days) for pk in unseen if pk in people and pk in met]


@page(STAFF)
def today(request: StaffRequest) -> HttpResponse:
    """The first screen, for the director as well, who is told of people at risk. Those who only run the machine have no work
    with people and start at the sites."""
    actor, day = request.actor, house_today()
    if not (actor.does_casework or actor.directs):
        return redirect("volunteers" if actor.coordinates_volunteers else "sites")
    since = since_of(request)
    dues = due_for(actor, on=day, until=day + timedelta(days=SOON_DAYS), most=LONGEST_LIST * 2)
    rows = [row_of(due, request.user.name, day) for due in dues if not due.at_once]  # these stand on top of the page
    unseen = not_met_for_long(actor, day)
    drafts = listed(actor, LONGEST_LIST + 1)
    what = {
        "day": day,
        "risks": shown(waiting_risks(actor), now()),
        "late": [row for row in rows if row.late],
        "due": [row for row in rows if not row.late],
        "drafts": drafts[:LONGEST_LIST],
        "more_drafts": len(drafts) > LONGEST_LIST,
        "records": as_told_to(actor, records_of_day(actor, day)),
        "not_met": _people(actor, unseen[:MISSED], day),
        "not_met_count": len(unseen),
        "minors": minors_of_nobody(actor).count() if actor.supervises else 0,
        "asked": access_requests_for(actor).filter(decided_at=None)[:LONGEST_LIST],
        "changes": [change.happening for change in changes(actor, since, LONGEST_LIST)],
        "since": since,
        "handovers": handovers_waiting(actor, LONGEST_LIST),
        "ending": roles_ending(actor, on=day, within_days=role_warn_days()),
        "packs": packs_due_for(actor, day),
        "nav": "today",
    }
    return render(request, "staff/service/today.html", what)
