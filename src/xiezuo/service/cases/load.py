"""Caseloads: the cases of a colleague or of the sites a supervisor answers for, with what presses in each."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from xiezuo.common.days import local, now
from xiezuo.common.walls import opened
from xiezuo.forms.packs import pack
from xiezuo.forms.rules import rule
from xiezuo.forms.vocab import SubmissionState
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import User
from xiezuo.people.access import among
from xiezuo.people.models import Person
from xiezuo.service.access import cases_for, records_for
from xiezuo.service.cases.gates import ended_at, hours_to_write, is_late
from xiezuo.service.meetings import met_on
from xiezuo.service.models import Case, CaseHandover, FilledForm, FollowUp, Participation, ServiceRecord
from xiezuo.service.vocab import CaseState, Method, RecordState

ASKED = "which cases these are access has said; what waits in them is counted"
LATELY = timedelta(days=90)  # late notes are told of for so long
MOST = 400
FINISHED = (CaseState.DECLINED, CaseState.REFERRED_OUT, CaseState.ARCHIVED)


@dataclass
class Line:
    """One case in a list. `met`: the day of the last contact; `review`, `visit`, `follow_up`: what is due, if it is."""

    case: Case
    on: date
    at: datetime
    met: date | None = None
    late: int = 0
    waiting: bool = False
    follow_up: date | None = None
    visited: bool = False

    @property
    def days(self) -> int | None:
        return (self.on - self.met).days if self.met else None

    @property
    def goes_on(self) -> bool:
        """A case that rests, or is over, presses nobody."""
        return self.case.is_open and self.case.state != CaseState.SUSPENDED

    @property
    def long_ago(self) -> bool:
        """Nobody has met them for longer than pack caring-default says, counted from the day it was opened if never."""
        after = pack("caring-default")["not_met"]["after_days"]
        return self.goes_on and (self.on - (self.met or self.case.opened_on)).days >= after

    @property
    def review_due(self) -> bool:
        return self.case.next_review_on is not None and self.case.next_review_on <= self.on and self.goes_on

    @property
    def visit_due(self) -> bool:
        return first_visit_open(self.case) and self.goes_on and not self.visited

    @property
    def visit_late(self) -> bool:
        due = self.case.first_visit_due_at
        return self.visit_due and due is not None and due < self.at

    @property
    def presses(self) -> bool:
        return self.review_due or self.visit_late or self.long_ago or self.follow_up_due

    @property
    def follow_up_due(self) -> bool:
        return self.follow_up is not None and self.follow_up <= self.on


def first_visit_open(case: Case) -> bool:
    return case.first_visit_due_at is not None and case.first_visit_on is None and case.is_open


def going_on(cases: QuerySet[Case], on: date) -> QuerySet[Case]:
    """Open ones, and such as were closed lately (pack cases-default) or are looked after once more; not what is over for good."""
    since = on - timedelta(days=pack("cases-default")["closed"]["shown_days"])
    looked_after = Exists(FollowUp.objects.filter(case=OuterRef("pk"), done_on=None))
    lately = Q(closed_on__gte=since) | Q(looked_after)
    return cases.filter(Q(closed_on=None) | lately & ~Q(state__in=FINISHED))


def has_cases() -> Exists:
    """For a query of people: whether there is a case of theirs."""
    return Exists(Case.objects.filter(person=OuterRef("pk")))


def cases_of(actor: Actor, person: Person) -> QuerySet[Case]:
    """The cases of a person whose case part is open, the latest first."""
    return cases_for(actor).filter(person=person).select_related("worker")


def caseload(actor: Actor, cases: QuerySet[Case], on: date) -> list[Line]:
    """The lines of these cases, which access has given: what presses first, then who was met longest ago; six queries."""
    rows = list(cases.select_related("person", "site", "worker")[:MOST])
    ids = [case.pk for case in rows]
    met = met_on(actor, [case.person_id for case in rows]) if rows else {}
    late, waiting, visited = _late(ids, on), _waiting(ids), _visited(ids)
    due = dict(FollowUp.objects.filter(case__in=ids, done_on=None).order_by("-due_on").values_list("case", "due_on"))
    lines = [
        Line(
            case=case,
            on=on,
            at=now(),
            met=met.get(case.person_id),
            late=late[case.pk],
            waiting=case.pk in waiting,
            follow_up=due.get(case.pk),
            visited=case.pk in visited,
        )
        for case in rows
    ]
    return sorted(lines, key=lambda line: (not line.presses, line.met or line.case.opened_on, line.case.pk))


def _late(cases: list[int], on: date) -> Counter[int]:
    with opened("forms.Submission", why=ASKED):
        notes = FilledForm.objects.filter(
            case__in=cases, submission__form="contact_note", record__recorded_at__gte=now() - LATELY
        )
        facts = ("record__service_date", "record__starts_at", "record__ends_at", "record__recorded_at")
        rows = list(notes.values_list("case", *facts))
    found: Counter[int] = Counter()
    hours = hours_to_write(row[1] for row in rows)
    for case, day, starts, ends, recorded in rows:
        saved = local(recorded)
        found[case] += is_late(ended_at(day, starts, ends, saved.tzinfo), saved, hours)
    return found


def _waiting(cases: list[int]) -> set[int]:
    with opened("forms.Submission", why=ASKED):
        rows = FilledForm.objects.filter(case__in=cases, submission__state=SubmissionState.WAITING)
        return set(rows.values_list("case", flat=True))


def _visited(cases: list[int]) -> set[int]:
    rows = FilledForm.objects.filter(case__in=cases, record__method=Method.VISIT, record__state=RecordState.RECORDED)
    return set(rows.values_list("case", flat=True))


@dataclass(frozen=True)
class Load:
    """How many open cases a colleague has; `most`: from how many on a supervisor is told (CAS-6)."""

    worker: User
    n: int
    most: int

    @property
    def is_over(self) -> bool:
        return self.n > self.most


def load_of(worker: User, on: date) -> Load:
    n = Case.objects.filter(worker=worker, closed_on=None).count()
    return Load(worker, n, rule("CAS-6", on).values["open_cases_at_most"])


def loads(actor: Actor, on: date) -> list[Load]:
    """Of every colleague with open cases that the actor sees, the most first."""
    most = rule("CAS-6", on).values["open_cases_at_most"]
    rows = cases_for(actor).filter(closed_on=None).order_by().values("worker").annotate(n=Count("pk", distinct=True))
    found = dict(rows.values_list("worker", "n"))
    workers = User.objects.in_bulk(found)
    return sorted((Load(workers[pk], n, most) for pk, n in found.items()), key=lambda load: (-load.n, load.worker.name))


def workers_of(cases: QuerySet[Case]) -> list[User]:
    """Whose cases these are, by name."""
    return list(User.objects.filter(pk__in=cases.order_by().values("worker")).order_by("name"))


def handed_lately(actor: Actor, on: date) -> list[CaseHandover]:
    """Cases that came to the actor, or went from them, within the days of pack cases-default."""
    since = on - timedelta(days=pack("cases-default")["handed"]["shown_days"])
    with opened("service.CaseHandover", why="both colleagues are told; the note is for whoever may read the case"):
        rows = CaseHandover.objects.filter(Q(before=actor.user) | Q(after=actor.user), on__gte=since)
        found = list(rows.select_related("case__person", "before", "after", "by").order_by("-pk"))
    seen = set(cases_for(actor).filter(pk__in=[row.case_id for row in found]).values_list("pk", flat=True))
    return [row for row in found if row.case_id in seen or row.before_id == actor.id]


def notes_not_written(actor: Actor, cases: Sequence[Case]) -> dict[int, list[ServiceRecord]]:
    """Id of an open case → contacts recorded in short, by case work or a visit, of which no form says what happened."""
    by_person = {case.person_id: (case.pk, case.opened_on) for case in cases}
    if not by_person:
        return {}
    bare = records_for(actor).filter(
        ~Exists(FilledForm.objects.filter(record=OuterRef("pk"))),
        method__in=[Method.CASE, Method.VISIT],
        state=RecordState.RECORDED,
        note="",
        service_date__isnull=False,
    )
    came = Participation.objects.filter(among(bare, by="record"), person__in=by_person, came=True)
    found: dict[int, list[ServiceRecord]] = defaultdict(list)
    for row in came.select_related("record").order_by("record__service_date")[:MOST]:
        pk, opened_on = by_person[row.person_id or 0]
        if row.record.service_date and row.record.service_date >= opened_on:
            found[pk].append(row.record)
    return found
