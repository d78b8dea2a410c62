"""Tries that go wrong: slower each time, then locked for a while. Counted in the database, for every process alike."""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from django.db import transaction

from xiezuo.common.crypto import blind
from xiezuo.common.days import now
from xiezuo.common.events import happened
from xiezuo.orgs.access import Actor, must_run_the_house
from xiezuo.orgs.models import Attempt, User
from xiezuo.orgs.vocab import AttemptKind


@dataclass(frozen=True)
class Limit:
    """After `slow_after` wrong tries the next one waits `wait_seconds`, twice as long each time; at `lock_after` it
    waits `lock_minutes`. They are forgotten `forget_minutes` after the last of them, or with `from_first` after the
    first: so many within that time."""

    slow_after: int
    wait_seconds: int
    lock_after: int
    lock_minutes: int
    forget_minutes: int
    from_first: bool = False

    def wait(self, count: int) -> timedelta:
        """How long to wait after the try that was number `count`; never longer than the lock."""
        locked = timedelta(minutes=self.lock_minutes)
        if count >= self.lock_after:
            return locked
        if count < self.slow_after:
            return timedelta(0)
        return min(timedelta(seconds=self.wait_seconds * 2 ** (count - self.slow_after)), locked)


def _digest(kind: AttemptKind, who: str) -> str:
    return blind(who.strip().casefold(), f"attempt.{kind}") or "-"


def seconds_to_wait(kind: AttemptKind, who: str) -> int:
    """Seconds until another try is looked at; 0 when it is looked at now. The same whether `who` exists or not."""
    row = Attempt.objects.filter(attempt_kind=kind, digest=_digest(kind, who)).first()
    if row is None or row.blocked_until is None:
        return 0
    return max(0, ceil((row.blocked_until - now()).total_seconds()))


@transaction.atomic
def went_wrong(
    kind: AttemptKind, who: str, limit: Limit, *, user: User | None = None, tries: int = 1, quiet: bool = False
) -> int:
    """Count a try of `who`; gives the seconds to wait. The try that locks is an event, of `user` where there is one;
    `quiet`: none, where a page is only read and writes nothing but this count."""
    moment, digest = now(), _digest(kind, who)
    Attempt.objects.get_or_create(attempt_kind=kind, digest=digest, defaults={"began_at": moment, "last_at": moment})
    row = Attempt.objects.select_for_update().get(attempt_kind=kind, digest=digest)
    counted_from = row.began_at if limit.from_first else row.last_at
    if counted_from < moment - timedelta(minutes=limit.forget_minutes):
        row.count, row.began_at = 0, moment
    before, row.count = row.count, row.count + tries
    wait = limit.wait(row.count)
    row.last_at, row.blocked_until = moment, moment + wait if wait else None
    row.save()
    if before < limit.lock_after <= row.count and not quiet:
        happened(f"orgs.{kind}.locked", user or row, by_id=None, tries=row.count, minutes=limit.lock_minutes)
    return int(wait.total_seconds())


def counted(kind: AttemptKind, who: str) -> Attempt | None:
    """How often `who` was counted lately, and when last."""
    return Attempt.objects.filter(attempt_kind=kind, digest=_digest(kind, who)).first()


def went_well(kind: AttemptKind, who: str) -> None:
    """The right word was said: earlier misses are forgotten."""
    Attempt.objects.filter(attempt_kind=kind, digest=_digest(kind, who)).delete()


def locked_for(user: User) -> Attempt | None:
    """The wait an account is in at present, of its password or its second factor; None when it may try."""
    digests = [
        _digest(AttemptKind.ACCOUNT, user.username),
        _digest(AttemptKind.CODE, str(user.pk)),
    ]
    rows = Attempt.objects.filter(digest__in=digests, blocked_until__gt=now())
    return rows.order_by("-blocked_until").first()


@transaction.atomic
def lift_lock(*, by: Actor, user: User) -> None:
    """An administrator lets an account try again at once."""
    must_run_the_house(by)
    went_well(AttemptKind.ACCOUNT, user.username)
    went_well(AttemptKind.CODE, str(user.pk))
    happened("orgs.user.unlocked", user, by_id=by.id)


def forget_old_tries() -> int:
    """Rows that stopped mattering a day ago go; gives how many. Called now and then by whoever counts."""
    return Attempt.objects.filter(last_at__lt=now() - timedelta(days=1)).delete()[0]
