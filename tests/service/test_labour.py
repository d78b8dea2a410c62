"""Limits in matters at work, day by day as the law counts them (LAB-1 to LAB-6)."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.factories.cast import DAY, Cast, make_cast
from xiezuo.common.days import today, years_before
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.walls import BehindTheWall
from xiezuo.forms.calendar import Unknown
from xiezuo.people.access import SectionClosed
from xiezuo.people.actions import PersonFacts, assign, register_person
from xiezuo.people.due import due_for
from xiezuo.people.models import Person, Task, Timeline
from xiezuo.people.vocab import AssignedFor
from xiezuo.service.actions.labour import MatterFacts, end_matter, interrupt, write_matter
from xiezuo.service.labour.limits import Limit, limits_of, skips_means_check
from xiezuo.service.labour.seeing import matter_for, matters_of
from xiezuo.service.models import LabourMatter
from xiezuo.service.vocab import InterruptionKind, LabourKind

DISPUTE, EMPLOYED, LEFT, AID = LabourKind
D = date.fromisoformat


def only(kind: LabourKind, day: str, *interrupted: str) -> Limit:
    (limit,) = limits_of(kind, D(day), map(D, interrupted)).found
    return limit


@pytest.mark.parametrize(
    ("kind", "day", "limit", "runs_on"),
    [
        (DISPUTE, "2025-03-10", "2026-03-10", None),
        (DISPUTE, "2024-02-29", "2025-02-28", None),
        (DISPUTE, "2025-10-01", "2026-10-01", "2026-10-08"),
        (DISPUTE, "2025-03-08", "2026-03-08", "2026-03-09"),  # a Sunday
        (DISPUTE, "2025-02-28", "2026-02-28", None),  # a Saturday on which people work
        (LEFT, "2024-12-31", "2025-12-31", None),
    ],
)
def test_a_year_from_the_day_and_both_days_where_nobody_works_on_the_last(
    kind: LabourKind, day: str, limit: str, runs_on: str | None
) -> None:
    found = only(kind, day)
    assert (found.day, found.runs_on) == (D(limit), D(runs_on) if runs_on else None)


@pytest.mark.parametrize(
    ("kind", "day", "limit"),
    [(DISPUTE, "2026-03-10", "2027-03-10"), (LEFT, "2025-12-31", "2026-12-31")],
)
def test_the_days_of_the_rule(kind: LabourKind, day: str, limit: str) -> None:
    assert only(kind, day).day == D(limit)


def test_of_a_year_that_is_not_announced_nobody_knows_whether_it_runs_on() -> None:
    assert isinstance(only(DISPUTE, "2026-03-10").runs_on, Unknown)


def test_while_someone_is_employed_unpaid_wages_have_no_limit() -> None:
    assert limits_of(EMPLOYED, None).found == []
    assert limits_of(EMPLOYED, D("2001-01-01")).found == []


@pytest.mark.parametrize(
    ("day", "interrupted", "limit", "late"),
    [
        ("2025-06-01", ["2026-05-01"], "2027-05-01", []),
        ("2025-06-01", ["2026-05-01", "2025-12-01"], "2027-05-01", []),
        ("2025-06-01", ["2026-06-01"], "2027-06-01", []),  # on the last day
        ("2025-06-01", ["2026-06-02"], "2026-06-01", ["2026-06-02"]),
        ("2025-10-01", ["2026-10-08"], "2027-10-08", []),  # if it runs on, on the last day
        ("2025-06-01", ["2025-05-01"], "2026-06-01", []),  # before it began
        ("2023-06-01", ["2024-05-01", "2025-04-30"], "2026-04-30", []),
    ],
)
def test_an_interruption_lets_it_begin_anew(day: str, interrupted: list[str], limit: str, late: list[str]) -> None:
    found = limits_of(DISPUTE, D(day), map(D, interrupted))
    assert (found.found[0].day, found.after_the_end) == (D(limit), list(map(D, late)))


def test_legal_aid_is_decided_and_someone_assigned() -> None:
    found = limits_of(AID, D("2026-03-02")).found
    assert [(one.code, one.day) for one in found] == [
        ("LAB-4-decision", D("2026-03-09")),
        ("LAB-4-assign", D("2026-03-12")),
    ]


@pytest.mark.parametrize(
    ("on", "allowed"),
    [("2026-12-24", False), ("2026-12-25", True), ("2026-12-31", True), ("2027-01-01", False)],
)
def test_aid_in_advance_with_fewer_than_seven_days_left(on: str, allowed: bool) -> None:
    assert only(LEFT, "2025-12-31").allows_aid_in_advance(D(on)) is allowed


@pytest.mark.parametrize(
    ("kind", "migrant", "injury", "skipped"),
    [
        (EMPLOYED, True, False, True),
        (LEFT, True, False, True),
        (DISPUTE, True, True, True),
        (AID, True, True, True),
        (DISPUTE, True, False, False),
        (LEFT, False, False, False),
        (DISPUTE, False, True, False),
    ],
)
def test_whose_means_are_not_checked(kind: LabourKind, migrant: bool, injury: bool, skipped: bool) -> None:
    assert skips_means_check(kind, migrant_worker=migrant, work_injury=injury) is skipped


# ── kept for a person ──


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def worker(cast: Cast) -> Person:
    """王大哥, on whose case 晓梅 works."""
    person = cast.person("王大哥", cast.east)
    assign(by=cast.chenli, person=person, user=cast.xiaomei.user, why=AssignedFor.CASE_TEAM, on=DAY)
    return person


def write(cast: Cast, person: Person, kind: LabourKind, day: str = "", on: date = DAY, **more: object) -> LabourMatter:
    facts = MatterFacts(kind=kind, happened_on=D(day) if day else None, **more)  # type: ignore[arg-type]
    return write_matter(by=cast.xiaomei, person=person, facts=facts, on=on)


def alarms(person: Person) -> list[tuple[str, date | None, str]]:
    rows = Task.objects.filter(person=person).order_by("due_on", "pk")
    return [(task.step, task.due_on, task.state) for task in rows]


def test_the_limit_is_watched_from_sixty_days_before(cast: Cast, worker: Person) -> None:
    write(cast, worker, DISPUTE, "2025-10-01")
    assert alarms(worker) == [
        ("d60", D("2026-08-02"), "open"),
        ("d30", D("2026-09-01"), "open"),
        ("d7", D("2026-09-24"), "open"),
        ("last", D("2026-10-01"), "open"),
    ]
    day = D("2026-09-24")
    due = due_for(cast.xiaomei, on=day, until=day)
    assert [(one.kind, one.on, one.about) for one in due if one.on == day] == [("limit", day, "王大哥")]


def test_reminders_that_have_passed_are_not_made(cast: Cast, worker: Person) -> None:
    write(cast, worker, LEFT, "2025-03-20")
    assert alarms(worker) == [("d7", D("2026-03-13"), "open"), ("last", D("2026-03-20"), "open")]


def test_an_interruption_moves_the_alarm_and_names_its_proof(cast: Cast, worker: Person) -> None:
    matter = write(cast, worker, LEFT, "2025-03-20")
    with pytest.raises(RuleBroken) as refused:
        interrupt(by=cast.xiaomei, matter=matter, kind=InterruptionKind.CLAIM, day=DAY, proof=" ", on=DAY)
    assert refused.value.field == "proof"
    interrupt(by=cast.xiaomei, matter=matter, kind=InterruptionKind.CLAIM, day=DAY, proof="微信催款截图", on=DAY)
    assert [day for _step, day, state in alarms(worker) if state == "open"] == [
        D("2027-01-01"),
        D("2027-01-31"),
        D("2027-02-23"),
        D("2027-03-02"),
    ]
    assert {state for _step, day, state in alarms(worker) if day and day.year == 2026} == {"dropped"}
    (told,) = matters_of(cast.xiaomei, worker)
    assert [str(one.proof) for one in told.interruptions] == ["微信催款截图"]


def test_a_day_that_has_passed_is_a_lawyers_today_and_never_too_late(
    cast: Cast, worker: Person, client: Client
) -> None:
    matter = write(cast, worker, DISPUTE, "2024-06-01")
    assert alarms(worker) == [("", DAY, "open")]
    client.force_login(cast.xiaomei.user)
    page = client.get(f"/service/labour/{matter.pk}/").content.decode().partition("<main")[2].partition("</main>")[0]
    assert "律师" in page
    assert "中断" in page
    assert "太晚" not in page
    assert "过期" not in page


def test_legal_aid_is_asked_after_on_its_day(cast: Cast, worker: Person) -> None:
    write(cast, worker, AID, "2026-03-02")
    assert alarms(worker) == [("decided", D("2026-03-09"), "open")]


def test_still_employed_needs_no_day_and_no_alarm(cast: Cast, worker: Person) -> None:
    write(cast, worker, EMPLOYED)
    assert (alarms(worker), Timeline.objects.count()) == ([], 0)


def test_two_matters_of_one_person_are_watched_apart(cast: Cast, worker: Person) -> None:
    write(cast, worker, DISPUTE, "2025-10-01")
    write(cast, worker, LEFT, "2025-12-31")
    assert Timeline.objects.filter(person=worker, code="labour_limit", ended_on=None).count() == 2


def test_a_matter_that_ends_says_how_and_is_watched_no_more(cast: Cast, worker: Person) -> None:
    matter = write(cast, worker, DISPUTE, "2025-10-01")
    end_matter(by=cast.xiaomei, matter=matter, why="已申请仲裁", on=DAY)
    assert {state for _step, _day, state in alarms(worker)} == {"dropped"}
    with pytest.raises(RuleBroken):
        end_matter(by=cast.xiaomei, matter=matter, why="再一次", on=DAY)


@pytest.mark.parametrize(("kind", "day"), [(DISPUTE, ""), (DISPUTE, "2026-03-03"), (LEFT, "1890-01-01")])
def test_the_law_counts_from_a_day_that_has_been(cast: Cast, worker: Person, kind: LabourKind, day: str) -> None:
    with pytest.raises(RuleBroken):
        write(cast, worker, kind, day)


def test_the_case_part_of_the_file_decides_who_sees_it(cast: Cast, worker: Person) -> None:
    matter = write(cast, worker, DISPUTE, "2025-10-01", words="老板扣了三个月工资")
    assert str(matter_for(cast.chenli, matter.pk).row.words) == "老板扣了三个月工资"
    with pytest.raises(NotAllowed):
        matter_for(cast.haiyan, matter.pk)
    facts = PersonFacts(nickname="李姐")
    other = register_person(by=cast.chenli, facts=facts, on=DAY, site=cast.east, with_user=False)
    with pytest.raises(SectionClosed):
        matters_of(cast.xiaomei, other)
    with pytest.raises(SectionClosed):
        write(cast, other, DISPUTE, "2025-10-01")
    with pytest.raises(BehindTheWall):
        LabourMatter.objects.count()


def test_a_calculation_for_nobody_is_shown_and_kept_nowhere(cast: Cast, client: Client) -> None:
    client.force_login(cast.xiaomei.user)
    page = client.get("/service/labour/?kind=dispute&day=2025-10-01").content.decode()
    assert "2026年10月1日" in page
    assert "2026年10月8日" in page
    assert "第二十七条" in page
    close = years_before(today() + timedelta(days=3), 1)
    assert "先行提供" in client.get(f"/service/labour/?kind=left&day={close.isoformat()}").content.decode()
    assert "不审查" in client.get("/service/labour/?kind=employed&migrant=on").content.decode()
