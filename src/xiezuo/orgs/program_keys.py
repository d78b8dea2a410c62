"""Keys for programs: made by the login in whose name they ask, shown once, ended on a day or taken back."""

import secrets
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.crypto import blind
from xiezuo.common.days import now
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import ProgramKey, User


def _digest(key: str) -> str:
    return blind(key, "program key")


def own_keys(actor: Actor) -> QuerySet[ProgramKey]:
    """Keys of the actor that still open something, the latest first."""
    return ProgramKey.objects.filter(user=actor.user, ended_at__isnull=True)


def whose_key(key: str, on: date) -> User | None:
    """The login in whose name the key asks on a day; None for every other text, an ended key and a closed login."""
    held = ProgramKey.objects.filter(digest=_digest(key), ended_at__isnull=True, ends_on__gte=on, user__is_active=True)
    row = held.select_related("user").first()
    return row.user if row else None


@transaction.atomic
def make_key(*, by: Actor, name: str, ends_on: date, on: date, most_days: int) -> str:
    """A new key, which is kept nowhere. Raises RuleBroken without a name, or where it would hold too long."""
    if not tidy(name):
        raise RuleBroken("orgs.key_needs_name", _("Write which program asks with this key."), field="name")
    if not on <= ends_on <= on + timedelta(days=most_days):
        words = _("A key holds from today for at most %(days)s days. Choose an earlier day; make a new key then.")
        raise RuleBroken("orgs.key_too_long", words % {"days": most_days}, field="ends_on")
    key = f"xz_{secrets.token_urlsafe(32)}"
    row = ProgramKey.objects.create(
        user=by.user, name=tidy(name)[:60], digest=_digest(key), from_on=on, ends_on=ends_on
    )
    happened("orgs.key.made", row, by_id=by.id)
    return key


@transaction.atomic
def end_key(*, by: Actor, pk: int) -> None:
    """The key opens nothing any more. Raises NotAllowed for one that is not the actor's."""
    row = own_keys(by).select_for_update().filter(pk=pk).first()
    if row is None:
        raise NotAllowed(_("This key belongs to a colleague, or it opens nothing any more."))
    row.ended_at = now()
    row.save(update_fields=["ended_at"])
    happened("orgs.key.ended", row, by_id=by.id)
