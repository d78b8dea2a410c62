"""Signing up for an activity, giving the place back, and moving up: nobody needs an account, and no place is given twice."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from xiezuo.common.crypto import blind
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import digits, says_a_name, tidy_name
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_work_with
from xiezuo.people.models import Person
from xiezuo.service.access import must_work_at
from xiezuo.service.actions.telling import must_hear
from xiezuo.service.models import Activity, SignUp
from xiezuo.service.turnout import place_in_line, places_of
from xiezuo.service.vocab import ActivityState, SignUpState, ToTell

TOKEN_BYTES = 18
SHORTEST_PHONE = 7
STILL = (SignUpState.REGISTERED, SignUpState.WAITING)


@dataclass(kw_only=True)
class Wish:
    """What someone says who wants to come. `child`: it is for a child for whom somebody else answers."""

    label: str
    phone: str = ""
    child: bool = False
    guardian_name: str = ""
    person: Person | None = None


def token_digest(token: str) -> str:
    return blind(token, "service.sign_up")


def phone_digest(phone: str) -> str:
    return blind(digits(phone), "service.sign_up_phone")


def taking_turns(activity: Activity) -> Activity:
    """The activity as it is now; whoever changes who has a place waits for whoever was first."""
    return Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)


@transaction.atomic
def sign_up(*, activity: Activity, wish: Wish, on: date, at: datetime, by: Actor | None = None) -> tuple[SignUp, str]:
    """A place, or a number in the line where all are taken; with the secret of the address under which it is given back,
    which is kept nowhere. `by`: a colleague who writes it down for them.

    Raises RuleBroken where sign-up is not open, something is missing, or the number stands on the list already.
    """
    if by is not None:
        must_work_at(by, activity.site_id)
        if wish.person is not None:
            must_work_with(by, wish.person)
    activity = taking_turns(activity)
    _must_be_open(activity, on, by)
    _check(wish)
    _must_be_new(activity, wish)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    last = activity.sign_ups.aggregate(last=Max("position"))["last"] or 0
    row = SignUp.objects.create(
        activity=activity,
        label=_own_label(activity, tidy_name(wish.label)),
        person=wish.person,
        phone=digits(wish.phone),
        phone_digest=phone_digest(wish.phone),
        guardian_name=tidy_name(wish.guardian_name) if wish.child else "",
        state=SignUpState.REGISTERED if places_of(activity).left else SignUpState.WAITING,
        position=last + 1,
        token_hash=token_digest(token),
        signed_up_at=at,
    )
    happened("service.sign_up.made", row, by_id=by.id if by else None, activity=activity.pk, state=row.state)
    return row, token


def _must_be_open(activity: Activity, on: date, by: Actor | None) -> None:
    if activity.state != ActivityState.OPEN:
        raise RuleBroken("service.sign_up_closed", _("Sign-up is not open. Nothing was written down."))
    if by is None and activity.closes_on is not None and on > activity.closes_on:
        raise RuleBroken(
            "service.sign_up_over",
            _("Sign-up has ended. Nothing was written down; ask at the site whether there is still a place."),
        )


def _check(wish: Wish) -> None:
    if not says_a_name(tidy_name(wish.label)) or tidy_name(wish.label).isdecimal():
        words = _("Write what we may call you; a nickname will do.")
        raise RuleBroken("service.sign_up_without_name", words, field="label")
    if wish.phone.strip() and len(digits(wish.phone)) < SHORTEST_PHONE:
        words = _("This number is too short. Write it in full, or leave it out.")
        raise RuleBroken("service.sign_up_phone", words, field="phone")
    if wish.child and not says_a_name(tidy_name(wish.guardian_name)):
        words = _("For a child someone who answers for them signs up. Write your name as their guardian.")
        raise RuleBroken("service.sign_up_guardian", words, field="guardian_name")


def _must_be_new(activity: Activity, wish: Wish) -> None:
    there = activity.sign_ups.exclude(state=SignUpState.CANCELLED)
    if wish.person is not None:
        known = there.filter(person=wish.person).first()
    else:
        digest = phone_digest(wish.phone)
        known = there.filter(phone_digest=digest).first() if digest else None
    if known is None:
        return
    if known.state == SignUpState.WAITING:
        words = _("This number stands on the list already and waits as number %(n)s. Nothing was written twice.")
        raise RuleBroken("service.signed_up_already", words % {"n": place_in_line(known)}, field="phone")
    words = _("This number stands on the list already and has a place. Nothing was written twice.")
    raise RuleBroken("service.signed_up_already", words, field="phone")


def _own_label(activity: Activity, label: str) -> str:
    """Two who are called the same are told apart by a number, or they would count as one (CNT-1)."""
    label, n = label[:50], 1
    taken = set(activity.sign_ups.exclude(state=SignUpState.CANCELLED).values_list("label", flat=True))
    while (label if n == 1 else f"{label}({n})") in taken:
        n += 1
    return label if n == 1 else f"{label}({n})"


@transaction.atomic
def give_place_back(*, row: SignUp, on: date, at: datetime, by: Actor | None = None) -> list[SignUp]:
    """Someone cannot come, or waits no longer; gives those who move up. Raises RuleBroken where it was given back before."""
    if by is not None:
        must_work_at(by, row.activity.site_id)
    activity = taking_turns(row.activity)
    row = SignUp.objects.get(pk=row.pk)
    if row.state not in STILL:
        words = _("This place was given back already, or the activity is over. There is nothing more to do.")
        raise RuleBroken("service.sign_up_ended", words)
    row.state = SignUpState.CANCELLED
    row.phone, row.guardian_name = "", ""
    row.save()
    happened("service.sign_up.cancelled", row, by_id=by.id if by else None, activity=activity.pk)
    return move_up(by, activity, on, at)


def move_up(by: Actor | None, activity: Activity, on: date, at: datetime) -> list[SignUp]:
    """Free places go to whoever waits longest; part of the transaction that freed them, on the activity as it was locked."""
    if activity.state != ActivityState.OPEN:
        return []
    free = places_of(activity).left
    rows = list(activity.sign_ups.filter(state=SignUpState.WAITING).order_by("position")[:free])
    for row in rows:
        row.state = SignUpState.REGISTERED
        row.save(update_fields=["state"])
        happened("service.sign_up.moved_up", row, by_id=by.id if by else None, activity=activity.pk)
        must_hear(by, row, ToTell.MOVED_UP, on, at)
    return rows


def sign_up_under(token: str) -> SignUp | None:
    """The sign-up that this secret address is about."""
    return SignUp.objects.filter(token_hash=token_digest(token)).select_related("activity__site").first()


@transaction.atomic
def know_sign_up(*, by: Actor, row: SignUp, person: Person) -> SignUp:
    """Someone who signed up by what they are called is a person we know. Raises RuleBroken where that person stands on the
    list already."""
    must_work_at(by, row.activity.site_id)
    must_work_with(by, person)
    taking_turns(row.activity)
    if row.activity.sign_ups.exclude(state=SignUpState.CANCELLED).exclude(pk=row.pk).filter(person=person).exists():
        words = _("%(person)s stands on the list already. Give one of the two places back.")
        raise RuleBroken("service.signed_up_already", words % {"person": person})
    row.person = person
    row.save(update_fields=["person"])
    happened("service.sign_up.known", row, by_id=by.id, person=person.pk)
    return row
