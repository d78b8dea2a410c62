"""填一张表: the forms that make sense now, by part, with those that have pages of their own linked there."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from xiezuo.common.days import today
from xiezuo.common.text import pinyin
from xiezuo.forms.access import drafts_for
from xiezuo.forms.definitions import FormDefinition, Words, form_definitions
from xiezuo.forms.models import Draft
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_do_casework, person_for
from xiezuo.people.impact import Assessed, assessed
from xiezuo.people.models import Person
from xiezuo.service.filling.about import can_be_about
from xiezuo.service.filling.assessed import FLOOR, subject_of
from xiezuo.service.queries import forms_waiting, own_forms
from xiezuo.web.base.nav import address
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.forms.paper import CORRECTION
from xiezuo.web.staff.forms.words import form_rows
from xiezuo.web.staff.service.beginning import NEW

LATEST, WAITING = 8, 20
# Forms with pages of their own: where they are filled in.
ELSEWHERE = {
    "person": "register_person",
    "household": "people",
    "consent": "people",
    "data_request": "data_requests",
    "complaint": "complaints",
    "access_request": "access_requests",
    "background_check": "checks",
    "signin": "checkin",
    "risk_report": "flag_risk",
}
# Of these, whose page takes the person from whose page one comes.
ABOUT_SOMEONE = {"risk_report"}


@dataclass
class Offered:
    """A form to choose: where it leads; `closed`: why it cannot be filled in yet."""

    form: FormDefinition
    url: str
    elsewhere: bool = False
    closed: bool = False


@dataclass
class Part:
    label: Words
    forms: list[Offered] = field(default_factory=list)


@page(STAFF)
@require_safe
def forms(request: StaffRequest) -> HttpResponse:
    """`person`: for whom; `q`: a part of the name of a form, its number, or its pinyin."""
    must_do_casework(request.actor)
    asked, q = request.GET.get("person", ""), request.GET.get("q", "").strip()
    person = person_for(request.actor, int(asked)) if asked.isdecimal() and len(asked) < 16 else None
    what = {
        "person": person,
        "q": q,
        "parts": parts(person, q),
        "drafts": unfinished(request.actor),
        "waiting": form_rows(forms_waiting(request.actor, WAITING)) if not person else [],
        "latest": form_rows(own_forms(request.actor, LATEST)) if not person else [],
        "nav": "forms",
    }
    return render(request, "staff/forms/forms.html", what)


def parts(person: Person | None, q: str) -> list[Part]:
    """Every form that can be filled in, by part; about a person only those that can be about someone."""
    found: dict[str, Part] = {}
    for form in form_definitions():
        offered = _offer(form, person)
        if offered is not None and _is_meant(form, q):
            found.setdefault(form.part.zh, Part(form.part)).forms.append(offered)
    return list(found.values())


def _offer(form: FormDefinition, person: Person | None) -> Offered | None:
    if form.key in ELSEWHERE:
        url = address(ELSEWHERE[form.key])
        if person is not None:
            return Offered(form, f"{url}?person={person.pk}", elsewhere=True) if form.key in ABOUT_SOMEONE else None
        return Offered(form, url, elsewhere=True) if url else None
    if form.floor != FLOOR:
        return None
    if person is not None and not can_be_about(form):
        return None
    url = reverse("fill_form", args=[form.key]) + (f"?person={person.pk}" if person else "")
    closed = form.holds_sensitive and assessed(subject_of(form), today()) == Assessed.NONE
    return Offered(form, url, closed=closed)


def _is_meant(form: FormDefinition, q: str) -> bool:
    if not q:
        return True
    whole, initials = pinyin(form.label.zh)
    small = q.lower().replace(" ", "")
    return small in f"{form.label.zh} {form.label.en.lower()} {form.number.lower()} {whole} {initials}"


@dataclass
class Unfinished:
    draft: Draft
    url: str


def unfinished(actor: Actor) -> list[Unfinished]:
    """The actor's own forms and corrections that wait to be finished, the latest first."""
    keys = {form.key for form in form_definitions() if form.floor == FLOOR}
    began = Q(form__startswith=NEW) | Q(form__startswith=CORRECTION)
    drafts = drafts_for(actor).filter(began).order_by("-saved_at")
    return [Unfinished(draft, f"{url}?draft={draft.key}") for draft in drafts if (url := _page_of(draft, keys))]


def _page_of(draft: Draft, keys: set[str]) -> str:
    """Where a draft goes on; "" for one of a form that is in use no more."""
    kind, _sep, name = draft.form.partition(":")
    if f"{kind}:" == CORRECTION:
        return reverse("correct_form", args=[int(name)])
    return reverse("fill_form", args=[name]) if name in keys else ""
