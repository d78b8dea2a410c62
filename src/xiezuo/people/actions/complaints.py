"""Complaints (F05): written down whoever it is about, handled by someone who is not, and told."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy, tidy_name
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import User
from xiezuo.people.members import Member, complaint_for
from xiezuo.people.models import Complaint, Person
from xiezuo.people.rights import complaint_due


@transaction.atomic
def complain(*, member: Member, about: str, facts: str, wish: str, on: date) -> Complaint:
    """Someone complains on their own page."""
    row = _written(str(member.looker), member.looker, about, facts, wish, on)
    happened("people.complaint.received", row, by_id=None)
    return row


@transaction.atomic
def receive_complaint(
    *, by: Actor, complainant: str, about: str, facts: str, wish: str, on: date, person: Person | None = None
) -> Complaint:
    """A colleague writes down at the desk what someone complains of; `complainant` may stay empty."""
    if not by.roles:
        raise NotAllowed(_("Your account has no role here at present. Ask the system administrator."))
    row = _written(complainant, person, about, facts, wish, on, by.user)
    happened("people.complaint.received", row, by_id=by.id)
    return row


def _written(
    complainant: str, person: Person | None, about: str, facts: str, wish: str, on: date, by: User | None = None
) -> Complaint:
    if not tidy(about) or not facts.strip():
        empty = "about" if not tidy(about) else "facts"
        words = _("Write whom or what it is about, and what happened.")
        raise RuleBroken("people.complaint_says_nothing", words, field=empty)
    row = Complaint.objects.create(
        complainant=tidy_name(complainant),
        person=person,
        about=tidy(about),
        facts=facts.strip(),
        wish=wish.strip(),
        received_on=on,
        received_by=by,
        due_on=complaint_due(on),
    )
    # Whoever is named in it does not read it, from the first moment on.
    row.concerns.set([user for user in User.objects.filter(is_active=True) if user.name in row.about])
    return row


@transaction.atomic
def give_complaint(*, by: Actor, complaint: Complaint, handler: User) -> Complaint:
    """A director or supervisor who is not concerned says who handles it; never someone it is about."""
    _must_decide(by, complaint)
    if complaint.concerns.filter(pk=handler.pk).exists():
        words = _("The complaint is about %(name)s. Choose someone else.") % {"name": handler.name}
        raise RuleBroken("people.handler_is_concerned", words, field="handler")
    complaint.handler = handler
    complaint.save(update_fields=["handler"])
    happened("people.complaint.given", complaint, by_id=by.id, handler=handler.pk)
    return complaint


@transaction.atomic
def name_concerned(*, by: Actor, complaint: Complaint, user: User) -> Complaint:
    """Somebody it is about, though the words do not name them: from now on they do not read or handle it."""
    _must_decide(by, complaint)
    complaint.concerns.add(user)
    if complaint.handler_id == user.pk:
        complaint.handler = None
        complaint.save(update_fields=["handler"])
    happened("people.complaint.concerns", complaint, by_id=by.id, user=user.pk)
    return complaint


def _must_decide(by: Actor, complaint: Complaint) -> None:
    complaint_for(by, complaint.pk)
    if not (by.directs or by.supervises):
        raise NotAllowed(_("A director or supervisor decides who handles a complaint. Ask one of them."))


@transaction.atomic
def settle_complaint(*, by: Actor, complaint: Complaint, result: str, told_on: date | None) -> Complaint:
    """What came of it, and the day on which the complainant heard it (None: not yet)."""
    complaint_for(by, complaint.pk)
    if not result.strip():
        raise RuleBroken("people.complaint_without_result", _("Write what came of it."), field="result")
    if told_on and told_on < complaint.received_on:
        raise RuleBroken("people.told_too_early", _("This day lies before the complaint."), field="told_on")
    complaint.result, complaint.told_on = result.strip(), told_on
    complaint.save(update_fields=["result", "told_on"])
    happened("people.complaint.settled", complaint, by_id=by.id, told=bool(told_on))
    return complaint
