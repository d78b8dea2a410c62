"""户: who lives together from when to when, and what the household has and needs."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.common.meanwhile import ChangedMeanwhile, opened, sealed
from xiezuo.orgs.access import Actor
from xiezuo.people.access import household_for, must_open, people_for, person_for, sections_of
from xiezuo.people.actions import (
    HOUSEHOLD_FACTS,
    add_to_household,
    correct_household,
    leave_household,
    move_household,
    note_reads,
)
from xiezuo.people.models import Household
from xiezuo.people.queries import members_of
from xiezuo.people.vocab import Relation, Section
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.people.family import KinForm, chosen, find
from xiezuo.web.staff.people.meanwhile import MINE, Clash, Version, settled
from xiezuo.web.staff.people.meanwhile import clash as clash_of
from xiezuo.web.staff.people.overview import family_picture
from xiezuo.web.staff.people.ties import DayForm, not_understood
from xiezuo.web.staff.people.words import earlier_facts

TEXTS = {"benefits", "unmet_needs"}


class HouseholdForm(forms.Form):
    """F02 without its members. Money in yuan."""

    address = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=200)
    income_month = forms.DecimalField(
        label=gettext_lazy("Income a month, yuan"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    debt = forms.DecimalField(
        label=gettext_lazy("Debt, yuan"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    housing = forms.CharField(label=gettext_lazy("Housing"), required=False, max_length=60)
    benefits = forms.CharField(
        label=gettext_lazy("Benefits they receive"), required=False, widget=forms.Textarea({"rows": 3})
    )
    unmet_needs = forms.CharField(
        label=gettext_lazy("What they need and do not have"), required=False, widget=forms.Textarea({"rows": 3})
    )


def _opened(actor: Actor, household: Household) -> Household:
    """The household, if the family part of at least one member's file is open to the actor. `is_open`, `money_open`: so are
    the family of its head, and what the head has and needs. Raises SectionClosed."""
    members = list(household.members.select_related("person"))
    known = people_for(actor).filter(pk__in=[*(member.person_id for member in members), household.head_id])
    found = sections_of(actor, known)
    if not any(Section.FAMILY in sections for sections in found.values()):
        must_open(actor, known[0], Section.FAMILY)
    of_head = found.get(household.head_id)
    household.is_open = of_head is not None and Section.FAMILY in of_head  # type: ignore[attr-defined]
    household.money_open = of_head is not None and Section.SENSITIVE in of_head  # type: ignore[attr-defined]
    return household


def name_of(household: Household, is_open: bool) -> str:
    if not is_open:
        return _("A household")
    return _("Household of %(name)s") % {"name": household.head}


@page(STAFF)
@require_GET
def household(request: StaffRequest, pk: int) -> HttpResponse:
    found = _opened(request.actor, household_for(request.actor, pk))
    members = members_of(request.actor, found)
    here = [member for member in members if member.to_on is None]
    seen = [member.person for member in members if getattr(member, "is_open", False)]
    note_reads(by=request.actor, people=seen, what="household")
    is_open = bool(vars(found)["is_open"])
    what = {
        "household": found,
        "name": name_of(found, is_open),
        "is_open": is_open,
        "money_open": vars(found)["money_open"],
        "here": here,
        "gone": [member for member in members if member.to_on is not None],
        "family": family_picture(members, found.head, today()),
        "earlier": earlier_facts(found) if is_open else [],
        "finding": find(request, [member.person_id for member in here]),
        "form": KinForm(),
        "nav": "people",
    }
    return render(request, "staff/people/household.html", what)


@page(STAFF)
@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    """Write what the household has and needs."""
    found = household_for(request.actor, pk)
    person_for(request.actor, found.head_id, Section.SENSITIVE)
    now = {name: getattr(found, name) for name in HOUSEHOLD_FACTS}
    form, seen, clash = HouseholdForm(request.POST or None, initial=now), request.POST.get("seen", sealed(now)), None
    if request.method == "POST" and form.is_valid():
        facts = settled(request.POST, form.cleaned_data, now)
        try:
            correct_household(by=request.actor, household=found, facts=facts, seen=opened(seen))
        except ChangedMeanwhile as since:
            found.refresh_from_db()
            now = {name: getattr(found, name) for name in HOUSEHOLD_FACTS}
            clash, seen = household_clash(found, form, since), sealed(now)
            form = HouseholdForm(facts | {name: now[name] for name in since.theirs})
        else:
            messages.success(request, _("What is known about the household is written down."))
            return redirect("household", pk=pk)
    what = {"household": found, "name": name_of(found, True), "form": form, "seen": seen, "clash": clash}
    status = 422 if form.errors or clash else 200
    return render(request, "staff/people/household_form.html", what | {"nav": "people"}, status=status)


def household_clash(found: Household, form: HouseholdForm, since: ChangedMeanwhile) -> Clash:
    """Both versions of a household: as it is now and as it was typed."""
    versions = [
        Version(name, label, _written(form.cleaned_data[name]), _written(getattr(found, name)), name in TEXTS, MINE)
        for name in sorted(since.both)
        if (label := form.fields[name].label or name)
    ]
    return clash_of(found, versions, [form.fields[name].label or name for name in sorted(since.theirs)])


def _written(value: object) -> str:
    return "" if value is None else str(value)


@page(STAFF)
@require_POST
def move(request: StaffRequest, pk: int) -> HttpResponse:
    """The family lives somewhere else from a day on."""
    found = _opened(request.actor, household_for(request.actor, pk))
    form = DayForm(request.POST)
    if not form.is_valid():
        not_understood(request)
        return redirect("household", pk=pk)
    address = request.POST.get("address", "").strip()[:200]
    try:
        moved = move_household(by=request.actor, household=found, address=address, on=form.day())
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        words = {"address": address, "n": len(moved)}
        messages.success(
            request, _("They live at %(address)s now, %(n)s people; the earlier home stays in the history.") % words
        )
    return redirect("household", pk=pk)


@page(STAFF)
@require_POST
def join(request: StaffRequest, pk: int) -> HttpResponse:
    """Someone lives in the household from a day on."""
    found = _opened(request.actor, household_for(request.actor, pk))
    form = KinForm(request.POST)
    if not form.is_valid():
        not_understood(request)
        return redirect("household", pk=pk)
    person, relation = chosen(request.actor, form), Relation(form.cleaned_data["relation"])
    try:
        add_to_household(by=request.actor, household=found, person=person, relation=relation, on=form.day())
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("%(name)s belongs to the household.") % {"name": person})
    return redirect("household", pk=pk)


@page(STAFF)
@require_POST
def leave(request: StaffRequest, pk: int, member: int) -> HttpResponse:
    """Someone moved out; the household keeps them in its history."""
    found = _opened(request.actor, household_for(request.actor, pk))
    row = found.members.filter(pk=member, to_on__isnull=True).select_related("person").first()
    if row is None:
        raise Http404
    person_for(request.actor, row.person_id)
    form = DayForm(request.POST)
    if not form.is_valid():
        not_understood(request)
        return redirect("household", pk=pk)
    try:
        leave_household(by=request.actor, member=row, on=form.day())
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("%(name)s stays in the history of the household.") % {"name": row.person})
    return redirect("household", pk=pk)
