"""Links by which someone chooses a password: shown once, used once, for a few days, and taken back when wished."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.crypto import blind
from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.orgs.access import Actor, must_run_the_house
from xiezuo.orgs.models import Invitation, User
from xiezuo.orgs.sessions import end_sessions
from xiezuo.orgs.tries import went_well
from xiezuo.orgs.vocab import AttemptKind

OPEN = Q(used_at__isnull=True, revoked_at__isnull=True)


def _digest(token: str) -> str:
    return blind(token, "invitation")


@transaction.atomic
def invite(*, by: Actor | None, user: User, hours: int) -> tuple[Invitation, str]:
    """A new link for a login, good for `hours`; gives the row and the token, which is kept nowhere.

    Links made before no longer work. `by` is None at the machine itself.
    """
    if by is not None:
        must_run_the_house(by)
    moment, token = now(), secrets.token_urlsafe(24)
    Invitation.objects.filter(OPEN, user=user).update(revoked_at=moment)
    made = Invitation.objects.create(
        user=user,
        digest=_digest(token),
        made_by=by.user if by else None,
        made_at=moment,
        expires_at=moment + timedelta(hours=hours),
    )
    happened("orgs.user.link_made", user, by_id=by.id if by else None)
    return made, token


def invitation_for(token: str) -> Invitation | None:
    """The invitation a token opens; None when it never was, was used or taken back, is too old, or the login closed."""
    open_now = Invitation.objects.filter(OPEN, digest=_digest(token), expires_at__gt=now(), user__is_active=True)
    return open_now.select_related("user").first() if token else None


def invitations_of(user: User) -> QuerySet[Invitation]:
    """Every link made for a login, the latest first."""
    return Invitation.objects.filter(user=user).select_related("made_by")


@transaction.atomic
def take_invitation(*, token: str, password: str) -> User:
    """Set the password and use the link up. Every session of the login ends. Raises RuleBroken when another was faster."""
    found = Invitation.objects.select_for_update().filter(OPEN, digest=_digest(token), expires_at__gt=now()).first()
    if found is None:
        raise RuleBroken("orgs.link_used", _("This link was used already, or it is too old. Nothing was changed."))
    found.used_at = now()
    found.save(update_fields=["used_at"])
    user = found.user
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions(user)
    went_well(AttemptKind.ACCOUNT, user.username)
    happened("orgs.user.password_set", user, by_id=user.pk)
    return user


@transaction.atomic
def revoke_invitation(*, by: Actor, invitation: Invitation) -> bool:
    """The link no longer works. False when it did not work any more anyway."""
    must_run_the_house(by)
    done = Invitation.objects.filter(OPEN, pk=invitation.pk).update(revoked_at=now())
    if done:
        happened("orgs.user.link_revoked", invitation.user, by_id=by.id)
    return bool(done)


@transaction.atomic
def change_password(*, by: Actor, password: str, keep_session: str | None) -> None:
    """One's own password; every other session of the login ends."""
    by.user.set_password(password)
    by.user.save(update_fields=["password"])
    end_sessions(by.user, but=keep_session)
    happened("orgs.user.password_set", by.user, by_id=by.id)
