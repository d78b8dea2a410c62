"""The pages of one person. Each opening is written down before the page leaves (CHD-3)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiezuo.common.days import today
from xiezuo.exchange.access import forms_waiting, has_forms_waiting
from xiezuo.orgs.access import colleagues_for, sites_for
from xiezuo.people.access import merges_for, person_for, stands_for_others
from xiezuo.people.actions import note_read
from xiezuo.people.models import Person
from xiezuo.people.queries import consent_answers, family_of, marks_of_the_past, periods_told, reads_of
from xiezuo.people.rights import at_rest, has_withholdings, restricted_on, withholdings
from xiezuo.service.queries import nicknames_of, services_of
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.shapes import Tab
from xiezuo.web.staff.people import overview as shown
from xiezuo.web.staff.people.consents import in_words
from xiezuo.web.staff.people.growth import bands_of, growth_of, helping_of
from xiezuo.web.staff.people.papers import checked
from xiezuo.web.staff.people.reads import looks
from xiezuo.web.staff.people.ties import AssignForm
from xiezuo.web.staff.people.words import (
    earlier_facts,
    facts_line,
    is_minor,
    known_facts,
    masked,
    record_words,
    sensitive_facts,
    unanswered_facts,
)

LATEST = 5
PAGE = 50
READS = 100
MOST_FORMS = 5
READS_LATELY = 20  # enough for the few lines of the overview
CAN_BE_SHOWN = {"phone", "id_number"}


def open_person(request: StaffRequest, pk: int, what: str) -> Person:
    """The person, if they are open to the actor; that the actor looked at `what` is written down first."""
    marks = {"forms": has_forms_waiting(request.actor), "merged": stands_for_others(), **marks_of_the_past()}
    marks |= {"withheld": has_withholdings(), "rests": at_rest(today())}
    person = person_for(request.actor, pk, **marks)
    note_read(by=request.actor, person=person, what=what)
    return person


def person_is_merged(person: Person) -> bool:
    return bool(getattr(person, "merged", False))


def tabs_of(person: Person, current: str, services: int) -> list[Tab]:
    names = {
        "person": _("Overview"),
        "person_services": _("Services %(n)s") % {"n": services},
        "person_journey": _("Growth path"),
        "person_family": _("Household"),
        "person_consents": _("Consent"),
        "person_readers": _("Who works with them, who looked"),
        "person_requests": _("Their own side"),
    }
    return [Tab(label, reverse(name, args=[person.pk]), name == current) for name, label in names.items()]


def head_of(request: StaffRequest, person: Person, current: str, reveal: str = "") -> dict[str, Any]:
    """What stands above every view of a person; `reveal` names the number that was asked for by a press."""
    figures = shown.figures_of(request.actor, person)
    return {
        "person": person,
        "facts": facts_line(person, today()),
        "minor": is_minor(person, today()),
        "phone": person.phone if reveal == "phone" else masked(person.phone) if person.phone else "",
        "id_number": person.id_number if reveal == "id_number" else "",
        "paper": checked(person, today()) if person.id_number else None,
        "reveal": reveal,
        "record_words": record_words(person),
        "figures": figures,
        "done": request.GET.get("done", ""),
        "tabs": tabs_of(person, current, figures["seen"]),
        "merges": merges_for(request.actor).filter(kept=person, undone_at=None) if person_is_merged(person) else (),
        "withheld": withholdings(person) if getattr(person, "withheld", True) else (),
        "rests": restricted_on(person, today()) if getattr(person, "rests", True) else None,
        "nav": "people",
    }


def _overview(request: StaffRequest, person: Person, reveal: str = "") -> HttpResponse:
    actor = request.actor
    what = head_of(request, person, "person", reveal)
    periods = periods_told(person)
    helping = helping_of(actor, person)
    members = family_of(actor, person)
    answers = in_words(consent_answers(person))
    what |= {
        "bands": bands_of(periods, today()) if periods else None,
        "growth": growth_of(actor, person, periods, what["figures"], helping, what["merges"]),
        "latest": services_of(actor, person)[:LATEST] if what["figures"]["seen"] else [],
        "family": shown.family_picture(members, person, today()),
        "household": members[0].household if members else None,
        "consents": answers,
        "not_asked": [answer.label for answer in answers if not answer.asked],
        "looks": looks(reads_of(person)[:READS_LATELY])[:LATEST],
        "known": known_facts(person),
        "unanswered": unanswered_facts(person),
        "earlier": earlier_facts(person) if vars(person)["has_earlier"] else [],
        "forms_waiting": forms_waiting(actor, person)[:MOST_FORMS] if getattr(person, "forms", False) else [],
        "sensitive": sensitive_facts(person),
    }
    return render(request, "staff/people/person.html", what)


@page(STAFF)
@require_GET
def overview(request: StaffRequest, pk: int) -> HttpResponse:
    return _overview(request, open_person(request, pk, "person"))


@page(STAFF)
@require_POST
def show(request: StaffRequest, pk: int) -> HttpResponse:
    """The whole phone or identity number, once, by a press; who pressed is written down."""
    what = request.POST.get("what", "")
    if what not in CAN_BE_SHOWN:
        return redirect("person", pk=pk)
    return _overview(request, open_person(request, pk, what), reveal=what)


@page(STAFF)
@require_GET
def services(request: StaffRequest, pk: int) -> HttpResponse:
    """Every service the actor may see, page by page, and how many there are that they may not."""
    person = open_person(request, pk, "services")
    what = head_of(request, person, "person_services")
    asked = request.GET.get("page", "")
    number = max(int(asked), 1) if asked.isdecimal() and len(asked) < 7 else 1
    rows = list(services_of(request.actor, person)[(number - 1) * PAGE : number * PAGE + 1])
    what |= {
        "rows": rows[:PAGE],
        "nicknames": nicknames_of(person),
        "later": number + 1 if len(rows) > PAGE else 0,
        "earlier": number - 1,
    }
    return render(request, "staff/people/services.html", what)


@page(STAFF)
@require_GET
def readers(request: StaffRequest, pk: int) -> HttpResponse:
    """Who works with the person, and who opened which of their pages when."""
    person = open_person(request, pk, "readers")
    what = head_of(request, person, "person_readers")
    day = today()
    assignments = person.assignments.select_related("user", "site").order_by("from_on", "id")
    what |= {
        "working": [row for row in assignments if row.to_on is None or row.to_on >= day],
        "worked": [row for row in assignments if row.to_on is not None and row.to_on < day],
        "looks": looks(reads_of(person)[:READS]),
        "most": READS,
    }
    if request.actor.supervises:
        what["assign_form"] = AssignForm(colleagues=colleagues_for(request.actor), sites=sites_for(request.actor))
    return render(request, "staff/people/readers.html", what)
