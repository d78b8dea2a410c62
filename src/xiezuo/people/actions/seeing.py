"""Asking to read someone's file, answering, opening it in an emergency, and looking at that afterwards."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.orgs.access import Actor
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.access import may_ask, must_decide_access, roles_to_look_as
from xiezuo.people.models import AccessRequest, Person
from xiezuo.people.sections import rules
from xiezuo.people.vocab import AccessKind, AccessState


def _must_be_one_who_asks(by: Actor) -> None:
    if not may_ask(by):
        raise NotAllowed(_("Your role never reads the files of people. A supervisor or the director decides who does."))


def _reason(why: str) -> str:
    if not (reason := tidy(why)):
        raise RuleBroken("people.access_needs_a_reason", _("Write what you need to know it for."), field="why")
    return reason


@transaction.atomic
def ask_access(*, by: Actor, person: int, why: str, until: datetime, at: datetime) -> AccessRequest | None:
    """Ask to read the file of the person with this id until a moment. None where there is no such person: whoever asks
    hears the same words, so that asking tells nothing."""
    _must_be_one_who_asks(by)
    reason, most = _reason(why), rules()["asking"]["most_days"]
    if not at < until <= at + timedelta(days=most):
        words = _("Say until when, within the next %(days)s days.")
        raise RuleBroken("people.access_needs_an_end", words % {"days": most}, field="until")
    found = Person.objects.filter(pk=person, merged_into__isnull=True, erased_on__isnull=True).first()
    if found is None:
        return None
    waiting = AccessRequest.objects.filter(asker=by.user, person=found, state=AccessState.ASKED).first()
    if waiting is not None:
        return waiting
    asked = AccessRequest.objects.create(asker=by.user, person=found, why=reason, until=until, asked_at=at)
    happened("people.access.asked", found, by_id=by.id, request=asked.pk, until=until.isoformat())
    return asked


@transaction.atomic
def decide_access(
    *, by: Actor, request: AccessRequest, approved: bool, words: str, at: datetime, until: datetime | None = None
) -> AccessRequest:
    """Open the file until the moment asked for, or an earlier one; or say no, with a reason. Nobody answers themselves."""
    must_decide_access(by, request)
    request = AccessRequest.objects.select_for_update().select_related("person").get(pk=request.pk)
    if request.state != AccessState.ASKED:
        raise RuleBroken("people.access_decided", _("A colleague has answered this already."))
    if not approved and not tidy(words):
        raise RuleBroken("people.access_refusal_needs_a_reason", _("Write why not."), field="words")
    request.until = min(request.until, until) if until else request.until
    if approved and request.until <= at:
        raise RuleBroken("people.access_is_over", _("The time asked for is over. Ask them to ask anew."))
    request.state = AccessState.APPROVED if approved else AccessState.REFUSED
    request.decided_by, request.decided_at, request.words = by.user, at, tidy(words)
    request.save()
    code = "people.access.approved" if approved else "people.access.refused"
    happened(code, request.person, by_id=by.id, request=request.pk, until=request.until.isoformat())
    return request


@transaction.atomic
def end_access(*, by: Actor, request: AccessRequest, at: datetime) -> AccessRequest:
    """Close a file before its time: whoever decides may, and so may the one it was opened to."""
    if by.id != request.asker_id:
        must_decide_access(by, request)
    request.state, request.until = AccessState.ENDED, min(request.until, at)
    request.save(update_fields=["state", "until"])
    happened("people.access.ended", request.person, by_id=by.id, request=request.pk)
    return request


@transaction.atomic
def open_in_emergency(*, by: Actor, person: int, why: str, at: datetime) -> AccessRequest | None:
    """Open a file at once because someone is in danger. Those responsible are told and look at it afterwards."""
    _must_be_one_who_asks(by)
    reason = _reason(why)
    found = Person.objects.filter(pk=person, merged_into__isnull=True, erased_on__isnull=True).first()
    if found is None:
        return None
    opened = AccessRequest.objects.create(
        asker=by.user,
        person=found,
        kind=AccessKind.EMERGENCY,
        state=AccessState.APPROVED,
        why=reason,
        until=at + timedelta(hours=rules()["asking"]["emergency_hours"]),
        asked_at=at,
    )
    happened("people.access.opened_in_emergency", found, by_id=by.id, request=opened.pk)
    return opened


@transaction.atomic
def review_emergency(*, by: Actor, request: AccessRequest, fitting: bool, words: str, at: datetime) -> AccessRequest:
    """What a responsible colleague thinks of it. Where it was not fitting, the file closes at once."""
    must_decide_access(by, request)
    request = AccessRequest.objects.select_for_update().select_related("person").get(pk=request.pk)
    if request.kind != AccessKind.EMERGENCY or request.decided_at is not None:
        raise RuleBroken("people.access_decided", _("A colleague has answered this already."))
    if not tidy(words):
        raise RuleBroken("people.review_needs_words", _("Write what you found, in a sentence."), field="words")
    request.fitting, request.words = fitting, tidy(words)
    request.decided_by, request.decided_at = by.user, at
    if not fitting and request.until > at:
        request.state, request.until = AccessState.ENDED, at
    request.save()
    happened("people.access.reviewed", request.person, by_id=by.id, request=request.pk, fitting=fitting)
    return request


@transaction.atomic
def begin_to_look_as(*, by: Actor, role: StaffRole) -> None:
    """Look at the house as a colleague with this role would. That one did is written down; nothing can be written so."""
    if role not in roles_to_look_as(by):
        raise NotAllowed(_("You can look at the house only as a role that sees less than your own."))
    happened("people.access.looked_as", by.user, by_id=by.id, role=role)
