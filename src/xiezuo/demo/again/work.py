"""A large house has worked for eighteen years: its workers told of nine cases, a group and a film night, and have had many
such. Numbers are from scales.toml, for each worker."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from random import Random

from django.db import models

from xiezuo.common.walls import all_opened
from xiezuo.demo.again.copies import Copies, Row, Told
from xiezuo.demo.house import DemoHouse
from xiezuo.demo.scale import Again
from xiezuo.forms.models import AuthorsAnswers, Submission
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site, User
from xiezuo.people.models import Assignment, Person
from xiezuo.people.vocab import AssignedFor
from xiezuo.service.models import (
    Activity,
    Case,
    CaseCounter,
    CaseStep,
    FilledForm,
    FollowUp,
    Goal,
    GoalScore,
    Group,
    GroupMember,
    GroupSession,
    Participation,
    Satisfaction,
    SerialCounter,
    Series,
    ServiceRecord,
    SignIn,
)
from xiezuo.service.vocab import ActivityState, CaseState, GroupState

WHY = "a sample house is told again for others"
WEEK = 7
LEADERS, STAFF = Group.leaders.through, ServiceRecord.staff.through
NOTE = "contact_note"


class _Numbers:
    """Serial numbers of records and numbers of cases, by year, from where the house stands."""

    def __init__(self, counter: type[SerialCounter] | type[CaseCounter]) -> None:
        self.counter = counter
        self.last: dict[int, int] = defaultdict(int, counter.objects.values_list("year", "last"))

    def next(self, year: int) -> int:
        self.last[year] += 1
        return self.last[year]

    def finish(self) -> None:
        for year, last in self.last.items():
            self.counter.objects.update_or_create(year=year, defaults={"last": last})


class _Telling:
    def __init__(self, house: DemoHouse, again: Again, random: Random) -> None:
        self.house, self.again, self.random = house, again, random
        self.copies = Copies()
        self.records, self.cases = _Numbers(SerialCounter), _Numbers(CaseCounter)
        self.told = 0

    def finish(self) -> None:
        self.copies.finish()
        self.records.finish()
        self.cases.finish()

    def change(self, row: Row) -> None:
        """What nobody's copy may share with the first, and that what began long ago is over."""
        if isinstance(row, ServiceRecord):
            year = row.service_date.year if row.service_date else row.recorded_at.year
            row.serial_no = f"{year}-{self.records.next(year):06d}"
        elif isinstance(row, Case):
            row.case_no = f"C{row.opened_on.year}-{self.cases.next(row.opened_on.year):04d}"
            row.previous_case_id = None
        elif isinstance(row, Series):
            row.name = f"{row.name} {self.told}"
        elif isinstance(row, Group):
            row.state, row.closed_on = GroupState.CLOSED, row.last_on
        elif isinstance(row, Activity):
            row.state, row.closed_on, row.youth_group_id = ActivityState.CLOSED, row.planned_on, None

    def of_worker(self, worker: Actor, site: Site) -> None:
        heads = [*_heads(worker, self.again.closed_cases + self.again.open_cases)]
        over, going_on = _cases(over=True), _cases(over=False)
        for n, (person, since) in enumerate(heads):
            told = going_on if n < self.again.open_cases else over
            first = told[n % len(told)]
            days = self.random.randrange(1, 30) if told is going_on else self._back(first.opened_on, since)
            instead = _instead(first.worker_id, worker, first.site_id, site)
            instead[Person, first.person_id] = person
            self._tell(_rows_of_case(first), instead, days)
            if told is going_on:
                self._more_notes(first, instead, days)
        people = [person for person, _since in heads]
        for group in Group.objects.filter(state=GroupState.RUNNING, last_on__isnull=False, site=self.house.sites[0]):
            for n in range(self.again.groups):
                self._tell(_rows_of_group(group), self._others(group, worker, site, people), (n + 2) * 20 * WEEK)
        for activity in Activity.objects.filter(state=ActivityState.HELD):
            for n in range(self.again.activities):
                self._tell(
                    _rows_of_activity(activity), self._others(activity, worker, site, people), (n + 1) * 8 * WEEK
                )

    def _tell(self, rows: list[Row], instead: dict[Told, int], days: int) -> None:
        self.told += 1
        self.copies.add(rows, instead, days, self.change)

    def _back(self, opened: date, since: date) -> int:
        """How many days earlier: never before the colleague began to work with the person."""
        return self.random.randrange(0, max((opened - since).days, 1))

    def _more_notes(self, case: Case, instead: dict[Told, int], days: int) -> None:
        """Someone one has met for long: its talks once more, a day earlier each time, as far as the case is old."""
        notes = _rows_of_forms(case.forms.filter(submission__form=NOTE))
        for n in range(self.again.more_notes):
            self._tell(notes, dict(instead), days + n % 40)

    def _others(self, first: Group | Activity, worker: Actor, site: Site, people: list[int]) -> dict[Told, int]:
        leader = first.plan.submission.author_id
        instead = _instead(leader, worker, first.site_id, site)
        named = _named(first)
        return instead | {
            (Person, one): other for one, other in zip(named, self.random.sample(people, len(named)), strict=True)
        }


def tell_again(house: DemoHouse, again: Again, random: Random) -> None:
    """The cases, the group and the activity of the story for everyone of the workers, as often as the scale says."""
    if not again.closed_cases:
        return
    telling = _Telling(house, again, random)
    with all_opened(why=WHY):
        for worker, site in zip(house.workers, house.sites, strict=True):
            telling.of_worker(worker, site)
    telling.finish()


def _heads(worker: Actor, most: int) -> Iterator[tuple[int, date]]:
    """Heads of households with whom the colleague works by name and of whom no case was told, the latest first."""
    assigned = Assignment.objects.filter(user=worker.user, why=AssignedFor.CASE_TEAM, person__heads__isnull=False)
    rows = assigned.filter(person__cases__isnull=True).order_by("-from_on", "-pk").values_list("person", "from_on")
    yield from rows.distinct()[:most]


def _cases(*, over: bool) -> list[Case]:
    if over:
        return [*Case.objects.filter(state=CaseState.CLOSED)]
    return [*Case.objects.filter(state__in=[CaseState.INTERVENING, CaseState.CLOSING_PENDING, CaseState.ASSESSING])]


def _instead(worker: int, other: Actor, site: int | None, other_site: Site) -> dict[Told, int]:
    instead: dict[Told, int] = {(User, worker): other.id}
    return instead | {(Site, site): other_site.pk} if site else instead


def _rows_of_forms(forms: "models.QuerySet[FilledForm]") -> list[Row]:
    """The forms, what they say, and the records that they are, with whoever worked and came."""
    written = list(forms.values_list("pk", "submission", "record"))
    said, records = [row[1] for row in written], [row[2] for row in written if row[2]]
    return [
        *Submission.objects.filter(pk__in=said),
        *AuthorsAnswers.objects.filter(submission__in=said),
        *_rows_of_records(records),
        *FilledForm.objects.filter(pk__in=[row[0] for row in written]),
    ]


def _rows_of_records(records: list[int]) -> list[Row]:
    return [
        *ServiceRecord.objects.filter(pk__in=records),
        *STAFF.objects.filter(servicerecord__in=records),
        *Participation.objects.filter(record__in=records),
    ]


def _rows_of_case(case: Case) -> list[Row]:
    apart = not case.forms.filter(record=case.intake_id).exists()
    return [
        case,
        *_rows_of_forms(case.forms.all()),
        *_rows_of_records([case.intake_id] if case.intake_id and apart else []),
        *CaseStep.objects.filter(case=case),
        *FollowUp.objects.filter(case=case),
        *Goal.objects.filter(case=case),
        *GoalScore.objects.filter(goal__case=case),
    ]


def _rows_of_group(group: Group) -> list[Row]:
    return [
        group.series,
        group,
        *LEADERS.objects.filter(group=group),
        *_rows_of_forms(group.forms.all()),
        *GroupMember.objects.filter(group=group),
        *GroupSession.objects.filter(group=group),
    ]


def _rows_of_activity(activity: Activity) -> list[Row]:
    days = list(activity.days.all())
    return [
        activity.series,
        activity,
        *_rows_of_forms(activity.forms.all()),
        *_rows_of_records([day.record_id for day in days if day.record_id]),
        *days,
        *activity.dimensions.all(),
        *activity.sign_ups.all(),
        *SignIn.objects.filter(day__activity=activity),
        *Satisfaction.objects.filter(activity=activity),
    ]


def _named(first: Group | Activity) -> list[int]:
    """Everyone of whom the group or activity tells by name."""
    if isinstance(first, Group):
        rows = Participation.objects.filter(record__filled_form__group=first)
    else:
        rows = Participation.objects.filter(record__activity_day__activity=first)
    return sorted({*rows.filter(person__isnull=False).values_list("person", flat=True)})
