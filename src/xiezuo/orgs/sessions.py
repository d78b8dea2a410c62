"""Where sessions live (SESSION_ENGINE): in the database, with columns that say whose they are.

A session ends by itself when it is not used for a while, and by its row being removed: the next request finds none.
Times here are of the real clock, whatever moment is being told of.
"""

from datetime import UTC, datetime
from typing import Any, cast

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from xiezuo.common.crypto import blind
from xiezuo.common.events import happened
from xiezuo.orgs.access import Actor, must_run_the_house
from xiezuo.orgs.models import LoginSession, User

WHO, AGENT, ADDRESS, BEGAN, SEEN = "_auth_user_id", "agent", "address", "began", "seen"


def seconds_now() -> int:
    return int(timezone.now().timestamp())


class SessionStore(DatabaseStore):
    """Django's own, with our table. A session of a login always knows when it began and was last used."""

    @classmethod
    def get_model_class(cls) -> type[LoginSession]:
        return LoginSession

    def create_model_instance(self, data: dict[str, Any]) -> LoginSession:
        row = cast(LoginSession, super().create_model_instance(data))
        row.user_id = int(data[WHO]) if WHO in data else None
        row.agent, row.address = data.get(AGENT, "")[:300], data.get(ADDRESS, "")[:45]
        moment = seconds_now()
        row.first_seen = datetime.fromtimestamp(data.get(BEGAN, moment), UTC)
        row.last_seen = datetime.fromtimestamp(data.get(SEEN, moment), UTC)
        return row

    def save(self, must_create: bool = False) -> None:
        if WHO in self and BEGAN not in self:
            self[BEGAN] = self[SEEN] = seconds_now()
        super().save(must_create)


def sessions_of(user: User) -> QuerySet[LoginSession]:
    """Where a login is open at present, the latest used first."""
    return LoginSession.objects.filter(user=user, expire_date__gt=timezone.now()).order_by("-last_seen")


def end_sessions(user: User, *, but: str | None = None) -> int:
    """Every session of a login ends with its next request, except that with the key `but`. Gives how many."""
    return LoginSession.objects.filter(user=user).exclude(session_key=but or "").delete()[0]


def number_of(row: LoginSession) -> str:
    """A name for a session that opens nothing, for pages: 16 hex digits."""
    return blind(row.session_key, "session")[:16]


@transaction.atomic
def end_own_session(*, by: Actor, number: str) -> bool:
    """End one of one's own sessions, named by `number_of`. False when it has ended already."""
    for row in sessions_of(by.user):
        if number_of(row) == number:
            row.delete()
            happened("orgs.user.logged_out_elsewhere", by.user, by_id=by.id, sessions=1)
            return True
    return False


@transaction.atomic
def end_other_sessions(*, by: Actor, but: str | None) -> int:
    """Log out everywhere else. Gives how many sessions ended."""
    ended = end_sessions(by.user, but=but)
    happened("orgs.user.logged_out_elsewhere", by.user, by_id=by.id, sessions=ended)
    return ended


@transaction.atomic
def end_sessions_of(*, by: Actor, user: User) -> int:
    """An administrator logs someone out everywhere. Gives how many sessions ended."""
    must_run_the_house(by)
    ended = end_sessions(user)
    happened("orgs.user.logged_out", user, by_id=by.id, sessions=ended)
    return ended


def forget_expired_sessions() -> None:
    LoginSession.objects.filter(expire_date__lt=timezone.now()).delete()
