"""What a person agreed to, purpose by purpose; noting an answer, and taking a yes back."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.people.access import people_for, person_for
from xiezuo.people.actions import Given, note_consent
from xiezuo.people.consents import answers_of, guardian_decides, is_young
from xiezuo.people.models import Person
from xiezuo.people.queries import guardians_of
from xiezuo.people.vocab import ConsentPurpose, ConsentState, Section
from xiezuo.service.access.referrals import referral_for
from xiezuo.service.models import Referral
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.reasons import as_error
from xiezuo.web.staff.people.consents import ConsentForm, purposes_of
from xiezuo.web.staff.people.person import head_of, open_person

LONGEST_NUMBER = 15


@page(STAFF)
@require_http_methods(["GET", "POST"])
def consents(request: StaffRequest, pk: int) -> HttpResponse:
    """What the person agreed to, purpose by purpose, and a form to note an answer."""
    person = open_person(request, pk, "consents", Section.CONSENT)
    guardians = guardians_of(person, today())
    ids = [guardian.pk for guardian in guardians]
    seen = set(people_for(request.actor).filter(pk__in=ids).values_list("pk", flat=True))
    referral = _waiting_for_it(request, person)
    form = ConsentForm(
        request.POST or None,
        request.FILES or None,
        person=person,
        guardians=guardians,
        seen=seen,
        initial=_asked_for(referral),
    )
    if request.method == "POST" and form.is_valid():
        try:
            note_consent(by=request.actor, person=person, at=timezone.now(), **form.answer())
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, as_error(refusal))
        else:
            messages.success(request, _("The answer is written down."))
            return redirect("referral", pk=referral.pk) if referral else redirect("person_consents", pk=pk)
    what = head_of(request, person, "person_consents")
    what |= {
        "purposes": purposes_of(person, today()),
        "history": answers_of(request.actor, person),
        "form": form,
        "whose": _whose(person),
    }
    return render(request, "staff/people/consents.html", what, status=422 if form.errors else 200)


def _waiting_for_it(request: StaffRequest, person: Person) -> Referral | None:
    """The referral of this person from whose page one comes to ask for their consent."""
    number = request.GET.get("referral", "")
    if not number.isdecimal() or len(number) > LONGEST_NUMBER:
        return None
    referral = referral_for(request.actor, int(number))
    return referral if referral.person_id == person.pk else None


def _asked_for(referral: Referral | None) -> dict[str, str]:
    """What is asked then: passing on, to the organisation of the referral."""
    if referral is None:
        return {}
    return {"purpose": ConsentPurpose.SHARE_ORG, "recipients": str(referral.to_organisation)}


def _whose(person: Person) -> str:
    """Who has to answer, in one sentence."""
    if guardian_decides(person, today()):
        return _("A guardian decides; the child is asked too.")
    if is_young(person, today()):
        return _("They decide for themselves; for pictures, stories, works, publishing and research a guardian too.")
    return ""


@page(STAFF)
@require_POST
def take_back(request: StaffRequest, pk: int) -> HttpResponse:
    """One press: the yes no longer holds from this moment on. Nobody is asked why."""
    person = person_for(request.actor, pk, Section.CONSENT)
    purpose = request.POST.get("purpose", "")
    if purpose not in ConsentPurpose.values:
        raise Http404
    last = next((answer for answer in answers_of(request.actor, person) if answer.purpose == purpose), None)
    giver = last.given_by if last and last.given_by_id != person.pk else None
    note_consent(
        by=request.actor,
        person=person,
        purpose=ConsentPurpose(purpose),
        state=ConsentState.WITHDRAWN,
        way=None,
        at=timezone.now(),
        given=Given(by=giver),
    )
    messages.success(
        request, _("Taken back: %(purpose)s. It is no longer done.") % {"purpose": ConsentPurpose(purpose).label}
    )
    return redirect("person_consents", pk=pk)


@page(STAFF)
@require_GET
def paper(request: StaffRequest, pk: int, consent: int) -> HttpResponseBase:
    """The signed paper as it was photographed; that it was opened is written down first."""
    person = open_person(request, pk, "consents", Section.CONSENT)
    found = next((row for row in answers_of(request.actor, person) if row.pk == consent and row.evidence), None)
    if found is None:
        raise Http404
    response = FileResponse(found.evidence.open("rb"), content_type=found.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
