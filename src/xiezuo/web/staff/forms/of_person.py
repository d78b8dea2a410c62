"""The forms of one person: those written about them, and where each stands."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xiezuo.people.vocab import Section
from xiezuo.service.access import forms_about
from xiezuo.service.access.aids import aids_of
from xiezuo.service.member_notes import notes_about
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.forms.choosing import parts
from xiezuo.web.staff.forms.words import form_rows
from xiezuo.web.staff.people.person import head_of, is_open, open_person
from xiezuo.web.staff.service.aid_words import rows_of
from xiezuo.web.staff.service.referrals.words import referral_rows_of_person


@page(STAFF)
@require_safe
def of_person(request: StaffRequest, pk: int) -> HttpResponse:
    person = open_person(request, pk, "forms", Section.SERVICES)
    found, closed = forms_about(request.actor, person)
    what = head_of(request, person, "person_forms") | {
        "rows": form_rows(found),
        "closed_forms": closed,
        "referrals": referral_rows_of_person(request.actor, person),
        "aids": rows_of(request.actor, aids_of(request.actor, person)) if is_open(person, Section.CASE) else [],
        "notes": notes_about(request.actor, person) if is_open(person, Section.CASE) else [],
        "parts": parts(person, "") if request.actor.does_casework else [],
    }
    return render(request, "staff/forms/of_person.html", what)
