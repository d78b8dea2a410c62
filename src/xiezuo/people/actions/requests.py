"""What people ask about their own data: written down with a clock, and answered (F04, DAT-1, DAT-7)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_work_with
from xiezuo.people.actions.ending import propose_erasing
from xiezuo.people.members import Member, must_answer_requests
from xiezuo.people.models import DataRequest, Destruction, Person, Restriction
from xiezuo.people.rights import answer_due
from xiezuo.people.vocab import DataRequestKind, RequestState, Section

ANSWERS = (RequestState.DONE, RequestState.PARTLY, RequestState.REFUSED)
ENDING = (DataRequestKind.DELETE, DataRequestKind.CLOSE)


@transaction.atomic
def ask(*, member: Member, kind: DataRequestKind, scope: str, on: date) -> DataRequest:
    """Someone asks on their own page. How they were known is what the worker wrote when making the link."""
    row = _written(member.looker, member.subject, kind, scope, on, member.link.verified_by)
    row.save()
    happened("people.request.received", member.subject, by_id=None, request=row.pk, kind=kind)
    return row


@transaction.atomic
def receive_request(
    *, by: Actor, requester: Person, subject: Person, kind: DataRequestKind, scope: str, verified_by: str, on: date
) -> DataRequest:
    """A worker writes down at the desk what someone asks, received on `on`."""
    must_work_with(by, subject, section=Section.CONSENT)
    row = _written(requester, subject, kind, scope, on, verified_by)
    row.received_by = by.user
    row.save()
    happened("people.request.received", subject, by_id=by.id, request=row.pk, kind=kind)
    return row


def _written(
    requester: Person, subject: Person, kind: DataRequestKind, scope: str, on: date, verified_by: str
) -> DataRequest:
    if not scope.strip():
        raise RuleBroken(
            "people.request_says_nothing", _("Write what it is about; a few words are enough."), field="scope"
        )
    if not tidy(verified_by):
        raise RuleBroken("people.link_not_verified", _("Write how you know who they are."), field="verified_by")
    return DataRequest(
        requester=requester,
        subject=subject,
        kind=kind,
        scope=scope.strip(),
        received_on=on,
        due_on=answer_due(kind, on),
        verified_by=tidy(verified_by),
    )


@transaction.atomic
def answer_request(*, by: Actor, request: DataRequest, state: RequestState, reason: str, on: date) -> DataRequest:
    """Done, partly done or refused; whoever does not get all of it is told why (PIPL 50)."""
    must_answer_requests(by)
    if state not in ANSWERS:
        raise RuleBroken("people.request_needs_an_answer", _("Choose how it was answered."), field="state")
    if state != RequestState.DONE and not reason.strip():
        raise RuleBroken("people.refusal_needs_a_reason", _("Write the reason; the person reads it."), field="reason")
    row = _open_one(request)
    row.state, row.reason, row.closed_on, row.closed_by = state, reason.strip(), on, by.user
    row.save()
    happened("people.request.answered", row.subject, by_id=by.id, request=row.pk, state=state)
    return row


def _open_one(request: DataRequest) -> DataRequest:
    """The request, held. Raises RuleBroken for one that was answered already."""
    row = DataRequest.objects.select_for_update().get(pk=request.pk)
    if row.is_answered:
        raise RuleBroken(
            "people.request_answered", _("This request was answered already; a new one can be written down.")
        )
    return row


@transaction.atomic
def ask_deletion(*, by: Actor, request: DataRequest) -> DataRequest:
    """Hand a request to delete over to those who destroy: two people look, and what a law keeps is only stored."""
    must_answer_requests(by)
    row = _open_one(request)
    if row.kind not in ENDING:
        raise RuleBroken("people.not_about_deleting", _("This request does not ask that anything be deleted."))
    row.state = RequestState.WAITING
    row.save(update_fields=["state"])
    happened("people.request.handed_over", row.subject, by_id=by.id, request=row.pk)
    return row


@transaction.atomic
def hand_over_and_propose(*, by: Actor, request: DataRequest, on: date) -> Destruction:
    """The data steward hands the request over and proposes the destruction. Raises RuleBroken, and leaves the request as
    it is, where a law keeps the record longer or a hold stops it."""
    row = ask_deletion(by=by, request=request)
    appraisal = str(_("Asked for by request %(number)s.") % {"number": row.receipt_no})
    return propose_erasing(by=by, person=row.subject, appraisal=appraisal, on=on)


@transaction.atomic
def restrict(*, by: Actor, person: Person, why: str, on: date, request: DataRequest | None = None) -> Restriction:
    """From `on` the record rests: read for a duty by law, used for nothing else. Twice is once."""
    must_answer_requests(by)
    if not tidy(why):
        raise RuleBroken("people.restriction_says_nothing", _("Write why the record rests."), field="why")
    row, new = Restriction.objects.get_or_create(
        person=person,
        to_on=None,
        defaults={"why": tidy(why)[:200], "from_on": on, "request": request, "made_by": by.user},
    )
    if new:
        happened("people.restriction.began", person, by_id=by.id, request=request.pk if request else None)
    return row


@transaction.atomic
def end_restriction(*, by: Actor, restriction: Restriction, on: date) -> Restriction:
    """The record is used again from `on`: the person agreed, or what it waited for is settled."""
    must_answer_requests(by)
    restriction.to_on = max(on, restriction.from_on)
    restriction.save(update_fields=["to_on"])
    happened("people.restriction.ended", restriction.person, by_id=by.id)
    return restriction
