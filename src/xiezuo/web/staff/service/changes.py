"""What changed since one last looked: all of it, by time, person, site or record."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiezuo.common.days import local, now
from xiezuo.orgs.actions import look_at_changes
from xiezuo.people.access import must_do_casework
from xiezuo.people.models import Person
from xiezuo.service.changes import Change, changes
from xiezuo.service.models import ServiceRecord
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.shapes import Tab
from xiezuo.web.base.words import month_day_words

MOST = 200
BY = ("time", "person", "site", "record")


@dataclass
class Group:
    """Changes under one heading. `url`: the page of what the heading names."""

    title: str
    url: str = ""
    changes: list[Change] = field(default_factory=list)


def since_of(request: StaffRequest) -> datetime:
    return request.user.looked_at or now() - timedelta(days=1)


def _headings(change: Change, by: str, language: str) -> Iterator[tuple[object, str, str]]:
    """(key, title, address) of each heading under which a change stands."""
    if by == "time":
        day = local(change.event.at).date()
        yield day, month_day_words(day, language), ""
    elif by == "person":
        people: list[Person | None] = [*change.people] or [None]
        for person in people:
            yield (
                (person.pk, str(person), reverse("person", args=[person.pk]))
                if person
                else (None, _("of nobody by name"), "")
            )
    elif by == "site":
        site = change.site
        yield (site.pk, str(site), reverse("site", args=[site.pk])) if site else (None, _("of no site"), "")
    else:
        yield _record_heading(change.record)


def _record_heading(record: ServiceRecord | None) -> tuple[object, str, str]:
    if record is None:
        return None, _("of no record"), ""
    title = f"{record.serial_no} {record.get_method_display()}" if record.is_closed else f"{record.serial_no} {record}"
    return record.pk, title, "" if record.is_closed else reverse("service_record", args=[record.pk])


def grouped(found: list[Change], by: str, language: str) -> list[Group]:
    """Under their headings, that with the latest change first; what has none comes last."""
    groups: dict[object, Group] = {}
    for change in found:
        for key, title, url in _headings(change, by, language):
            groups.setdefault(key, Group(title, url)).changes.append(change)
    return sorted(groups.values(), key=lambda group: group is groups.get(None))


@page(STAFF)
@require_GET
def what_changed(request: StaffRequest) -> HttpResponse:
    """Everything since one last looked; `by` groups it, `mine` leaves what is of one's own work."""
    must_do_casework(request.actor)
    by = request.GET.get("by", "time")
    by = by if by in BY else "time"
    mine = request.GET.get("mine") == "on"
    moment, since = now(), since_of(request)
    found = [change for change in changes(request.actor, since, MOST) if change.mine or not mine]
    url = reverse("changes")
    also = "&mine=on" if mine else ""
    names = {"time": _("By day"), "person": _("By person"), "site": _("By site"), "record": _("By record")}
    what = {
        "groups": grouped(found, by, request.LANGUAGE_CODE),
        "count": len(found),
        "most": MOST,
        "since": since,
        "until": moment.isoformat(),
        "by": by,
        "mine": mine,
        "other_url": f"{url}?by={by}" if mine else f"{url}?by={by}&mine=on",
        "tabs": [Tab(label, f"{url}?by={name}{also}", name == by) for name, label in names.items()],
        "nav": "today",
    }
    return render(request, "staff/service/changes.html", what)


@page(STAFF)
@require_POST
def looked(request: StaffRequest) -> HttpResponse:
    """Everything up to the moment at which the page was made has been seen."""
    moment = _moment(request.POST.get("until", ""))
    look_at_changes(by=request.actor, until=min(moment, now()) if moment else now())
    return redirect("today")


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo else None
