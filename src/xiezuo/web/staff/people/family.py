"""一家人: the household of a person, who is what to them, and the forms that add to both."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for, person_for
from xiezuo.people.actions import found_household, relate
from xiezuo.people.models import Person
from xiezuo.people.queries import Tie, family_of, guardianships_of, may_collect, ties_of
from xiezuo.people.search import Hit
from xiezuo.people.search import found as found_by
from xiezuo.people.vocab import Relation, Section
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.people.caring import CollectorForm, GuardianForm
from xiezuo.web.staff.people.entrusting import told_of_care
from xiezuo.web.staff.people.overview import family_picture
from xiezuo.web.staff.people.person import head_of, open_person
from xiezuo.web.staff.people.ties import DayForm, not_understood

FOUND = 8


class KinForm(DayForm):
    """Someone found by search, and what they are to whom the page is about."""

    other = forms.IntegerField()
    relation = forms.ChoiceField(
        label=gettext_lazy("Relation"), choices=[(r, r.label) for r in Relation if r != Relation.SELF]
    )


@dataclass(frozen=True)
class Finding:
    """What was typed to find someone, and who fits."""

    q: str
    found: list[Hit]


def find(request: StaffRequest, without: Iterable[int], name: str = "q") -> Finding:
    """People the actor works with whom `?q=` (or another `name`) fits, except those already there."""
    q = request.GET.get(name, "").strip()
    others = people_for(request.actor).exclude(pk__in=list(without))
    return Finding(q, found_by(request.actor, others, q, FOUND))


def chosen(actor: Actor, form: KinForm) -> Person:
    """The one picked. Raises NotAllowed unless the actor works with them."""
    return person_for(actor, form.cleaned_data["other"])


@page(STAFF)
@require_GET
def family(request: StaffRequest, pk: int) -> HttpResponse:
    person = open_person(request, pk, "family", Section.FAMILY)
    members = family_of(request.actor, person)
    ties: list[Tie] = ties_of(request.actor, person)
    what = head_of(request, person, "person_family")
    day = today()
    what |= told_of_care(request.actor, person, day)
    what |= {
        "guardianships": guardianships_of(request.actor, person),
        "guardian_finding": find(request, [person.pk], "guardian"),
        "guardian_form": GuardianForm(),
        "may_collect": may_collect(person, day),
        "collected": person.collectors.filter(to_on__lt=day),
        "collector_form": CollectorForm(),
        "members": members,
        "household": members[0].household if members else None,
        "family": family_picture(members, person, today()),
        "ties": ties,
        "finding": find(request, [person.pk]),
        "form": KinForm(),
    }
    return render(request, "staff/people/family.html", what)


@page(STAFF)
@require_POST
def found(request: StaffRequest, pk: int) -> HttpResponse:
    """A household with this person as its head; the others are added on the household's page."""
    person = person_for(request.actor, pk, Section.FAMILY)
    form = DayForm(request.POST)
    if not form.is_valid():
        not_understood(request)
        return redirect("person_family", pk=pk)
    household = found_household(
        by=request.actor, head=person, on=form.day(), address=request.POST.get("address", "").strip()[:200]
    )
    messages.success(request, _("The household is written down. Now add who lives there."))
    return redirect("household", pk=household.pk)


@page(STAFF)
@require_POST
def relate_to(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down what the person is to someone else."""
    person = person_for(request.actor, pk, Section.FAMILY)
    form = KinForm(request.POST)
    if not form.is_valid():
        not_understood(request)
        return redirect("person_family", pk=pk)
    other, relation = chosen(request.actor, form), Relation(form.cleaned_data["relation"])
    try:
        relate(by=request.actor, person=person, other=other, relation=relation, on=form.cleaned_data["on"])
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        words = {"person": person, "other": other, "relation": relation.label}
        messages.success(request, _("%(person)s is %(relation)s of %(other)s: written down.") % words)
    return redirect("person_family", pk=pk)
