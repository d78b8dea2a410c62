"""What the house did with facts about children in a period, in numbers for the yearly audit (DAT-5)."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.db.models import F, Q
from django.utils import timezone

from xiezuo.common.days import local
from xiezuo.forms.packs import pack
from xiezuo.orgs.models import Membership
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.models import AccessRequest, Assignment, Person, ReadLog
from xiezuo.people.sections import is_minor
from xiezuo.people.vocab import AccessKind, AccessState, AssignedFor

OF_A_BREACH = "breach"  # in the read log: whoever answers for data saw whom a breach concerns
Counts = Callable[[date, date], int]
_others: dict[str, Counts] = {}


def counts_minors(code: str, count: Counts) -> None:
    """An upper floor tells what it counts about children in a period."""
    _others[code] = count


class ReadBy(StrEnum):
    """What tied a colleague to a child on the day they read the file."""

    CASE_TEAM = "case_team"
    RESPONSIBLE = "responsible"
    APPROVED = "approved"
    DUTY = "duty"
    NOTHING = "nothing"


@dataclass
class Findings:
    """`by_colleague`: login id → openings; `by_tie`: how they were tied to the child that day."""

    files: int = 0
    reads: int = 0
    by_colleague: dict[int, int] = field(default_factory=dict)
    by_tie: dict[str, int] = field(default_factory=dict)
    emergencies_not_reviewed: int = 0
    long_approvals: int = 0
    self_registered: int = 0
    others: dict[str, int] = field(default_factory=dict)

    def as_facts(self) -> dict[str, object]:
        colleagues = {str(pk): n for pk, n in self.by_colleague.items()}
        return vars(self) | {"by_colleague": colleagues}


def _children(on: date) -> list[Person]:
    """Everyone who is under 18 on a day, as far as is known (CHD-3)."""
    young = Person.objects.filter(merged_into__isnull=True).filter(
        Q(born_on__gte=on - timedelta(days=20 * 366)) | Q(born_on__isnull=True) & ~Q(grade="")
    )
    return [person for person in young if is_minor(person, on)]


def findings(from_on: date, to_on: date) -> Findings:
    """Everything the audit tells, counted from the read log, the approvals and the assignments of the period. Whoever was
    under 18 on its first day counts, whatever age they reached in it."""
    first = timezone.make_aware(datetime.combine(from_on, time.min))
    last = timezone.make_aware(datetime.combine(to_on + timedelta(days=1), time.min))
    children = {person.pk: person for day in (from_on, to_on) for person in _children(day)}
    found = Findings(files=len(children))
    _reads(found, children, first, last)
    requests = AccessRequest.objects.filter(person__in=children, asked_at__gte=first, asked_at__lt=last)
    found.emergencies_not_reviewed = requests.filter(kind=AccessKind.EMERGENCY, decided_at__isnull=True).count()
    long = timedelta(days=pack("minors-audit")["audit"]["long_approval_days"])
    approved = requests.filter(kind=AccessKind.ORDINARY, decided_at__isnull=False).exclude(state=AccessState.REFUSED)
    found.long_approvals = approved.filter(until__gt=F("decided_at") + long).count()
    own = Assignment.objects.filter(person__in=children, user=F("person__recorded_by"), why=AssignedFor.REGISTERED)
    found.self_registered = own.filter(from_on__gte=from_on, from_on__lte=to_on).count()
    found.others = {code: count(from_on, to_on) for code, count in _others.items()}
    return found


def _reads(found: Findings, children: dict[int, Person], first: datetime, last: datetime) -> None:
    log = ReadLog.objects.filter(person__in=children, at__gte=first, at__lt=last).order_by()
    pairs = [
        (pk, user, local(at), what) for pk, user, at, what in log.values_list("person_id", "user_id", "at", "what")
    ]
    tied = _Ties({pk for pk, *_rest in pairs})
    colleagues: Counter[int] = Counter()
    ties: Counter[str] = Counter()
    for pk, user, moment, what in pairs:
        if is_minor(children[pk], moment.date()):
            colleagues[user] += 1
            ties[ReadBy.DUTY if what == OF_A_BREACH else tied.of(pk, user, moment)] += 1
    found.reads, found.by_colleague, found.by_tie = colleagues.total(), dict(colleagues), dict(ties)


class _Ties:
    """What tied whom to which child when, in three queries."""

    def __init__(self, people: set[int]) -> None:
        self.named: dict[tuple[int, int], list[tuple[date, date | None]]] = {}
        self.sites: dict[int, list[tuple[int, date, date | None]]] = {}
        self.approved: dict[tuple[int, int], list[tuple[datetime, datetime]]] = {}
        self.supervisors: dict[int, list[tuple[int | None, date, date | None]]] = {}
        rows = Assignment.objects.filter(person__in=people).values_list(
            "person_id", "user_id", "site_id", "from_on", "to_on"
        )
        for pk, user, site, begun, ended in rows:
            if user:
                self.named.setdefault((pk, user), []).append((begun, ended))
            else:
                self.sites.setdefault(pk, []).append((site, begun, ended))
        told = AccessRequest.objects.filter(person__in=people, state__in=[AccessState.APPROVED, AccessState.ENDED])
        for pk, user, asked, decided, until in told.values_list(
            "person_id", "asker_id", "asked_at", "decided_at", "until"
        ):
            self.approved.setdefault((pk, user), []).append((min(filter(None, [decided, asked])), until))
        roles = Membership.objects.filter(role=StaffRole.SUPERVISOR)
        for user, site, begun, ended in roles.values_list("user_id", "site_id", "from_on", "to_on"):
            self.supervisors.setdefault(user, []).append((site, begun, ended))

    def of(self, pk: int, user: int, moment: datetime) -> ReadBy:
        day = moment.date()
        if any(_holds(begun, ended, day) for begun, ended in self.named.get((pk, user), [])):
            return ReadBy.CASE_TEAM
        if any(begun <= moment <= until for begun, until in self.approved.get((pk, user), [])):
            return ReadBy.APPROVED
        here = {site for site, begun, ended in self.sites.get(pk, []) if _holds(begun, ended, day)}
        for site, begun, ended in self.supervisors.get(user, []):
            if _holds(begun, ended, day) and (site is None or site in here):
                return ReadBy.RESPONSIBLE
        return ReadBy.NOTHING


def _holds(begun: date, ended: date | None, day: date) -> bool:
    return begun <= day and (ended is None or ended >= day)
