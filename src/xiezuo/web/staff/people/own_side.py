"""A person's own side, seen by the worker: the links, what was asked, what rests, and who may not be told."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, Literal

import segno
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from xiezuo.common.days import now, today
from xiezuo.common.errors import RuleBroken
from xiezuo.forms.packs import pack
from xiezuo.orgs.queries import house_full_name
from xiezuo.people.access import person_for
from xiezuo.people.actions import (
    end_link,
    end_restriction,
    end_withholding,
    make_link,
    receive_request,
    restrict,
)
from xiezuo.people.members import links_for, lookers_of, open_until, say_who_is_known
from xiezuo.people.models import MemberLink, Person
from xiezuo.people.rights import restricted_on, withheld_from, withholdings
from xiezuo.people.vocab import DataRequestKind, Section
from xiezuo.web.base.nav import answering
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.sending import carried_out
from xiezuo.web.staff.people.person import head_of, open_person

LATEST = 8


def looker_words(looker: Person, subject: Person) -> str:
    if looker == subject:
        return _("%(name)s themselves") % {"name": looker}
    name = looker if getattr(looker, "is_known", True) else _("someone not open to you")
    return _("%(name)s, guardian") % {"name": name}


class LookerForm(forms.Form):
    """Someone who looks or asks, and how the worker knows who they are."""

    looker = forms.ChoiceField(label=gettext_lazy("Who"), widget=forms.RadioSelect)
    verified_by = forms.CharField(
        label=gettext_lazy("How you know who they are"), max_length=120, widget=forms.TextInput({"list": "verified"})
    )

    def __init__(self, *args: Any, lookers: list[Person], subject: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lookers = {str(looker.pk): looker for looker in lookers}
        choices = [(pk, looker_words(looker, subject)) for pk, looker in self.lookers.items()]
        self.fields["looker"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["looker"].initial = choices[0][0]

    def who(self) -> Person:
        return self.lookers[self.cleaned_data["looker"]]


class LinkForm(LookerForm):
    cleared = forms.BooleanField(label=gettext_lazy("This is not who may not be told"), required=False)


class RequestForm(LookerForm):
    """What someone asks at the desk."""

    kind = forms.ChoiceField(label=gettext_lazy("What they want"), choices=DataRequestKind.choices)
    scope = forms.CharField(label=gettext_lazy("In their words"), max_length=2000, widget=forms.Textarea({"rows": 3}))


@dataclass(frozen=True)
class LinkRow:
    """A link with how it stands; `may_end` while it opens, or is open."""

    link: MemberLink
    kind: Literal["", "wait", "ok"]
    words: str
    may_end: bool


def link_row(link: MemberLink, at: datetime) -> LinkRow:
    until = open_until(link)
    if link.ended_at:
        return LinkRow(link, "", _("ended"), False)
    if until is not None and at < until:
        return LinkRow(link, "ok", _("open now"), True)
    if until is not None:
        return LinkRow(link, "", _("was opened, and is closed again"), False)
    if at >= link.expires_at:
        return LinkRow(link, "", _("ran out unopened"), False)
    return LinkRow(link, "wait", pgettext("a link", "waits to be opened"), True)


def _page(request: StaffRequest, person: Person, status: int = 200, **forms_: forms.Form) -> HttpResponse:
    lookers = lookers_of(request.actor, person, now())
    links = list(links_for(request.actor, person)[:LATEST])
    asked = list(person.data_requests.select_related("requester"))
    say_who_is_known(request.actor, [*(link.looker for link in links), *(one.requester for one in asked)])
    what = head_of(request, person, "person_requests") | {
        "lookers": lookers,
        "link_form": LinkForm(lookers=lookers, subject=person, prefix="link"),
        "request_form": RequestForm(lookers=lookers, subject=person, prefix="ask"),
        "to_check": any(withheld_from(looker, person) for looker in lookers),
        "links": [link_row(link, now()) for link in links],
        "asked": asked,
        "today": today(),
        "may_answer": answering(request.actor),
    }
    return render(request, "staff/people/own_side.html", what | forms_, status=status)


@page(STAFF)
@require_http_methods(["GET", "POST"])
def own_side(request: StaffRequest, pk: int) -> HttpResponse:
    """Links, requests, rest and silence of one person; and a form to write down what they ask."""
    person = open_person(request, pk, "requests", Section.CONSENT)
    if request.method == "GET":
        return _page(request, person)
    form = RequestForm(request.POST, lookers=lookers_of(request.actor, person, now()), subject=person, prefix="ask")
    if form.is_valid():
        given = form.cleaned_data
        try:
            row = receive_request(
                by=request.actor,
                requester=form.who(),
                subject=person,
                kind=DataRequestKind(given["kind"]),
                scope=given["scope"],
                verified_by=given["verified_by"],
                on=today(),
            )
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("Written down as %(number)s.") % {"number": row.receipt_no})
            return redirect("data_request", pk=row.pk)
    return _page(request, person, 422, request_form=form)


def qr(address: str) -> SafeString:
    """The address as a picture that a telephone reads; black on white on every screen and on paper."""
    drawn = BytesIO()
    segno.make(address, error="m").save(
        drawn, kind="svg", xmldecl=False, svgns=True, border=2, dark="#000", light="#fff", omitsize=True
    )
    return mark_safe(drawn.getvalue().decode())


@page(STAFF)
@require_POST
def make(request: StaffRequest, pk: int) -> HttpResponse:
    """A link, shown this once: as a picture for their telephone, and on a slip of paper."""
    person = person_for(request.actor, pk, Section.CONSENT)
    form = LinkForm(request.POST, lookers=lookers_of(request.actor, person, now()), subject=person, prefix="link")
    if form.is_valid():
        given = form.cleaned_data
        try:
            link, token = make_link(
                by=request.actor,
                subject=person,
                looker=form.who(),
                verified_by=given["verified_by"],
                at=now(),
                cleared=given["cleared"],
            )
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            address = request.build_absolute_uri(reverse("member_link", args=[token]))
            what = {
                "person": person,
                "link": link,
                "address": address,
                "qr": qr(address),
                "looker": looker_words(link.looker, person),
                "minutes": pack("member-default")["link"]["open_minutes"],
                "house_full_name": house_full_name(),
                "nav": "people",
            }
            response = render(request, "staff/people/link_slip.html", what)
            response.headers["Cache-Control"] = "no-store"
            return carried_out(response, reverse("person_requests", args=[person.pk]))
    return _page(request, person, 422, link_form=form)


@page(STAFF)
@require_POST
def end(request: StaffRequest, pk: int, link: int) -> HttpResponse:
    """The link, and what it opened, works no longer."""
    person = person_for(request.actor, pk, Section.CONSENT)
    found = links_for(request.actor, person).filter(pk=link).first()
    if found is None:
        raise Http404
    end_link(by=request.actor, link=found, at=now())
    messages.success(request, _("The link works no longer."))
    return redirect("person_requests", pk=pk)


@page(STAFF)
@require_POST
def tell_again(request: StaffRequest, pk: int, consent: int) -> HttpResponse:
    """A supervisor says that somebody may be told again."""
    person = person_for(request.actor, pk, Section.CONSENT)
    found = next((row for row in withholdings(person) if row.pk == consent), None)
    if found is None:
        raise Http404
    end_withholding(by=request.actor, consent=found, on=today())
    messages.success(request, _("From now on nothing warns any more. What was asked stays in the history."))
    return redirect("person_requests", pk=pk)


@page(STAFF)
@require_POST
def let_rest(request: StaffRequest, pk: int) -> HttpResponse:
    """The record rests from today on."""
    person = person_for(request.actor, pk, Section.CONSENT)
    try:
        restrict(by=request.actor, person=person, why=request.POST.get("why", ""), on=today())
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The record rests from today on."))
    return redirect("person_requests", pk=pk)


@page(STAFF)
@require_POST
def use_again(request: StaffRequest, pk: int) -> HttpResponse:
    """The record is used again."""
    person = person_for(request.actor, pk, Section.CONSENT)
    found = restricted_on(person, today())
    if found is None:
        raise Http404
    end_restriction(by=request.actor, restriction=found, on=today())
    messages.success(request, _("From tomorrow on the record is used again."))
    return redirect("person_requests", pk=pk)
