"""Matters of rights at work of one person: what happened, until when, what interrupted it, how it ended."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.people.access import person_for
from xiezuo.people.actions import note_read
from xiezuo.people.models import Person
from xiezuo.people.vocab import Section
from xiezuo.service.actions.labour import MatterFacts, end_matter, interrupt, write_matter
from xiezuo.service.labour.seeing import Told, alarm_of, matter_for, matters_of
from xiezuo.service.vocab import InterruptionKind, LabourKind
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.people.person import head_of, open_person
from xiezuo.web.staff.service.labour.calculating import day_field
from xiezuo.web.staff.service.labour.words import all_in_words, late_words


class MatterForm(forms.Form):
    """What happened at work, and when."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=gettext_lazy("What happened"), choices=LabourKind.choices, widget=forms.RadioSelect)
    happened_on = day_field(gettext_lazy("On which day"), required=False)
    migrant_worker = forms.BooleanField(label=gettext_lazy("A migrant worker"), required=False)
    work_injury = forms.BooleanField(label=gettext_lazy("It is about an injury at work"), required=False)
    words = forms.CharField(
        label=gettext_lazy("In a few words"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )

    def facts(self) -> MatterFacts:
        given = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        return MatterFacts(**given | {"kind": LabourKind(given["kind"])})


class InterruptionForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What was done"), choices=InterruptionKind.choices, widget=forms.RadioSelect
    )
    on = day_field(gettext_lazy("On which day"), required=True)
    proof = forms.CharField(label=gettext_lazy("What proves it"), max_length=2000, widget=forms.Textarea({"rows": 2}))


class EndForm(forms.Form):
    why = forms.CharField(label=gettext_lazy("How it ended"), max_length=2000, widget=forms.Textarea({"rows": 2}))


def _told(one: Told) -> dict[str, Any]:
    on = today()
    return {
        "row": one.row,
        "limits": all_in_words(one.limits, on),
        "late": late_words(one.limits),
        "no_means_check": one.no_means_check,
    }


def _page(request: StaffRequest, person: Person, form: MatterForm) -> HttpResponse:
    what = head_of(request, person, "person_labour") | {
        "matters": [_told(one) for one in matters_of(request.actor, person)],
        "form": form,
    }
    return render(request, "staff/service/labour/person.html", what, status=422 if form.errors else 200)


@page(STAFF)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def of_person(request: StaffRequest, pk: int) -> HttpResponse:
    """The matters of a person, and a form to write one down."""
    if request.method != "POST":
        person = open_person(request, pk, "labour", Section.CASE)
        return _page(request, person, MatterForm(initial={"key": uuid.uuid4(), "kind": LabourKind.DISPUTE}))
    person, form = person_for(request.actor, pk, Section.CASE), MatterForm(request.POST)
    if form.is_valid():
        key = form.cleaned_data["key"]
        try:
            matter = write_matter(by=request.actor, person=person, facts=form.facts(), on=today(), key=key)
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("Written down. The limit is watched from now on."))
            return redirect("labour_matter", pk=matter.pk)
    return _page(request, open_person(request, pk, "labour", Section.CASE), form)


def _one(
    request: StaffRequest, told: Told, interruption: InterruptionForm | None = None, end: EndForm | None = None
) -> HttpResponse:
    note_read(by=request.actor, person=told.row.person, what="labour")
    runs = told.row.kind in {LabourKind.DISPUTE, LabourKind.LEFT}
    what = _told(told) | {
        "person": told.row.person,
        "words": str(told.row.words),
        "ended_why": str(told.row.ended_why),
        "interruptions": [(one, str(one.proof)) for one in told.interruptions],
        "alarm": alarm_of(told.row),
        "interruption": interruption or InterruptionForm(initial={"kind": InterruptionKind.CLAIM}),
        "end": end or EndForm(),
        "runs": runs,
        "nav": "people",
    }
    wrong = (interruption and interruption.errors) or (end and end.errors)
    return render(request, "staff/service/labour/matter.html", what, status=422 if wrong else 200)


@page(STAFF)
@require_GET
def one(request: StaffRequest, pk: int) -> HttpResponse:
    return _one(request, matter_for(request.actor, pk))


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def add_interruption(request: StaffRequest, pk: int) -> HttpResponse:
    """A claim, a request or an agreement."""
    told, form = matter_for(request.actor, pk), InterruptionForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        kind = InterruptionKind(given["kind"])
        try:
            interrupt(by=request.actor, matter=told.row, kind=kind, day=given["on"], proof=given["proof"], on=today())
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Noted. Keep the proof; the limit was worked out anew."))
            return redirect("labour_matter", pk=pk)
    return _one(request, told, interruption=form)


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """It is over, and how."""
    told, form = matter_for(request.actor, pk), EndForm(request.POST)
    if form.is_valid():
        try:
            end_matter(by=request.actor, matter=told.row, why=form.cleaned_data["why"], on=today())
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("Ended. Nothing is watched any more; what was written stays."))
            return redirect("person_labour", pk=told.row.person_id)
    return _one(request, told, end=form)
