"""Finding people: the search box first, then whom one worked with last."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xiezuo.common.days import today
from xiezuo.insight.codes import looks_like_code
from xiezuo.orgs.access import Actor, sites_for
from xiezuo.people.access import must_do_casework, people_for
from xiezuo.people.models import Person
from xiezuo.people.queries import with_places
from xiezuo.people.search import ranked, why
from xiezuo.people.vocab import Role
from xiezuo.service.queries import Met, met_last, met_on
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.people.words import ADULT, age_words, in_a_row, sex_words

PAGE = 30
CHILD = "child"


@dataclass(frozen=True)
class Asked:
    """What the page was asked for; anything it does not understand is as if it were not there."""

    q: str = ""
    site: str = ""
    role: str = ""
    number: int = 1

    @classmethod
    def of(cls, request: StaffRequest) -> "Asked":
        number = request.GET.get("page", "")
        return cls(
            q=request.GET.get("q", "").strip(),
            site=site if (site := request.GET.get("site", "")).isdecimal() and len(site) < 10 else "",
            role=role if (role := request.GET.get("role", "")) in {*Role.values, CHILD} else "",
            number=max(int(number), 1) if number.isdecimal() and len(number) < 7 else 1,
        )

    @property
    def filtered(self) -> bool:
        return bool(self.site or self.role)

    def query(self, number: int) -> str:
        asked = {"q": self.q, "site": self.site, "role": self.role, "page": str(number) if number > 1 else ""}
        return "?" + urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True)
class Row:
    """One person as the list shows them; `facts` are sex, age and sites as far as known, `reason` why they fit."""

    person: Person
    met_on: date | None
    facts: str
    reason: str


@dataclass(frozen=True)
class Shown:
    """The people of one page, whether a page follows, and whether a search fits more people than the house tells."""

    rows: list[Row]
    follows: bool
    too_many: bool = False


def _wanted(actor: Actor, asked: Asked, on: date) -> QuerySet[Person]:
    people = people_for(actor)
    if asked.site:
        people = people.filter(assignments__site=int(asked.site), assignments__to_on__isnull=True)
    if asked.role == CHILD:
        people = people.filter(born_on__gt=_years_before(on, ADULT))
    elif asked.role:
        people = people.filter(role_periods__role=asked.role, role_periods__to_on__isnull=True)
    return people


def _years_before(day: date, years: int) -> date:
    """Whoever was born on this day has their birthday on `day` (29 February: on 1 March, TIM-5)."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)


def _met(actor: Actor, people: QuerySet[Person], asked: Asked) -> tuple[Met, bool]:
    """(person, day of the last service the actor may see) of one page and one more, in the order of the list; and
    whether a search fits more people than are told."""
    first = (asked.number - 1) * PAGE
    if not asked.q:
        return met_last(actor, people, first, first + PAGE + 1), False
    found = ranked(actor, people, asked.q)
    here = found.ids[first : first + PAGE + 1]
    days = met_on(actor, here)
    return [(pk, days.get(pk)) for pk in here], found.more


def _shown(actor: Actor, asked: Asked, on: date) -> Shown:
    met, too_many = _met(actor, _wanted(actor, asked, on), asked)
    days = dict(met[:PAGE])
    people = {person.pk: person for person in with_places(people_for(actor).filter(pk__in=days))}
    reasons = why(actor, list(people.values()), asked.q)
    rows = [_row(people[pk], day, on, reasons.get(pk, "")) for pk, day in days.items()]
    return Shown(rows, len(met) > PAGE, too_many)


def _row(person: Person, met_on: date | None, on: date, reason: str) -> Row:
    sites = [str(assignment.site) for assignment in person.now_at]  # type: ignore[attr-defined]
    return Row(person, met_on, in_a_row([sex_words(person), age_words(person, on), *sites]), reason)


def _roles() -> list[tuple[str, Any]]:
    return [(CHILD, _("children under 18")), *Role.choices]


def _page(request: StaffRequest, nav: str) -> HttpResponse:
    must_do_casework(request.actor)
    asked = Asked.of(request)
    if looks_like_code(asked.q):
        return redirect("released_code", asked.q.strip().upper())
    shown = _shown(request.actor, asked, today())
    what = {
        "asked": asked,
        "rows": shown.rows,
        "too_many": shown.too_many,
        "sites": sites_for(request.actor),
        "roles": _roles(),
        "this_year": today().year,
        "later": asked.query(asked.number + 1) if shown.follows else "",
        "earlier": asked.query(asked.number - 1) if asked.number > 1 else "",
        "nav": nav,
    }
    return render(request, "staff/people/people.html", what)


@page(STAFF)
def people(request: StaffRequest) -> HttpResponse:
    """Everyone the actor works with, the latest met first."""
    return _page(request, "people")


@page(STAFF)
def search(request: StaffRequest) -> HttpResponse:
    """The same page, reached by the entry for finding someone."""
    return _page(request, "search")
