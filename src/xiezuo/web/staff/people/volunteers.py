"""志愿者: whom a coordinator looks after, with their hours. Nothing here tells whether someone was ever helped (DAT-3)."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from xiezuo.common.days import today
from xiezuo.common.errors import NotAllowed
from xiezuo.orgs.access import Actor
from xiezuo.people.access import sections_for, sections_of, volunteer_for, volunteers_for
from xiezuo.people.actions import note_read
from xiezuo.people.models import Person
from xiezuo.people.queries import helping_periods, named
from xiezuo.people.vocab import Role, Section
from xiezuo.service.queries import hours_by_year, hours_given, minutes_given
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.people.words import age_words, in_a_row, sex_words

PAGE = 50


@dataclass(frozen=True)
class Row:
    """One volunteer of the list: `minutes` in all, `this_year` of them since January; `resting` without a role today."""

    person: Person
    phone: str
    roles: list[str]
    resting: bool
    minutes: int
    this_year: int


def _must_coordinate(actor: Actor) -> None:
    if not actor.coordinates_volunteers:
        raise NotAllowed(_("This page is for whoever looks after volunteers. Ask a system administrator for the role."))


def _rows(actor: Actor, people: list[Person]) -> list[Row]:
    ids = [person.pk for person in people]
    open_to, periods = sections_of(actor, people), helping_periods(ids)
    every, of_year = minutes_given(ids), minutes_given(ids, year=today().year)
    return [
        Row(
            person,
            person.phone if Section.CONTACT in open_to[person.pk] else "",
            [str(Role(period.role).label) for period in periods.get(person.pk, []) if period.to_on is None],
            all(period.to_on for period in periods.get(person.pk, [])),
            every.get(person.pk, 0),
            of_year.get(person.pk, 0),
        )
        for person in people
    ]


@page(STAFF)
@require_GET
def volunteers(request: StaffRequest) -> HttpResponse:
    """Everyone the actor looks after, found by a name or the end of a phone number and by nothing else."""
    actor = request.actor
    _must_coordinate(actor)
    q = request.GET.get("q", "").strip()[:60]
    found = named(volunteers_for(actor), q).order_by("-pk")
    pages = Paginator(found, PAGE).get_page(request.GET.get("page"))
    what = {"q": q, "page": pages, "rows": _rows(actor, list(pages)), "year": today().year, "nav": "volunteers"}
    return render(request, "staff/people/volunteers.html", what)


@page(STAFF)
@require_GET
def volunteer(request: StaffRequest, pk: int) -> HttpResponse:
    """The volunteer's own file: who they are, since when they help, and how many hours."""
    actor = request.actor
    _must_coordinate(actor)
    person = volunteer_for(actor, pk)
    open_to = sections_for(actor, person)
    note_read(by=actor, person=person, what="volunteer")
    contact = Section.CONTACT in open_to
    what: dict[str, Any] = {
        "person": person,
        "facts": in_a_row([sex_words(person), age_words(person, today())]),
        "phone": person.phone if contact else "",
        "wechat": person.wechat if contact else "",
        "reach_when": person.reach_when if contact else "",
        "minor": open_to.minor,
        "helping": Section.VOLUNTEERING in open_to,
        "nav": "volunteers",
    }
    if what["helping"]:
        years = hours_by_year(person)
        what |= {
            "periods": helping_periods([person.pk]).get(person.pk, []),
            "years": years,
            "minutes": sum(minutes for _year, minutes, _times in years),
            "latest": hours_given(person)[:PAGE],
        }
    return render(request, "staff/people/volunteer.html", what)
