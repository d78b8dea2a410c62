"""Receipts of supervision, and the hours they add up to."""

from django.db.models import Count, F, Q, Sum

from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import User
from xiezuo.service.models import SupervisionReceipt

TABLE = "service.SupervisionReceipt"
OWN = "whoever was supervised, or supervised, looks at their own; hours hold no word of what was said"
MOST = 100
Hours = list[tuple[str, int, int]]  # name, times, minutes


def receipts_of(actor: Actor) -> list[SupervisionReceipt]:
    """Of the actor as one who was supervised, the latest first."""
    with opened(TABLE, why=OWN):
        rows = SupervisionReceipt.objects.filter(supervisee=actor.user).select_related("supervisor")
        return list(rows[:MOST])


def receipts_for(actor: Actor, filled: int) -> list[SupervisionReceipt]:
    """Of one session that the actor may read: who has read, answered and signed."""
    with opened(TABLE, why=OWN):
        return list(SupervisionReceipt.objects.filter(filled=filled).select_related("supervisee").order_by("pk"))


def hours_of_year(actor: Actor, year: int) -> Hours:
    """How often and how long each colleague was supervised; everyone else than a supervisor sees their own."""
    mine = Q() if actor.supervises else Q(supervisee=actor.user)
    return _added(mine, "supervisee", year)


def given_hours(actor: Actor, year: int) -> Hours:
    """The same of those who supervised: a session with several counts once."""
    mine = Q(supervisor__isnull=False) if actor.supervises else Q(supervisor=actor.user)
    with opened(TABLE, why=OWN):
        rows = SupervisionReceipt.objects.filter(mine, on__year=year).order_by()
        once = list(rows.values_list("filled", "supervisor", "minutes").distinct())
    found: dict[int, tuple[int, int]] = {}
    for _filled, supervisor, minutes in once:
        times, total = found.get(supervisor or 0, (0, 0))
        found[supervisor or 0] = (times + 1, total + (minutes or 0))
    names = dict(User.objects.filter(pk__in=found).values_list("pk", "name"))
    return sorted((names[pk], times, total) for pk, (times, total) in found.items())


def _added(which: Q, whom: str, year: int) -> Hours:
    with opened(TABLE, why=OWN):
        rows = SupervisionReceipt.objects.filter(which, on__year=year).order_by()
        return list(
            rows.values(name=F(f"{whom}__name"))
            .annotate(times=Count("pk"), total=Sum("minutes", default=0))
            .order_by("name")
            .values_list("name", "times", "total")
        )
