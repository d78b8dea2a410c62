"""Finding people: the search box first, then whom one worked with last."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xiezuo.common.days import today, years_before
from xiezuo.exchange.access import kinds_to_export
from xiezuo.insight.codes import looks_like_code
from xiezuo.orgs.access import Actor, sites_for
from xiezuo.people.access import must_do_casework, people_for
from xiezuo.people.models import Person
from xiezuo.people.queries import with_places
from xiezuo.people.search import ranked, why
from xiezuo.people.vocab import Role
from xiezuo.service.meetings import Met, Place, met_last, met_next, met_on
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.people.words import ADULT, age_words, in_a_row, sex_words

PAGE = 30
CHILD = "child"


@dataclass(frozen=True)
class Asked:
    """What the page was asked for; anything it does not understand is as if it were not there.

    Those found by a word have pages with numbers; everyone else is listed from beside a place in the order.
    """

    q: str = ""
    site: str = ""
    role: str = ""
    number: int = 1
    after: Place | None = None
    before: Place | None = None

    @classmethod
    def of(cls, request: StaffRequest) -> "Asked":
        number = request.GET.get("page", "")
        return cls(
            q=request.GET.get("q", "").strip(),
            site=site if (site := request.GET.get("site", "")).isdecimal() and len(site) < 10 else "",
            role=role if (role := request.GET.get("role", "")) in {*Role.values, CHILD} else "",
            number=max(int(number), 1) if number.isdecimal() and len(number) < 7 else 1,
            after=_place(request.GET.get("after", "")),
            before=_place(request.GET.get("before", "")),
        )

    @property
    def filtered(self) -> bool:
        return bool(self.site or self.role)

    def query(self, **more: str) -> str:
        asked = {"q": self.q, "site": self.site, "role": self.role, **more}
        return "?" + urlencode({name: value for name, value in asked.items() if value})


def _place(written: str) -> Place | None:
    """20250301.17 as an address has it: met last on 1 March 2025; without a day for someone never met."""
    day, _, person = written.partition(".")
    if not (person.isdecimal() and len(person) < 10):
        return None
    try:
        return Place(int(person), date.fromisoformat(day) if day else None)
    except ValueError:
        return None


def _written(met: tuple[int, date | None]) -> str:
    return f"{met[1]:%Y%m%d}.{met[0]}" if met[1] else f".{met[0]}"


@dataclass(frozen=True)
class Row:
    """One person as the list shows them; `facts` are sex, age and sites as far as known, `reason` why they fit."""

    person: Person
    met_on: date | None
    facts: str
    reason: str


def _wanted(actor: Actor, asked: Asked, on: date) -> QuerySet[Person]:
    people = people_for(actor)
    if asked.site:
        people = people.filter(assignments__site=int(asked.site), assignments__to_on__isnull=True)
    if asked.role == CHILD:
        people = people.filter(born_on__gt=years_before(on, ADULT))
    elif asked.role:
        people = people.filter(role_periods__role=asked.role, role_periods__to_on__isnull=True)
    return people


@dataclass(frozen=True)
class Shown:
    """People of one page with the day of the last service, and the addresses of the pages beside it.

    `too_many`: a search fits more people than are told.
    """

    met: Met
    earlier: str = ""
    later: str = ""
    too_many: bool = False


def _shown(actor: Actor, people: QuerySet[Person], asked: Asked) -> Shown:
    """The people of one page in the order of the list."""
    if asked.q:
        return _found(actor, people, asked)
    if asked.before:
        met = met_next(actor, people, PAGE + 1, asked.before)
        here, earlier, later = met[-PAGE:], len(met) > PAGE, bool(met)
    else:
        met = met_last(actor, people, PAGE + 1, asked.after)
        here, earlier, later = met[:PAGE], bool(met and asked.after), len(met) > PAGE
    return Shown(
        here,
        asked.query(before=_written(here[0])) if earlier else "",
        asked.query(after=_written(here[-1])) if later else "",
    )


def _found(actor: Actor, people: QuerySet[Person], asked: Asked) -> Shown:
    first = (asked.number - 1) * PAGE
    found = ranked(actor, people, asked.q)
    here = found.ids[first : first + PAGE + 1]
    days = met_on(actor, here[:PAGE])
    return Shown(
        [(pk, days.get(pk)) for pk in here[:PAGE]],
        asked.query(page=str(asked.number - 1)) if asked.number > 1 else "",
        asked.query(page=str(asked.number + 1)) if len(here) > PAGE else "",
        found.more,
    )


def _rows(actor: Actor, shown: Met, asked: Asked, on: date) -> list[Row]:
    days = dict(shown)
    people = {person.pk: person for person in with_places(people_for(actor).filter(pk__in=days))}
    reasons = why(actor, list(people.values()), asked.q)
    shown_days = {pk: day for pk, day in days.items() if pk not in reasons.hidden}
    return [_row(people[pk], day, on, reasons.words.get(pk, "")) for pk, day in shown_days.items()]


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
    shown = _shown(request.actor, _wanted(request.actor, asked, today()), asked)
    what = {
        "asked": asked,
        "rows": _rows(request.actor, shown.met, asked, today()),
        "too_many": shown.too_many,
        "sites": sites_for(request.actor),
        "roles": _roles(),
        "takes_out": bool(kinds_to_export(request.actor)),
        "this_year": today().year,
        "later": shown.later,
        "earlier": shown.earlier,
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
