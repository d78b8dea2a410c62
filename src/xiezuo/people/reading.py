"""Who read whose file: all openings of one colleague in a period, for whoever answers for that colleague's work."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import local, today
from xiezuo.common.errors import NotAllowed
from xiezuo.common.models import Event
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Membership, User
from xiezuo.orgs.queries import in_force
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.access import people_for
from xiezuo.people.models import Person, ReadLog
from xiezuo.people.sections import is_minor

MOST = 500


def colleagues_answered_for(actor: Actor) -> QuerySet[User]:
    """Whose readings the actor may look at: a supervisor those who work at their sites, whoever supervises everywhere, the
    director and whoever keeps data everyone's."""
    everyone = User.objects.order_by("name", "pk")
    if actor.directs or actor.keeps_data or (StaffRole.SUPERVISOR, None) in actor.held:
        return everyone
    sites = [site for role, site in actor.held if role == StaffRole.SUPERVISOR]
    if not sites:
        return everyone.none()
    there = Membership.objects.filter(in_force(today()), site__in=sites)
    return everyone.filter(pk__in=there.values("user"))


def must_answer_for_colleagues(actor: Actor) -> None:
    if not (actor.supervises or actor.directs or actor.keeps_data):
        raise NotAllowed(_("A supervisor, the director or whoever keeps data looks at who read what. Ask one of them."))


@dataclass(frozen=True)
class Opening:
    """What a colleague opened of one person on one day. `person` only where the actor may know them."""

    on: date
    pk: int
    number: str
    person: Person | None
    minor: bool
    times: int
    what: list[str]
    first: datetime
    last: datetime


@dataclass(frozen=True)
class Readings:
    """The latest openings first; `people` and `openings` count the whole period, also beyond what is listed."""

    rows: list[Opening]
    people: int
    openings: int
    by_day: dict[date, int]


def readings_of(actor: Actor, colleague: User, from_on: date, to_on: date) -> Readings:
    """Everything a colleague opened in a period. Raises NotAllowed for one whom the actor does not answer for."""
    must_answer_for_colleagues(actor)
    if not colleagues_answered_for(actor).filter(pk=colleague.pk).exists():
        raise NotAllowed(_("This colleague works at a site for which you do not answer."))
    first = timezone.make_aware(datetime.combine(from_on, time.min))
    last = timezone.make_aware(datetime.combine(to_on + timedelta(days=1), time.min))
    log = ReadLog.objects.filter(user=colleague, at__gte=first, at__lt=last)
    grouped: dict[tuple[date, int], list[tuple[datetime, str]]] = {}
    by_day: Counter[date] = Counter()
    for pk, moment, what in log.values_list("person_id", "at", "what"):
        day = local(moment).date()
        by_day[day] += 1
        grouped.setdefault((day, pk), []).append((local(moment), what))
    keys = list(grouped)[:MOST]
    everyone = Person.objects.in_bulk({pk for _day, pk in keys})
    known = set(people_for(actor).filter(pk__in=everyone).values_list("pk", flat=True))
    rows = [_opening(day, everyone[pk], pk in known, grouped[day, pk]) for day, pk in keys]
    return Readings(rows, len({pk for _day, pk in grouped}), by_day.total(), dict(by_day))


def _opening(day: date, person: Person, known: bool, looks: list[tuple[datetime, str]]) -> Opening:
    what = list(dict.fromkeys(what for _moment, what in looks))
    moments = [moment for moment, _what in looks]
    told = person if known else None
    return Opening(
        day, person.pk, person.number, told, is_minor(person, day), len(looks), what, min(moments), max(moments)
    )


def changes_of(person: Person) -> QuerySet[Event]:
    """What was changed about this human, also under a row that was merged into this one; the latest first."""
    rows = Person.objects.filter(Q(pk=person.pk) | Q(merged_into=person.pk)).values("pk")
    return Event.objects.filter(subject="people.person", subject_id__in=rows).order_by("-id")
