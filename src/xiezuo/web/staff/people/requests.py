"""What people asked about their data: the list with its clock, and one request with what can be done for it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from xiezuo.common.days import now, today
from xiezuo.common.errors import RuleBroken
from xiezuo.exchange.own_copy import copy_file
from xiezuo.orgs.queries import house_full_name
from xiezuo.people.access import people_for
from xiezuo.people.actions import answer_request, ask_deletion, hand_over_and_propose, note_read, restrict
from xiezuo.people.members import complaints_for, data_request_for, data_requests_for, must_answer_requests, reader_of
from xiezuo.people.models import DataRequest
from xiezuo.people.rights import restricted_on
from xiezuo.people.vocab import DataRequestKind, RequestState
from xiezuo.service.own_record import held_by_rule
from xiezuo.web.base.nav import answering
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.shapes import Tab
from xiezuo.web.member.record import told

K = DataRequestKind
NEXT: dict[DataRequestKind, Promise] = {
    K.VIEW: gettext_lazy("Make a link with them, or print what is recorded and go through it together."),
    K.COPY: gettext_lazy("Give them the file or the paper below. It holds nothing about anybody else."),
    K.CORRECT: gettext_lazy("Correct it on the person's record; then answer here."),
    K.COMPLETE: gettext_lazy("Add it on the person's record; then answer here."),
    K.DELETE: gettext_lazy(
        "Hand it over: two people look before anything is destroyed, and what a rule keeps is only stored."
    ),
    K.RESTRICT: gettext_lazy("Let the record rest. It can be read where a law asks for it, and is used for nothing."),
    K.MOVE: gettext_lazy(
        "Ask for a consent to pass it on, agree with the other organisation, and give them the file below."
    ),
    K.CLOSE: gettext_lazy("End what runs, then hand it over. The answer is due sooner than for other requests."),
    K.EXPLAIN: gettext_lazy("Explain it in person where you can; write below what you said."),
}
ANSWERS = (RequestState.DONE, RequestState.PARTLY, RequestState.REFUSED)
A_PAGE = 60


class AnswerForm(forms.Form):
    """Done, partly or refused; the last two with their reason, which the person reads."""

    state = forms.ChoiceField(
        label=gettext_lazy("Answer"), choices=[(s, s.label) for s in ANSWERS], widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason, in words the person understands"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )


def tabs_of(request: StaffRequest, current: str) -> list[Tab]:
    """Requests that wait, those answered, and complaints where the actor reads any."""
    url = reverse("data_requests")
    waiting = data_requests_for(request.actor).exclude(state__in=ANSWERS).count()
    complaints = complaints_for(request.actor).filter(told_on__isnull=True).count()
    return [
        Tab(_("Waiting %(n)s") % {"n": waiting}, url, current == "waiting"),
        Tab(_("Answered"), f"{url}?state=answered", current == "answered"),
        Tab(_("Complaints %(n)s") % {"n": complaints}, reverse("complaints"), current == "complaints"),
    ]


@page(STAFF)
@require_GET
def requests(request: StaffRequest) -> HttpResponse:
    """What waits for an answer, the most pressing first; and what was answered."""
    answered = request.GET.get("state") == "answered"
    rows = data_requests_for(request.actor)
    shown = (
        rows.filter(state__in=ANSWERS).order_by("-closed_on", "-id") if answered else rows.exclude(state__in=ANSWERS)
    )
    what = {
        "rows": shown[:A_PAGE],
        "answered": answered,
        "tabs": tabs_of(request, "answered" if answered else "waiting"),
        "today": today(),
        "may_answer": answering(request.actor),
        "nav": "data_requests" if answering(request.actor) else "people",
    }
    return render(request, "staff/people/requests.html", what)


def _opened(request: StaffRequest, pk: int, what: str = "requests") -> DataRequest:
    """The request; that the actor looked at it is in the person's log."""
    row = data_request_for(request.actor, pk)
    note_read(by=request.actor, person=row.subject, what=what)
    return row


def _facts(request: StaffRequest, row: DataRequest) -> dict[str, Any]:
    return {
        "row": row,
        "today": today(),
        "next_words": NEXT[DataRequestKind(row.kind)],
        "held": held_by_rule(row.subject, today()) if row.kind in {K.DELETE, K.CLOSE} else [],
        "rests": restricted_on(row.subject, today()),
        "open_to_me": people_for(request.actor).filter(pk=row.subject_id).exists(),
        "may_answer": answering(request.actor),
        "house_full_name": house_full_name(),
        "nav": "data_requests" if answering(request.actor) else "people",
    }


@page(STAFF)
@require_GET
def request_page(request: StaffRequest, pk: int) -> HttpResponse:
    """One request: who, what, by when, what to do; on paper it is the receipt."""
    row = _opened(request, pk)
    return render(request, "staff/people/request.html", _facts(request, row) | {"form": AnswerForm()})


@page(STAFF)
@require_POST
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Done, partly or refused."""
    row = _opened(request, pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            state = RequestState(given["state"])
            answer_request(by=request.actor, request=row, state=state, reason=given["reason"], on=today())
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Answered. The person reads it on their own side; tell them all the same."))
            return redirect("data_request", pk=pk)
    return render(request, "staff/people/request.html", _facts(request, row) | {"form": form}, status=422)


@page(STAFF)
@require_POST
def let_rest(request: StaffRequest, pk: int) -> HttpResponse:
    """The record rests, as asked."""
    row = _opened(request, pk)
    restrict(by=request.actor, person=row.subject, why=row.scope, on=today(), request=row)
    messages.success(request, _("The record rests from today on."))
    return redirect("data_request", pk=pk)


@page(STAFF)
@require_POST
def hand_over(request: StaffRequest, pk: int) -> HttpResponse:
    """To those who destroy; a data steward proposes it in the same step."""
    row = _opened(request, pk)
    if not request.actor.keeps_data:
        ask_deletion(by=request.actor, request=row)
        messages.success(request, _("Handed over. The clock runs on; answer the person when it is done."))
        return redirect("data_request", pk=pk)
    try:
        proposed = hand_over_and_propose(by=request.actor, request=row, on=today())
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
        return redirect("data_request", pk=pk)
    messages.success(request, _("Proposed. Two others approve it; the clock runs on."))
    return redirect("destruction", pk=proposed.pk)


@page(STAFF)
@require_GET
def copy(request: StaffRequest, pk: int) -> HttpResponse:
    """The same file that the person takes on their own side."""
    must_answer_requests(request.actor)
    row = _opened(request, pk, "own_copy")
    response = HttpResponse(copy_file(reader_of(row, now()), now()), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{row.subject.number}-{row.receipt_no}.zip"'
    response["Cache-Control"] = "no-store"
    return response


@page(STAFF)
@require_GET
def on_paper(request: StaffRequest, pk: int) -> HttpResponse:
    """The same page that the person reads on their own side, to be printed for them."""
    must_answer_requests(request.actor)
    row = _opened(request, pk, "own_copy")
    what = told(reader_of(row, now()), whole=True) | {"row": row, "house_full_name": house_full_name()}
    return render(request, "staff/people/own_record.html", what | {"nav": "data_requests"})
