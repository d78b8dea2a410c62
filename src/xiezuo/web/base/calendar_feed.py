"""What is due as an iCalendar feed, for the calendar of a phone: the kind of work, how many and on which day. Never a name,
a title or a word of a file: a phone keeps its calendar where the house does not reach."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from xiezuo.common.crypto import blind
from xiezuo.common.days import now, today
from xiezuo.orgs.access import actor_for
from xiezuo.orgs.calendar_address import whose_calendar
from xiezuo.orgs.models import User
from xiezuo.orgs.tries import seconds_to_wait, went_wrong
from xiezuo.orgs.vocab import AttemptKind
from xiezuo.people.due import Due, due_for
from xiezuo.people.timelines import kind_label
from xiezuo.people.todo import changed_last
from xiezuo.web.base import door_rules
from xiezuo.web.base.entering import address_of
from xiezuo.web.base.pages import MACHINE, page

AHEAD = timedelta(days=400)
ONE = timedelta(days=1)
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # sequence numbers are minutes since then


def _uid(user: User, kind: str, on: date) -> str:
    """The same for the same kind of work of the same login on the same day, and telling nothing."""
    return f"{blind(f'{user.pk}|{kind}|{on.isoformat()}', 'calendar entry')[:32]}@xiezuo"


def _entry(user: User, kind: str, on: date, n: int, changed: datetime, link: str) -> Event:
    entry = Event()
    entry.add("uid", _uid(user, kind, on))
    entry.add("dtstamp", changed)
    entry.add("sequence", max(int((changed - EPOCH).total_seconds() // 60), 0))
    entry.add("dtstart", on)
    entry.add("dtend", on + ONE)
    told = ngettext("%(kind)s · %(n)s item", "%(kind)s · %(n)s items", n)
    entry.add("summary", told % {"kind": kind_label(kind), "n": n})
    entry.add("description", _("Open Xiezuo to see what it is."))
    entry.add("url", link)
    entry.add("transp", "TRANSPARENT")
    return entry


def feed(user: User, dues: Iterable[Due], changed: datetime, link: str) -> bytes:
    """The calendar of a login: one entry for each kind of work and day, all day long."""
    told = Calendar()
    told.add("prodid", "-//Xiezuo//Xiezuo//ZH")
    told.add("version", "2.0")
    told.add("method", "PUBLISH")
    told.add("x-wr-calname", _("Xiezuo: what is due"))
    told.add("x-wr-timezone", settings.TIME_ZONE)
    told.add("x-published-ttl", "PT6H")
    counted = Counter((due.on, due.kind) for due in dues if due.on is not None)
    for (on, kind), n in sorted(counted.items()):
        told.add_component(_entry(user, kind, on, n, changed, link))
    return told.to_ical()


@page(MACHINE)
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the address reads it. How often is counted, and when last; addresses that lead nowhere are as well."""
    user = whose_calendar(token)
    kind, who = (AttemptKind.CALENDAR, str(user.pk)) if user else (AttemptKind.LINK, address_of(request))
    if wait := seconds_to_wait(kind, who):
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    went_wrong(kind, who, door_rules.limit(kind), quiet=True)
    actor = actor_for(user) if user else None
    if user is None or actor is None or not actor.roles:
        return HttpResponse(status=404)
    with override(user.language):
        dues = due_for(actor, on=today(), until=today() + AHEAD)
        changed = max(filter(None, [changed_last(actor), *(due.changed_at for due in dues)]), default=now())
        written = feed(user, dues, changed, request.build_absolute_uri(reverse("due")))
    headers = {"Cache-Control": "private, no-cache", "Content-Disposition": 'inline; filename="xiezuo.ics"'}
    return HttpResponse(written, content_type="text/calendar; charset=utf-8", headers=headers)
