"""A child who goes home alone, or lives with others while the parents are elsewhere: small forms on the page of the family."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for, person_for
from xiezuo.people.models import Person
from xiezuo.people.queries import guardians_of
from xiezuo.people.vocab import Section
from xiezuo.service.access.leaving import alone_for, alone_of, entrusting_of
from xiezuo.service.actions.entrusted import end_entrusting, entrust, note_contact
from xiezuo.service.actions.leaving import allow_alone, end_alone
from xiezuo.service.entrusted import contacts_of, waiting_of
from xiezuo.service.leaving import leaves_with_somebody
from xiezuo.service.vocab import InTouch, WhichParent
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.people.ties import not_understood

DAY = forms.DateInput({"type": "date"})
CONTACTS = 6


class AloneForm(forms.Form):
    guardian = forms.TypedChoiceField(label=gettext_lazy("Guardian"), coerce=int)
    source = forms.CharField(label=gettext_lazy("Where they said so"), required=False, max_length=200)
    from_on = forms.DateField(label=gettext_lazy("From"), required=False, widget=DAY)
    to_on = forms.DateField(label=gettext_lazy("Until"), required=False, widget=DAY)

    def __init__(self, *args: Any, guardians: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guardian"].choices = [(one.pk, str(one)) for one in guardians]  # type: ignore[attr-defined]


class EntrustForm(forms.Form):
    carer = forms.CharField(label=gettext_lazy("Who cares for the child"), required=False, max_length=60)
    from_on = forms.DateField(label=gettext_lazy("From"), required=False, widget=DAY)


class ContactForm(forms.Form):
    who = forms.ChoiceField(label=gettext_lazy("Which parent"), choices=WhichParent.choices)
    how = forms.ChoiceField(label=gettext_lazy("How"), choices=InTouch.choices)
    day = forms.DateField(label=gettext_lazy("Day"), required=False, widget=DAY)


def told_of_care(actor: Actor, person: Person, on: date) -> dict[str, Any]:
    """What the page of the family shows of it; nothing of someone who is no child."""
    if not leaves_with_somebody(person, on):
        return {}
    row, guardians = entrusting_of(actor, person), _known_guardians(actor, person, on)
    waiting = waiting_of(row, on) if row else None
    return {
        "alone": [(one, one.allowed_by in guardians) for one in alone_of(actor, person, on)],
        "alone_form": AloneForm(guardians=guardians) if guardians else None,
        "entrusted": waiting,
        "reminded": waiting is not None and waiting.is_due(on),
        "contacts": contacts_of(person, CONTACTS) if row else [],
        "contact_form": ContactForm(),
        "entrust_form": EntrustForm(),
    }


def _known_guardians(actor: Actor, person: Person, on: date) -> list[Person]:
    """Those whose name the actor may know."""
    return list(people_for(actor).filter(pk__in=[one.pk for one in guardians_of(person, on)]))


def _child(request: StaffRequest, pk: int) -> Person:
    return person_for(request.actor, pk, Section.FAMILY)


@page(STAFF)
@require_POST
def alone(request: StaffRequest, pk: int) -> HttpResponse:
    """A guardian allows that the child goes home alone."""
    person = _child(request, pk)
    form = AloneForm(request.POST, guardians=_known_guardians(request.actor, person, today()))
    if not form.is_valid():
        not_understood(request)
        return redirect("person_family", pk=pk)
    given = form.cleaned_data
    try:
        allow_alone(
            by=request.actor,
            child=person,
            guardian=given["guardian"],
            source=given["source"],
            from_on=given["from_on"] or today(),
            to_on=given["to_on"],
        )
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("%(child)s may go home alone: written down.") % {"child": person})
    return redirect("person_family", pk=pk)


@page(STAFF)
@require_POST
def not_alone(request: StaffRequest, pk: int, permission: int) -> HttpResponse:
    row = alone_for(request.actor, pk, permission)
    end_alone(by=request.actor, row=row, on=today())
    messages.success(request, _("From tomorrow %(child)s does not go home alone.") % {"child": row.child})
    return redirect("person_family", pk=pk)


@page(STAFF)
@require_POST
def leave_with(request: StaffRequest, pk: int) -> HttpResponse:
    """The parents left the child with somebody."""
    person, form = _child(request, pk), EntrustForm(request.POST)
    if not form.is_valid():
        not_understood(request)
        return redirect("person_family", pk=pk)
    given = form.cleaned_data
    try:
        row = entrust(
            by=request.actor, child=person, carer=given["carer"], from_on=given["from_on"] or today(), on=today()
        )
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        words = {"child": person, "carer": row.carer}
        messages.success(request, _("%(child)s lives with %(carer)s: written down.") % words)
    return redirect("person_family", pk=pk)


@page(STAFF)
@require_POST
def back(request: StaffRequest, pk: int) -> HttpResponse:
    """The child lives with a parent again."""
    row = entrusting_of(request.actor, _child(request, pk))
    if row is None:
        raise Http404
    end_entrusting(by=request.actor, row=row, on=today())
    messages.success(request, _("%(child)s lives with a parent again: written down.") % {"child": row.child})
    return redirect("person_family", pk=pk)


@page(STAFF)
@require_POST
def contact(request: StaffRequest, pk: int) -> HttpResponse:
    """A parent and the child were in contact."""
    person, form = _child(request, pk), ContactForm(request.POST)
    if not form.is_valid():
        not_understood(request)
        return redirect("person_family", pk=pk)
    given = form.cleaned_data
    try:
        note_contact(
            by=request.actor,
            child=person,
            who=WhichParent(given["who"]),
            how=InTouch(given["how"]),
            day=given["day"] or today(),
            on=today(),
        )
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The contact is written down."))
    return redirect("person_family", pk=pk)
