"""The pages of one person. Each opening is written down before the page leaves (CHD-3)."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from xiezuo.common.days import today
from xiezuo.exchange.access import exports_of, forms_waiting, has_forms_waiting
from xiezuo.orgs.access import Actor, colleagues_for, sites_for
from xiezuo.people.access import merges_for, must_open, person_for, sections_for, stands_for_others
from xiezuo.people.actions import note_read
from xiezuo.people.models import Person
from xiezuo.people.queries import (
    consent_answers,
    family_of,
    marks_of_the_past,
    periods_told,
    reads_of,
    responsible_for,
)
from xiezuo.people.reading import changes_of
from xiezuo.people.rights import at_rest, restricted_on, withholdings
from xiezuo.people.sections import Sections, is_minor
from xiezuo.people.sensitive import sensitive_of
from xiezuo.people.vocab import Section
from xiezuo.service.access import as_told_to
from xiezuo.service.cases.load import cases_of, has_cases
from xiezuo.service.models import Participation
from xiezuo.service.queries import nicknames_of, services_of, told
from xiezuo.web.base.export_words import shown as shown_export
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
CAN_BE_SHOWN = {"phone": Section.CONTACT, "id_number": Section.SENSITIVE}


def open_person(request: StaffRequest, pk: int, what: str, section: Section = Section.NAME) -> Person:
    """The person, if this part of their file is open to the actor; that the actor looked at `what` is written down
    first. `sections` of the person says what else is open."""
    marks = {"forms": has_forms_waiting(request.actor), "merged": stands_for_others(), **marks_of_the_past()}
    marks |= {"rests": at_rest(today()), "cased": has_cases()}
    person = person_for(request.actor, pk, Section.NAME, **marks)
    _see_what_is_open(request.actor, person)
    if not is_open(person, section):
        must_open(request.actor, person, section)
    note_read(by=request.actor, person=person, what=what)
    return person


def _see_what_is_open(actor: Actor, person: Person) -> None:
    person.sections = found = sections_for(actor, person)  # type: ignore[attr-defined]
    sensitive_of(actor, person, found)


def is_open(person: Person, section: Section) -> bool:
    """Whether a part of the file of a person that `open_person` gave is open."""
    found: Sections = vars(person)["sections"]
    return section in found


def person_is_merged(person: Person) -> bool:
    return bool(getattr(person, "merged", False))


def tabs_of(person: Person, current: str, services: int) -> list[Tab]:
    """The views of a person; a closed one leads to the page that says whom to ask."""
    counted = is_open(person, Section.SERVICES)
    names = {
        "person": (_("Overview"), Section.NAME),
        "person_services": (_("Services %(n)s") % {"n": services} if counted else _("Services"), Section.SERVICES),
        "person_forms": (pgettext("navigation", "Forms"), Section.SERVICES),
        "person_timelines": (_("Follow-up"), Section.SERVICES),
        "person_journey": (_("Growth path"), Section.GROWTH),
        "person_labour": (_("Rights at work"), Section.CASE),
        "person_measures": (_("Goals and measures"), Section.CASE),
        "person_family": (_("Household"), Section.FAMILY),
        "person_consents": (_("Consent"), Section.CONSENT),
        "person_readers": (_("Who works with them, who looked"), Section.READERS),
        "person_requests": (_("Their own side"), Section.CONSENT),
    }
    return [
        Tab(label, reverse(name, args=[person.pk]), name == current, locked=not is_open(person, section))
        for name, (label, section) in names.items()
    ]


def head_of(request: StaffRequest, person: Person, current: str, reveal: str = "") -> dict[str, Any]:
    """What stands above every view of a person; `reveal` names the number that was asked for by a press."""
    if "sections" not in vars(person):
        _see_what_is_open(request.actor, person)
    services, contact = is_open(person, Section.SERVICES), is_open(person, Section.CONTACT)
    figures = shown.figures_of(request.actor, person) if services else shown.NO_FIGURES
    number = person.id_number if is_open(person, Section.SENSITIVE) else ""
    return {
        "person": person,
        "sections": {str(section): is_open(person, section) for section in Section},
        "closed": vars(person)["sections"].closed,
        "facts": facts_line(person, today(), brief=not contact),
        "minor": is_minor(person, today()),
        "phone": (person.phone if reveal == "phone" else masked(person.phone)) if contact and person.phone else "",
        "has_number": bool(number),
        "id_number": number if reveal == "id_number" else "",
        "paper": checked(person, today()) if number else None,
        "reveal": reveal,
        "record_words": record_words(person),
        "figures": figures,
        "tabs": tabs_of(person, current, figures["seen"]),
        "merges": merges_for(request.actor).filter(kept=person, undone_at=None)
        if contact and person_is_merged(person)
        else (),
        "withheld": withholdings(person),
        "rests": restricted_on(person, today()) if getattr(person, "rests", True) else None,
        "nav": "people",
    }


def _overview(request: StaffRequest, person: Person, reveal: str = "") -> HttpResponse:
    """What is open of the whole file; what is closed stands there as a lock that says whom to ask."""
    what = head_of(request, person, "person", reveal)
    for section, fill in OVERVIEW.items():
        if is_open(person, section):
            what |= fill(request.actor, person, what)
    if what["closed"]:
        what["responsible"] = responsible_for(person)
    return render(request, "staff/people/person.html", what)


def _path(actor: Actor, person: Person, what: dict[str, Any]) -> dict[str, Any]:
    periods, helping = periods_told(person), helping_of(actor, person)
    return {
        "bands": bands_of(periods, today()) if periods else None,
        "growth": growth_of(actor, person, periods, what["figures"], helping, what["merges"]),
    }


def _home(actor: Actor, person: Person, what: dict[str, Any]) -> dict[str, Any]:
    members = family_of(actor, person)
    return {
        "family": shown.family_picture(members, person, today()),
        "household": members[0].household if members else None,
    }


def _agreed(actor: Actor, person: Person, what: dict[str, Any]) -> dict[str, Any]:
    answers = in_words(consent_answers(person))
    return {"consents": answers, "not_asked": [answer.label for answer in answers if not answer.asked]}


def _known(actor: Actor, person: Person, what: dict[str, Any]) -> dict[str, Any]:
    return {
        "known": known_facts(person),
        "unanswered": unanswered_facts(person),
        "earlier": earlier_facts(person) if vars(person)["has_earlier"] else [],
    }


def _served(actor: Actor, person: Person, what: dict[str, Any]) -> dict[str, Any]:
    return {"latest": _told(actor, services_of(actor, person)[:LATEST]) if what["figures"]["seen"] else []}


def _told(actor: Actor, rows: Iterable[Participation]) -> list[Participation]:
    """The services as the actor may know them."""
    found = list(rows)
    as_told_to(actor, [row.record for row in found])
    return found


def _looked(actor: Actor, person: Person, what: dict[str, Any]) -> dict[str, Any]:
    return {"looks": looks(reads_of(person)[:READS_LATELY])[:LATEST]}


def _case(actor: Actor, person: Person, what: dict[str, Any]) -> dict[str, Any]:
    waiting = forms_waiting(actor, person)[:MOST_FORMS] if getattr(person, "forms", False) else []
    return {"forms_waiting": waiting, "cases": list(cases_of(actor, person)) if getattr(person, "cased", False) else []}


def _sensitive(actor: Actor, person: Person, what: dict[str, Any]) -> dict[str, Any]:
    return {"sensitive": sensitive_facts(person)}


# What of the first view belongs to which part of the file.
OVERVIEW: dict[Section, Callable[[Actor, Person, dict[str, Any]], dict[str, Any]]] = {
    Section.GROWTH: _path,
    Section.FAMILY: _home,
    Section.CONSENT: _agreed,
    Section.CONTACT: _known,
    Section.SERVICES: _served,
    Section.READERS: _looked,
    Section.CASE: _case,
    Section.SENSITIVE: _sensitive,
}


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
    return _overview(request, open_person(request, pk, what, CAN_BE_SHOWN[what]), reveal=what)


@page(STAFF)
@require_GET
def services(request: StaffRequest, pk: int) -> HttpResponse:
    """Every service the actor may see, page by page, and how many there are that they may not."""
    person = open_person(request, pk, "services", Section.SERVICES)
    what = head_of(request, person, "person_services")
    asked = request.GET.get("page", "")
    number = max(int(asked), 1) if asked.isdecimal() and len(asked) < 7 else 1
    rows = _told(request.actor, services_of(request.actor, person)[(number - 1) * PAGE : number * PAGE + 1])
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
    """Who works with the person, who opened which of their pages when, who changed what, and in which lists they left."""
    person = open_person(request, pk, "readers", Section.READERS)
    what = head_of(request, person, "person_readers")
    day = today()
    assignments = person.assignments.select_related("user", "site").order_by("from_on", "id")
    what |= {
        "working": [row for row in assignments if row.to_on is None or row.to_on >= day],
        "worked": [row for row in assignments if row.to_on is not None and row.to_on < day],
        "looks": looks(reads_of(person)[:READS]),
        "most": READS,
        "changes": told(list(changes_of(person)[:READS])),
        "exports": [shown_export(one) for one in exports_of(request.actor, person)[:READS]],
    }
    if request.actor.supervises:
        what["assign_form"] = AssignForm(colleagues=colleagues_for(request.actor), sites=sites_for(request.actor))
    return render(request, "staff/people/readers.html", what)
