"""孩子离开: one tap where somebody of the list has come; everything else is asked and written down (CHD-6)."""

from datetime import time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from xiezuo.common.days import local, now, today
from xiezuo.common.errors import RuleBroken
from xiezuo.forms.rules import rule
from xiezuo.forms.vocab import RuleAct
from xiezuo.orgs.access import sites_for
from xiezuo.people.access import must_do_casework, must_open, sections_for
from xiezuo.people.actions import note_read, note_reads
from xiezuo.people.vocab import Relation, Section
from xiezuo.service.access.leaving import attendance_for, children_at, turned_away_from
from xiezuo.service.actions.leaving import Going, let_go, turn_away, whom_to_phone
from xiezuo.service.leaving import AtTheDoor, at_the_door, closes_at, in_and_out, is_closing_time
from xiezuo.service.models import ChildAttendance
from xiezuo.service.vocab import LeftWith
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.service.checkin import site_at_desk

CLOCK = forms.TimeInput({"type": "time"}, format="%H:%M")
TO_A_CHILD = (Relation.PARENT, Relation.GRANDPARENT, Relation.SIBLING, Relation.CARER, Relation.OTHER)
RELATIONS = [(one, one.label) for one in TO_A_CHILD]
READ = "leaving"  # what the log says was opened


def clock_now() -> time:
    return local(now()).time().replace(second=0, microsecond=0)


class PhoneForm(forms.Form):
    """A guardian agreed by phone: whom one spoke to, when, who takes the child, and what was said."""

    guardian = forms.TypedChoiceField(
        label=gettext_lazy("Whom did you speak with?"), coerce=int, widget=forms.RadioSelect
    )
    phoned_at = forms.TimeField(label=gettext_lazy("When you spoke"), required=False, widget=CLOCK)
    name = forms.CharField(label=gettext_lazy("Who takes the child home"), required=False, max_length=60)
    relation = forms.ChoiceField(label=gettext_lazy("Relation"), choices=RELATIONS, initial=Relation.OTHER)
    words = forms.CharField(
        label=gettext_lazy("What the guardian said"), required=False, widget=forms.Textarea({"rows": 2})
    )
    at = forms.TimeField(label=pgettext_lazy("a child", "Left at"), widget=CLOCK)

    def __init__(self, *args: Any, door: AtTheDoor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(one.pk, f"{one} {one.phone}".strip()) for one in door.guardians]
        self.fields["guardian"].choices = told  # type: ignore[attr-defined]
        if len(told) == 1:
            self.fields["guardian"].initial = told[0][0]


@page(STAFF)
@require_GET
def children(request: StaffRequest) -> HttpResponse:
    """The children of a site who are there today, each with a button for everyone who may take them home."""
    must_do_casework(request.actor)
    sites = sites_for(request.actor).filter(closed_on__isnull=True)
    site = site_at_desk(request, sites)
    if site is None:
        return render(request, "staff/service/checkin_no_site.html", {"nav": "checkin"})
    rows = children_at(request.actor, site, today())
    there = [row for row in rows if row.is_there]
    note_reads(by=request.actor, people=[row.child for row in there], what=READ)
    what = {
        "sites": sites,
        "site": site,
        "doors": at_the_door(there),
        "left": [row for row in rows if not row.is_there],
        "children": in_and_out(site, today()),
        "late": is_closing_time(today(), today(), clock_now()),
        "closes_at": closes_at(),
        "nav": "checkin",
    }
    return render(request, "staff/service/leaving/children.html", what)


@page(STAFF)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def child(request: StaffRequest, pk: int) -> HttpResponse:
    """One child who is there: who may take them, who asked in vain, and what a guardian says on the phone.

    When they have left, it is read like a service: on that day by whoever works there, without the words of a call.
    """
    row = attendance_for(request.actor, pk)
    if not row.is_there and row.on < today():
        must_open(request.actor, row.child, Section.SERVICES)
    door = at_the_door([row])[0]
    if request.method == "POST":
        return _sent(request, row, door)
    note_read(by=request.actor, person=row.child, what=READ)
    return _shown(request, row, door)


def _shown(request: StaffRequest, row: ChildAttendance, door: AtTheDoor, form: PhoneForm | None = None) -> HttpResponse:
    away = turned_away_from(request.actor, row)
    earlier = row.on < today()
    if form is None:
        clock = None if earlier else clock_now()
        known = {"name": away[-1].name if away else "", "phoned_at": clock, "at": clock}
        form = PhoneForm(door=door, initial=known)
    what = {
        "row": row,
        "words": row.words if Section.SERVICES in sections_for(request.actor, row.child) else "",
        "door": door,
        "away": away,
        "phone": whom_to_phone(door),
        "form": form,
        "earlier": earlier,
        "only_warns": rule("CHD-6", row.on).act != RuleAct.REFUSE,
        "nav": "checkin",
    }
    return render(request, "staff/service/leaving/child.html", what, status=422 if form.errors else 200)


def _sent(request: StaffRequest, row: ChildAttendance, door: AtTheDoor) -> HttpResponse:
    if request.POST.get("asks") is not None:
        return _asked_for(request, row, door)
    if request.POST.get("tap"):
        return _tapped(request, row)
    form = PhoneForm(request.POST, door=door)
    if not form.is_valid():
        return _shown(request, row, door, form)
    try:
        gone = let_go(by=request.actor, row=row, facts=Going(how=LeftWith.PHONE, **form.cleaned_data), on=today())
    except RuleBroken as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _shown(request, row, door, form)
    return _gone(request, gone)


def _asked_for(request: StaffRequest, row: ChildAttendance, door: AtTheDoor) -> HttpResponse:
    """Somebody gives a name: on the list, or refused and written down."""
    name = request.POST.get("asks", "")
    try:
        away = turn_away(by=request.actor, row=row, name=name, at=clock_now(), on=today())
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        if away is None:
            messages.success(
                request, _("%(name)s is listed. Press the name when they take the child.") % {"name": name}
            )
    return redirect("child_leaving", pk=row.pk)


def _tapped(request: StaffRequest, row: ChildAttendance) -> HttpResponse:
    tapped, _dash, pk = request.POST["tap"].partition("-")
    number = int(pk) if pk.isdecimal() and len(pk) < 16 else None
    how = LeftWith(tapped) if tapped in LeftWith.values else LeftWith.UNLISTED
    try:
        facts = Going(
            how=how,
            at=(row.in_at or clock_now()) if how == LeftWith.NOT_HERE else _left_at(request, row),
            collector=number,
            guardian=number,
            name=request.POST.get("name", ""),
            words=request.POST.get("why", ""),
        )
        gone = let_go(by=request.actor, row=row, facts=facts, on=today())
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
        return redirect("child_leaving", pk=row.pk)
    return _gone(request, gone)


def _left_at(request: StaffRequest, row: ChildAttendance) -> time:
    """Now; of an earlier day the time that was typed."""
    typed = request.POST.get("at", "")
    if typed:
        try:
            return time.fromisoformat(typed)
        except ValueError:
            pass
    if row.on < today():
        raise RuleBroken("service.child_left_at", _("Write at what time the child left."), field="at")
    return clock_now()


def _gone(request: StaffRequest, row: ChildAttendance) -> HttpResponse:
    told = {"child": row.child, "who": row.collected_by, "time": row.out_at.strftime("%H:%M") if row.out_at else ""}
    words = (
        _("%(child)s left at %(time)s with %(who)s.") if row.collected_by else _("%(child)s left alone at %(time)s.")
    )
    if row.left_with == LeftWith.NOT_HERE:
        words = _("%(child)s was not here: written down. Take them off the record of the day as well.")
    messages.success(request, words % told)
    if row.on < today():
        return redirect("site_day", pk=row.site_id, on=row.on)
    return redirect(f"{reverse('children_leaving')}?site={row.site_id}")
