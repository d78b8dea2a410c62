"""泄露: writing down that something went wrong, who still has to be told, the notice to people, and closing it (DAT-2)."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from xiezuo.common.days import local, now, today
from xiezuo.common.errors import RuleBroken
from xiezuo.exchange.access import exports_told_to, imports_told_to, people_exported, people_imported
from xiezuo.orgs.access import Actor
from xiezuo.orgs.queries import house_full_name
from xiezuo.people.actions import (
    close_breach,
    concerns,
    describe_breach,
    note_breach,
    people_meant,
    tell_authority,
    tell_of_breach,
)
from xiezuo.people.models import Breach
from xiezuo.people.owed import (
    answers_for_data,
    breach_for,
    breaches_for,
    duties_of,
    is_owed,
    kinds_of_data,
    telling_words,
    tellings_of,
    ways_to_tell,
)
from xiezuo.web.base.pages import STAFF, StaffRequest, page

MOMENT = {"type": "datetime-local"}
FORMAT = "%Y-%m-%dT%H:%M"


def _moment(label: Any, required: bool = True) -> forms.DateTimeField:
    return forms.DateTimeField(label=label, required=required, widget=forms.DateTimeInput(MOMENT, format=FORMAT))


class NoteForm(forms.Form):
    """What whoever finds it knows."""

    what = forms.CharField(label=gettext_lazy("What happened"), max_length=200)
    found_at = _moment(gettext_lazy("Found out on"))
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Which facts"), widget=forms.CheckboxSelectMultiple, required=False
    )
    cause = forms.CharField(label=gettext_lazy("How, as far as you know"), widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = list(kinds_of_data().items())  # type: ignore[attr-defined]


class DescribeForm(forms.Form):
    """What people and the authority have to know (PIPL 57)."""

    harm = forms.CharField(
        label=gettext_lazy("What harm may come of it"), required=False, widget=forms.Textarea({"rows": 2})
    )
    remedy = forms.CharField(
        label=gettext_lazy("What we did against it"), required=False, widget=forms.Textarea({"rows": 2})
    )
    remedied_at = _moment(gettext_lazy("Done on"), required=False)
    advice = forms.CharField(
        label=gettext_lazy("What people should do"), required=False, widget=forms.Textarea({"rows": 2})
    )
    contact = forms.CharField(label=gettext_lazy("Whom they can ask"), required=False, max_length=200)
    not_told_why = forms.CharField(
        label=gettext_lazy("Adults are not told, because"), required=False, widget=forms.Textarea({"rows": 2})
    )


class AuthorityForm(forms.Form):
    authority = forms.CharField(label=gettext_lazy("Which authority"), max_length=200)
    told_at = _moment(gettext_lazy("Told on"))


class ConcernsForm(forms.Form):
    export: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Everyone in this list that left"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("none"),
    )
    batch: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Everyone in this file that came in"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("none"),
    )
    names = forms.CharField(
        label=gettext_lazy("Numbers of files or whole names, one a line"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        written = exports_told_to(actor).filter(written_at__isnull=False)
        self.fields["export"].queryset = written  # type: ignore[attr-defined]
        self.fields["batch"].queryset = imports_told_to(actor)  # type: ignore[attr-defined]


@page(STAFF)
@require_GET
def breaches(request: StaffRequest) -> HttpResponse:
    """What went wrong: everything for whoever answers for data, for others what they reported."""
    actor = request.actor
    what = {"rows": breaches_for(actor), "answers": answers_for_data(actor), "nav": "more"}
    return render(request, "staff/people/breaches.html", what)


@page(STAFF)
@require_http_methods(["GET", "POST"])
def note(request: StaffRequest) -> HttpResponse:
    """Whoever finds that something went wrong writes it down here, at once."""
    form = NoteForm(request.POST or None, initial={"found_at": local(now())})
    if request.method == "POST" and form.is_valid():
        try:
            breach = note_breach(by=request.actor, at=now(), **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(
                request, _("It is written down. Whoever answers for data goes on from here; tell them now, too.")
            )
            return redirect("breach", pk=breach.pk) if answers_for_data(request.actor) else redirect("breaches")
    return render(
        request, "staff/people/breach_form.html", {"form": form, "nav": "more"}, status=422 if form.errors else 200
    )


@page(STAFF)
@require_http_methods(["GET", "POST"])
def breach(request: StaffRequest, pk: int) -> HttpResponse:
    """One breach: what is owed until when, who is still to be told, and the forms to write it down."""
    found = breach_for(request.actor, pk)
    if request.method == "POST":
        return _changed(request, found)
    return _page(request, found)


def _page(request: StaffRequest, found: Breach, **filled: forms.Form) -> HttpResponse:
    actor = request.actor
    rows = tellings_of(actor, found)
    told = {
        "harm": found.harm,
        "remedy": found.remedy,
        "remedied_at": local(found.remedied_at) if found.remedied_at else None,
        "advice": found.advice,
        "contact": found.contact,
        "not_told_why": found.not_told_why,
    }
    kinds, ways = kinds_of_data(), ways_to_tell()
    what = {
        "breach": found,
        "kinds": [kinds.get(kind, kind) for kind in found.kinds],
        "duties": [(duty, duty.is_late(now())) for duty in duties_of(found, rows)],
        "owed": [(one, telling_words(one)) for one in rows if is_owed(found, one)],
        "told": [(one, telling_words(one), ways.get(one.way, one.way)) for one in rows if one.told_at],
        "people": len({one.person_id for one in rows}),
        "minors": len({one.person_id for one in rows if one.minor}),
        "ways": ways.items(),
        "describe": filled.get("describe") or DescribeForm(initial=told),
        "tell": filled.get("authority") or AuthorityForm(initial={"told_at": local(now())}),
        "whom": filled.get("concerns") or ConcernsForm(actor=actor),
        "nav": "data",
    }
    return render(request, "staff/people/breach.html", what, status=422 if filled else 200)


def _changed(request: StaffRequest, found: Breach) -> HttpResponse:
    """What was pressed on the page of a breach."""
    did, actor = request.POST.get("do", ""), request.actor
    form: forms.Form | None = None
    try:
        if did == "describe":
            form = DescribeForm(request.POST)
            if form.is_valid():
                given = dict(form.cleaned_data)
                describe_breach(by=actor, breach=found, remedied_at=given.pop("remedied_at"), words=given)
        elif did == "authority":
            form = AuthorityForm(request.POST)
            if form.is_valid():
                told_at: datetime = form.cleaned_data["told_at"]
                tell_authority(by=actor, breach=found, authority=form.cleaned_data["authority"], at=told_at)
        elif did == "concerns":
            form = ConcernsForm(request.POST, actor=actor)
            if form.is_valid():
                _concern(request, found, form.cleaned_data)
        elif did == "told":
            chosen = [int(pk) for pk in request.POST.getlist("telling") if pk.isdecimal() and len(pk) < 10]
            if "everyone" in request.POST:
                chosen = [one.pk for one in tellings_of(actor, found) if is_owed(found, one)]
            n = tell_of_breach(by=actor, breach=found, tellings=chosen, way=request.POST.get("way", ""), at=now())
            messages.success(request, _("%(n)s are noted as told.") % {"n": n})
        elif did == "close":
            close_breach(by=actor, breach=found, at=now())
            messages.success(request, _("Closed. What was done stays written down."))
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    if form is not None and form.errors:
        return _page(request, found, **{did: form})
    return redirect("breach", pk=found.pk)


def _concern(request: StaffRequest, found: Breach, given: dict[str, Any]) -> None:
    ids, unclear = people_meant(request.actor, given["names"])
    if given["export"] is not None:
        ids += people_exported(request.actor, given["export"])
    if given["batch"] is not None:
        ids += people_imported(request.actor, given["batch"])
    n = concerns(by=request.actor, breach=found, people=ids, on=today())
    messages.success(request, _("%(n)s people were added.") % {"n": n})
    if unclear:
        words = _("Nobody, or several, are called so: %(lines)s. Write the number of the file.")
        messages.warning(request, words % {"lines": "; ".join(unclear)})


@page(STAFF)
@require_GET
def notice(request: StaffRequest, pk: int) -> HttpResponse:
    """What people get to read, in plain words, on one sheet of paper."""
    found = breach_for(request.actor, pk)
    kinds = kinds_of_data()
    what = {
        "breach": found,
        "kinds": [kinds.get(kind, kind) for kind in found.kinds],
        "organisation": house_full_name(),
        "missing": not (found.harm and found.remedy and found.advice and found.contact),
        "nav": "more",
    }
    return render(request, "staff/people/breach_notice.html", what)
