"""咨询: questions that wait, from the desk to an answer or an intake, without typing anything twice."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.forms.filling import Typed
from xiezuo.orgs.access import Actor, sites_for
from xiezuo.people.access import must_do_casework, person_for
from xiezuo.people.actions import PersonFacts, register_person
from xiezuo.people.models import Person
from xiezuo.people.rights import people_to_choose
from xiezuo.people.search import found
from xiezuo.people.vocab import Role
from xiezuo.service.access import can_correct_form
from xiezuo.service.access.enquiries import enquiries_for, enquiry_for
from xiezuo.service.actions.enquiries import close_enquiry, link_enquiry
from xiezuo.service.desk import times_at_desk
from xiezuo.service.filling.contents import answers_of
from xiezuo.service.models import Enquiry
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.service.beginning import ABOUT, GOES_ON, begun
from xiezuo.web.staff.service.risk.forms import labels

FOUND = 6


@page(STAFF)
@require_GET
def enquiries(request: StaffRequest) -> HttpResponse:
    """What waits, the oldest first; what was closed lately below."""
    must_do_casework(request.actor)
    channels = dict(labels("channel"))
    waiting, closed = enquiries_for(request.actor), enquiries_for(request.actor, closed=True)[:20]
    what = {
        "waiting": [(row, channels.get(row.channel, "")) for row in waiting],
        "closed": [(row, channels.get(row.channel, "")) for row in closed],
        "nav": "checkin",
    }
    return render(request, "staff/service/enquiries/enquiries.html", what)


@page(STAFF)
@require_POST
def begin(request: StaffRequest) -> HttpResponse:
    """From the desk: a visitor (`person`, or nobody known) at a site has a question."""
    must_do_casework(request.actor)
    asked, site = request.POST.get("person", ""), request.POST.get("site", "")
    person = person_for(request.actor, int(asked)) if asked.isdecimal() and len(asked) < 16 else None
    at = sites_for(request.actor).filter(pk=site).first() if site.isdecimal() and len(site) < 16 else None
    typed: Typed = {"channel": ["desk"], "site": [str(at.pk) if at else ""]}
    if person is not None:
        typed |= {"visitor": [str(person)], ABOUT: [str(person.pk)]}
    return redirect(begun(request.actor, "enquiry", typed, str(person or "")))


@page(STAFF)
@require_GET
def enquiry(request: StaffRequest, pk: int) -> HttpResponse:
    row = enquiry_for(request.actor, pk)
    _form, answers = answers_of(request.actor, row.filled)
    q = request.GET.get("q", row.visitor).strip()
    what = {
        "row": row,
        "channel": dict(labels("channel")).get(row.channel, ""),
        "question": answers.get("question", ""),
        "answer": answers.get("answer", ""),
        "times": times_at_desk(row.person, today()) if row.person else 0,
        "may_correct": can_correct_form(request.actor, row.filled),
        "q": q,
        "found": [] if row.person else found(request.actor, people_to_choose(request.actor, today()), q, FOUND),
        "nav": "checkin",
    }
    return render(request, "staff/service/enquiries/enquiry.html", what)


@page(STAFF)
@require_POST
def take_in(request: StaffRequest, pk: int) -> HttpResponse:
    """It becomes an intake: of the person who asked, of one found (`person`), or of somebody new under the name they gave."""
    row = enquiry_for(request.actor, pk)
    person = row.person or _who(request, row)
    if row.person is None:
        link_enquiry(by=request.actor, enquiry=row, person=person)
    return redirect(begun(request.actor, "intake", _intake(request.actor, row, person), str(person)))


def _who(request: StaffRequest, row: Enquiry) -> Person:
    asked = request.POST.get("person", "")
    if asked.isdecimal() and len(asked) < 16:
        return person_for(request.actor, int(asked))
    name = request.POST.get("nickname", "").strip() or row.visitor
    facts = PersonFacts(nickname=name)
    return register_person(by=request.actor, facts=facts, on=today(), site=row.site, role=Role.VISITOR)


def _intake(actor: Actor, row: Enquiry, person: Person) -> Typed:
    """What F08 says in the words of F10. What nobody asked yet stays empty."""
    _form, answers = answers_of(actor, row.filled)
    question = str(answers.get("question") or "")
    return {
        ABOUT: [str(person.pk)],
        "source": ["self"],
        "problem": [question],
        "own_words": [question],
        "service_date": [today().isoformat()],
        "site": [str(row.site_id or "")],
        GOES_ON: [str(row.filled_id)],
    }


@page(STAFF)
@require_POST
def close(request: StaffRequest, pk: int) -> HttpResponse:
    try:
        close_enquiry(by=request.actor, enquiry=enquiry_for(request.actor, pk), on=today())
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
        return redirect("enquiry", pk=pk)
    messages.success(request, _("Closed."))
    return redirect("enquiries")
