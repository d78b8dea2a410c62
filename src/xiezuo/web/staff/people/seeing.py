"""查阅: asking for someone's file, answering, opening it in an emergency, and looking at that afterwards."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiezuo.common.days import local, now, today
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.orgs.access import Actor
from xiezuo.people.access import (
    access_request_for,
    access_requests_for,
    among,
    may_ask,
    own_access_requests,
    people_for,
    sections_for,
)
from xiezuo.people.actions import (
    ask_access,
    decide_access,
    end_access,
    open_in_emergency,
    review_emergency,
)
from xiezuo.people.models import AccessRequest, Person
from xiezuo.people.queries import responsible_for
from xiezuo.people.sections import rules
from xiezuo.people.vocab import AccessKind, AccessState
from xiezuo.web.base.pages import STAFF, StaffRequest, page

ANSWERED = 50
DAY, WEEK = "day", "week"
FOR_HOW_LONG = [(DAY, gettext_lazy("until the end of today")), (WEEK, gettext_lazy("for a week"))]


class AskForm(forms.Form):
    """What it is needed for, and until when: one of two usual spans, or a moment."""

    why = forms.CharField(label=gettext_lazy("What you need to know it for"), widget=forms.Textarea({"rows": 3}))
    span = forms.ChoiceField(
        label=gettext_lazy("For how long"), choices=FOR_HOW_LONG, required=False, widget=forms.RadioSelect
    )
    until = forms.DateTimeField(
        label=gettext_lazy("or until"), required=False, widget=forms.DateTimeInput({"type": "datetime-local"})
    )

    def moment(self) -> datetime:
        """The end of the span that was chosen; a moment that was written goes before it."""
        if written := self.cleaned_data.get("until"):
            return written
        day = today() + timedelta(days=7 if self.cleaned_data.get("span") == WEEK else 1)
        return timezone.make_aware(datetime.combine(day, time(0, 0)))


def _known(actor: Actor, pk: int) -> Person | None:
    """The person, where the actor may know them; the page is the same for whoever they may not, and for nobody."""
    return people_for(actor).filter(pk=pk).first()


@page(STAFF)
@require_http_methods(["GET", "POST"])
def ask(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask for the file of a person; or, in danger, open it at once."""
    actor = request.actor
    if not may_ask(actor):
        raise NotAllowed(_("Your role never reads the files of people. A supervisor or the director decides who does."))
    person = _known(actor, pk)
    form = AskForm(request.POST or None, initial={"span": DAY})
    if request.method == "POST" and form.is_valid():
        try:
            return _asked(request, pk, form)
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    what = {
        "person": person,
        "closed": sections_for(actor, person).closed if person else [],
        "responsible": responsible_for(person) if person else [],
        "form": form,
        "pk": pk,
        "hours": rules()["asking"]["emergency_hours"],
        "nav": "people",
    }
    return render(request, "staff/people/ask.html", what, status=422 if form.errors else 200)


def _asked(request: StaffRequest, pk: int, form: AskForm) -> HttpResponse:
    why, at = form.cleaned_data["why"], now()
    if request.POST.get("do") == "emergency":
        opened = open_in_emergency(by=request.actor, person=pk, why=why, at=at)
        words = _("Open for %(hours)s hours. Supervisors are told, and will look at it with you.")
        messages.success(request, words % {"hours": rules()["asking"]["emergency_hours"]})
        return redirect("person", pk=pk) if opened else redirect("access_requests")
    ask_access(by=request.actor, person=pk, why=why, until=form.moment(), at=at)
    words = _("Your request is with those who decide. If they open the file, it stands here.")
    messages.success(request, words)
    return redirect("access_requests")


def _waiting_words(asked: AccessRequest) -> str:
    """A state is a sentence: who has to do what next, and since when it waits."""
    hours = int((now() - asked.asked_at).total_seconds() // 3600)
    if hours < 1:
        return _("asked just now")
    return (
        _("waiting for %(hours)s hours") % {"hours": hours}
        if hours < 48
        else _("waiting for %(days)s days") % {"days": hours // 24}
    )


def _rows(requests: Any) -> list[dict[str, Any]]:
    return [
        {
            "request": one,
            "waits": _waiting_words(one),
            "in_force": one.state == AccessState.APPROVED and one.until > now(),
            "over": one.state == AccessState.APPROVED and one.until <= now(),
            "emergency": one.kind == AccessKind.EMERGENCY,
            "until": local(one.until),
        }
        for one in requests
    ]


@page(STAFF)
@require_GET
def requests(request: StaffRequest) -> HttpResponse:
    """What waits for the actor's answer, what they asked themselves, and what was answered lately."""
    actor = request.actor
    for_me = access_requests_for(actor)
    # About someone whom the actor may not know even a waiting request would tell that there is such a person.
    mine = own_access_requests(actor).filter(among(people_for(actor)))[:ANSWERED]
    what = {
        "waiting": _rows(for_me.filter(decided_at=None)),
        "answered": _rows(for_me.filter(decided_at__isnull=False)[:ANSWERED]),
        "mine": _rows(mine),
        "answers": actor.supervises or actor.directs,
        "nav": "more",
    }
    return render(request, "staff/people/access_requests.html", what)


@page(STAFF)
@require_POST
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Open, refuse, close early, or say what one found of an emergency."""
    asked, actor, words = access_request_for(request.actor, pk), request.actor, request.POST.get("words", "")
    did = request.POST.get("do", "")
    try:
        if did == "end":
            end_access(by=actor, request=asked, at=now())
            messages.success(request, _("The file is closed again."))
        elif asked.kind == AccessKind.EMERGENCY:
            review_emergency(by=actor, request=asked, fitting=did == "approve", words=words, at=now())
            messages.success(request, _("What you found is written down."))
        else:
            approved = did == "approve"
            decide_access(by=actor, request=asked, approved=approved, words=words, at=now())
            said = _("Open until the moment asked for.") if approved else _("Refused; your colleague sees why.")
            messages.success(request, said)
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    return redirect("access_requests")
