"""The secret address of a calendar: made, renewed and taken back by the login it belongs to."""

import secrets

from django.db import transaction

from xiezuo.common.crypto import blind
from xiezuo.common.days import now
from xiezuo.common.events import happened
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import CalendarAddress, User


def _digest(token: str) -> str:
    return blind(token, "calendar")


def address_of(user: User) -> CalendarAddress | None:
    return CalendarAddress.objects.filter(user=user).first()


def whose_calendar(token: str) -> User | None:
    """The login to which the token belongs; None for every other token and for a closed login."""
    row = CalendarAddress.objects.filter(digest=_digest(token), user__is_active=True).select_related("user").first()
    return row.user if row else None


@transaction.atomic
def make_address(*, by: Actor) -> str:
    """A new token for the actor's calendar, which is kept nowhere; an earlier one opens nothing any more."""
    token = secrets.token_urlsafe(32)
    made = {"digest": _digest(token), "made_at": now()}
    row, _new = CalendarAddress.objects.update_or_create(user=by.user, defaults=made)
    happened("orgs.calendar.made", row, by_id=by.id)
    return token


@transaction.atomic
def end_address(*, by: Actor) -> None:
    """The calendar is not given to anyone any more."""
    row = address_of(by.user)
    if row is not None:
        happened("orgs.calendar.ended", row, by_id=by.id)
        row.delete()
