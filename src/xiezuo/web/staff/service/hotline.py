"""热线: a call is written down while one talks, passed to a colleague, and stays on the list until someone is done with it."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiezuo.common.days import local, now, today
from xiezuo.common.errors import RuleBroken
from xiezuo.forms.filling import Typed
from xiezuo.orgs.access import Actor, colleagues_for, sites_for
from xiezuo.orgs.models import Site, User
from xiezuo.people.access import must_do_casework, person_for
from xiezuo.people.actions import note_read
from xiezuo.people.models import Person
from xiezuo.service.access.enquiries import call_for, calls_for
from xiezuo.service.actions.calls import CallFacts, finish_call, take_call
from xiezuo.service.filling.at_risk import says_risk
from xiezuo.service.filling.contents import answers_of
from xiezuo.service.models import HotlineCall
from xiezuo.service.queries import last_place
from xiezuo.service.vocab import Triage
from xiezuo.web.base.drafting import posted_key
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.service.beginning import ABOUT, GOES_ON, begun
from xiezuo.web.staff.service.risk.forms import LESS, labels, moment

LATELY = 20


class CallForm(forms.Form):
    """What is asked while one talks; what comes later stands below."""

    triage = forms.ChoiceField(label=gettext_lazy("How soon"), choices=Triage.choices, widget=forms.RadioSelect)
    problem = forms.ChoiceField(label=gettext_lazy("What is it about?"), widget=forms.RadioSelect)
    caller = forms.CharField(label=gettext_lazy("Who calls"), required=False, max_length=60)
    phone = forms.CharField(label=gettext_lazy("Number to call back"), required=False, max_length=40)
    story = forms.CharField(label=gettext_lazy("What they tell"), required=False, widget=LESS)
    action = forms.CharField(label=gettext_lazy("What you said or did"), required=False, widget=LESS)
    dispatched_to: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label=gettext_lazy("Passed to"),
        queryset=None,
        required=False,
        empty_label=pgettext_lazy("a call is passed to", "nobody"),
    )
    due_on = forms.DateField(
        label=pgettext_lazy("a call passed on", "By when"),
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )
    done = forms.BooleanField(label=gettext_lazy("Nothing is left to do"), required=False)
    direction = forms.ChoiceField(label=gettext_lazy("Direction"), widget=forms.RadioSelect, initial="inbound")
    at = moment(gettext_lazy("When the call came"))
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=0, max_value=1440, required=False)
    site: forms.ModelChoiceField[Site] = forms.ModelChoiceField(
        label=gettext_lazy("Site"), queryset=None, required=False, empty_label=gettext_lazy("no site")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        last = last_place(actor)
        kwargs["initial"] = {"at": local(now()), "due_on": today(), "site": last.site_id if last else None}
        super().__init__(*args, **kwargs)
        for name, code_list in (("problem", "call_problem"), ("direction", "direction")):
            self.fields[name].choices = labels(code_list)  # type: ignore[attr-defined]
        self.fields["dispatched_to"].queryset = colleagues_for(actor)  # type: ignore[attr-defined]
        self.fields["site"].queryset = sites_for(actor)  # type: ignore[attr-defined]

    def facts(self, person: Person | None) -> CallFacts:
        said = self.cleaned_data
        due_on = said["due_on"] if said["dispatched_to"] and not said["done"] else None
        more = {"triage": Triage(said["triage"]), "minutes": said["minutes"] or 0, "due_on": due_on}
        return CallFacts(**{**said, **more}, person=person)


def _person(request: StaffRequest) -> Person | None:
    asked = request.POST.get("person") or request.GET.get("person", "")
    return person_for(request.actor, int(asked)) if asked.isdecimal() and len(asked) < 16 else None


@page(STAFF)
@require_GET
def calls(request: StaffRequest) -> HttpResponse:
    """Open calls, the most urgent first; those done lately below."""
    must_do_casework(request.actor)
    problems = dict(labels("call_problem"))
    what = {
        "open": [(call, problems.get(call.problem, "")) for call in calls_for(request.actor)],
        "done": [(call, problems.get(call.problem, "")) for call in calls_for(request.actor, done=True)[:LATELY]],
        "today": today(),
        "nav": "checkin",
    }
    return render(request, "staff/service/hotline/calls.html", what)


@page(STAFF)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def take(request: StaffRequest) -> HttpResponse:
    """Write a call down; `person` where the caller is known. A red one leads on to saying that someone is at risk."""
    must_do_casework(request.actor)
    person = _person(request)
    form = CallForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        key = posted_key(request) or uuid.uuid4()
        try:
            call = take_call(by=request.actor, facts=form.facts(person), on=today(), key=key)
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The call is written down."))
            return redirect("hotline_call", pk=call.pk)
    what = {"form": form, "person": person, "nav": "checkin"}
    return render(request, "staff/service/hotline/take.html", what, status=422 if form.errors else 200)


@page(STAFF)
@require_GET
def call(request: StaffRequest, pk: int) -> HttpResponse:
    row = call_for(request.actor, pk)
    if row.filled.person is not None:
        note_read(by=request.actor, person=row.filled.person, what="form")
    _form, answers = answers_of(request.actor, row.filled)
    what = {
        "call": row,
        "answers": answers,
        "problem": dict(labels("call_problem")).get(row.problem, ""),
        "person": row.person,
        "at_risk": says_risk("hotline_call", {"triage": row.triage, "problem": row.problem}),
        "late": bool(row.due_on and row.done_at is None and row.due_on < today()),
        "nav": "checkin",
    }
    return render(request, "staff/service/hotline/call.html", what)


@page(STAFF)
@require_POST
def finish(request: StaffRequest, pk: int) -> HttpResponse:
    finish_call(by=request.actor, call=call_for(request.actor, pk), at=now())
    messages.success(request, _("Nothing is left to do with this call."))
    return redirect("today" if request.POST.get("from") == "today" else "hotline_calls")


@page(STAFF)
@require_POST
def goes_on(request: StaffRequest, pk: int, form: str) -> HttpResponse:
    """The call becomes an enquiry or an intake; what was told stands there already."""
    row = call_for(request.actor, pk)
    _form, answers = answers_of(request.actor, row.filled)
    return redirect(begun(request.actor, form, _carried(row, answers, form), str(row.person or "")))


def _carried(row: HotlineCall, answers: dict[str, Any], form: str) -> Typed:
    story = str(answers.get("story") or "")
    known: Typed = {
        ABOUT: [str(row.person_id or "")],
        "site": [str(row.site_id or "")],
        GOES_ON: [str(row.filled_id)],
    }
    if form == "intake":
        told: Typed = {"problem": [story], "own_words": [story], "source": ["hotline"]}
        return known | told | {"service_date": [today().isoformat()]}
    caller = str(answers.get("caller") or row.person or "")
    return known | {"visitor": [caller], "channel": ["phone"], "question": [story]}
