"""Who answers for a child by law, and who may take a child home: small forms on the page of the family."""

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
from xiezuo.people.access import person_for
from xiezuo.people.actions import end_collector, end_guardianship, name_collector, note_guardianship
from xiezuo.people.vocab import GuardianBasis, Relation, Section
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.people.ties import DayForm, not_understood


class GuardianForm(DayForm):
    """Someone found by search who answers for the person by law."""

    other = forms.IntegerField()
    basis = forms.ChoiceField(label=gettext_lazy("By what right"), choices=GuardianBasis.choices)
    paper = forms.CharField(label=gettext_lazy("Paper seen"), required=False, max_length=200)


class CollectorForm(forms.Form):
    """Someone who may take the child home, registered or not."""

    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=60)
    phone = forms.CharField(label=gettext_lazy("Phone"), required=False, max_length=40)
    relation = forms.ChoiceField(
        label=gettext_lazy("Relation"), choices=[(r, r.label) for r in Relation if r != Relation.SELF]
    )
    from_on = forms.DateField(label=gettext_lazy("From"), required=False, widget=forms.DateInput({"type": "date"}))
    to_on = forms.DateField(label=gettext_lazy("Until"), required=False, widget=forms.DateInput({"type": "date"}))


@page(STAFF)
@require_POST
def guard(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down a guardian."""
    ward = person_for(request.actor, pk, Section.FAMILY)
    form = GuardianForm(request.POST)
    if not form.is_valid():
        not_understood(request)
        return redirect("person_family", pk=pk)
    given = form.cleaned_data
    guardian = person_for(request.actor, given["other"])
    facts: dict[str, Any] = {"basis": GuardianBasis(given["basis"]), "on": given["on"], "paper": given["paper"]}
    try:
        note_guardianship(by=request.actor, ward=ward, guardian=guardian, **facts)
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        words = {"guardian": guardian, "ward": ward}
        messages.success(request, _("%(guardian)s is written down as guardian of %(ward)s.") % words)
    return redirect("person_family", pk=pk)


@page(STAFF)
@require_POST
def end_guard(request: StaffRequest, pk: int, guardianship: int) -> HttpResponse:
    found = (
        person_for(request.actor, pk, Section.FAMILY).guardianships.filter(pk=guardianship, to_on__isnull=True).first()
    )
    form = DayForm(request.POST)
    if found is None:
        raise Http404
    if not form.is_valid():
        not_understood(request)
        return redirect("person_family", pk=pk)
    try:
        end_guardianship(by=request.actor, guardianship=found, on=form.day())
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The guardianship has ended; that it was stays in the record."))
    return redirect("person_family", pk=pk)


@page(STAFF)
@require_POST
def collect(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down who may take the child home."""
    child = person_for(request.actor, pk, Section.FAMILY)
    form = CollectorForm(request.POST)
    if not form.is_valid():
        not_understood(request)
        return redirect("person_family", pk=pk)
    given = form.cleaned_data
    try:
        row = name_collector(
            by=request.actor,
            child=child,
            name=given["name"],
            phone=given["phone"],
            relation=Relation(given["relation"]),
            on=given["from_on"] or today(),
            until=given["to_on"],
        )
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("%(name)s may take %(child)s home.") % {"name": row.name, "child": child})
    return redirect("person_family", pk=pk)


@page(STAFF)
@require_POST
def end_collect(request: StaffRequest, pk: int, collector: int) -> HttpResponse:
    found = person_for(request.actor, pk, Section.FAMILY).collectors.filter(pk=collector).first()
    if found is None:
        raise Http404
    try:
        end_collector(by=request.actor, collector=found, on=today())
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("From tomorrow %(name)s may no longer take the child home.") % {"name": found.name})
    return redirect("person_family", pk=pk)
