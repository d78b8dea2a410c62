"""Caseloads: how many are many, what presses, handing over, and what is due."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from tests.factories.cases import INTAKE, NOTE, REVIEW, moment, told
from tests.factories.cast import DAY, LONG_AGO, Cast, login, make_cast
from xiezuo.common.days import at
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.models import Event
from xiezuo.orgs.access import actor_for
from xiezuo.orgs.models import Membership
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.due import due_for
from xiezuo.people.models import Task
from xiezuo.service.access import cases_for
from xiezuo.service.actions import ServiceFacts, Taking, record_service
from xiezuo.service.actions.cases import hand_cases_over, suspend_case
from xiezuo.service.cases.load import caseload, going_on, handed_lately, load_of, loads
from xiezuo.service.models import Case
from xiezuo.service.vocab import Method, ParticipationMode

pytestmark = pytest.mark.django_db
LATER = date(2026, 7, 1)


@pytest.fixture
def cast() -> Iterator[Cast]:
    """Everything happens at nine in the morning of 2 March 2026."""
    with override("en"), at(moment(DAY, "09:00")):
        yield make_cast()


def many(cast: Cast, n: int) -> None:
    """So many open cases of 晓梅."""
    first = told(cast, "阿莲").planned().case
    Case.objects.bulk_create(
        Case(
            case_no=f"C2025-{number:04d}",
            person=cast.person(f"第{number}位", cast.east),
            site=cast.east,
            worker=cast.xiaomei.user,
            opened_on=first.opened_on,
        )
        for number in range(1, n)
    )


@pytest.mark.parametrize(("n", "warned"), [(25, False), (26, True)])
def test_more_than_25_open_cases_are_many(cast: Cast, n: int, warned: bool) -> None:
    """CAS-6: 25 no, 26 warn."""
    many(cast, n)
    mine = load_of(cast.xiaomei.user, DAY)
    assert (mine.n, mine.most, mine.is_over) == (n, 25, warned)
    assert [(load.worker, load.n, load.is_over) for load in loads(cast.chenli, DAY)] == [(cast.xiaomei.user, n, warned)]


def test_a_closed_case_is_no_load(cast: Cast) -> None:
    told(cast).closed()
    assert load_of(cast.xiaomei.user, DAY).n == 0


def test_a_caseload_asks_as_often_for_three_as_for_one(cast: Cast) -> None:
    told(cast, "甲").intervening()

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert caseload(cast.xiaomei, cases_for(cast.xiaomei), DAY)
        return len(queries)

    one = asked()
    told(cast, "乙").intervening()
    told(cast, "丙").closed("2026-04-02")
    assert asked() == one


def test_what_presses_stands_first(cast: Cast) -> None:
    quiet, loud = told(cast, "甲").intervening(), told(cast, "乙").assessing(risk_level="high")
    with at(moment(date(2026, 3, 3), "09:01")):
        lines = caseload(cast.xiaomei, cases_for(cast.xiaomei), date(2026, 3, 3))
    assert [(line.case, line.visit_late) for line in lines] == [(loud.case, True), (quiet.case, False)]


def test_who_was_not_met_for_long_is_told_by_the_days_of_the_pack(cast: Cast) -> None:
    one = told(cast).intervening()
    (line,) = caseload(cast.xiaomei, cases_for(cast.xiaomei), date(2026, 4, 30))
    assert (line.met, line.days, line.long_ago) == (DAY, 59, False)
    (line,) = caseload(cast.xiaomei, cases_for(cast.xiaomei), date(2026, 5, 1))
    assert (line.days, line.long_ago) == (60, True)
    suspend_case(by=cast.xiaomei, case=one.case, why="回老家", on=DAY)
    (line,) = caseload(cast.xiaomei, cases_for(cast.xiaomei), date(2026, 5, 1))
    assert not line.long_ago


def test_late_notes_are_counted(cast: Cast) -> None:
    one = told(cast).planned()
    with at(moment(date(2026, 3, 5), "10:00")):
        one.day = date(2026, 3, 5)
        one.write("contact_note", NOTE)
        (line,) = caseload(cast.xiaomei, cases_for(cast.xiaomei), one.day)
    assert line.late == 1


# ── handing over ──


def test_a_whole_caseload_goes_over_in_one_go(cast: Cast) -> None:
    one, two = told(cast, "甲").planned(), told(cast, "乙").planned()
    one.write("contact_note", NOTE | {"tasks": [{"task": "打电话", "owner": cast.xiaomei.id, "due_on": "2026-03-05"}]})
    pks = [one.case.pk, two.case.pk]
    hand_cases_over(by=cast.chenli, cases=pks, to=cast.haiyan.user, on=DAY, notes={pks[0]: "她只在晚上接电话"})
    assert set(Case.objects.values_list("worker", flat=True)) == {cast.haiyan.id}
    assert Task.objects.get().whose == cast.haiyan.user
    assert set(cases_for(cast.haiyan).values_list("pk", flat=True)) == set(pks)
    assert list(one.person.assignments.filter(user=cast.xiaomei.user).values_list("to_on", flat=True)) == [DAY]
    with at(moment(date(2026, 3, 3), "09:00")):
        assert not cases_for(cast.xiaomei).exists()
        came = handed_lately(cast.haiyan, date(2026, 3, 3))
        assert [(row.case_id, row.before.name, str(row.note or "")) for row in came] == [
            (pks[1], "周晓梅", ""),
            (pks[0], "周晓梅", "她只在晚上接电话"),
        ]
        assert len(handed_lately(cast.xiaomei, date(2026, 3, 3))) == 2
    assert Event.objects.filter(code="service.case.handed_over").count() == 2


def test_only_a_supervisor_or_the_director_hands_over(cast: Cast) -> None:
    one = told(cast).planned()
    with pytest.raises(NotAllowed):
        hand_cases_over(by=cast.xiaomei, cases=[one.case.pk], to=cast.haiyan.user, on=DAY)
    director = actor_for(login("fangyuan", "方远", (StaffRole.DIRECTOR, None)))
    assert not cases_for(director).exists()
    hand_cases_over(by=director, cases=[one.case.pk], to=cast.haiyan.user, on=DAY)
    assert one.case.worker == cast.haiyan.user


def test_a_case_is_not_handed_to_someone_who_does_no_case_work(cast: Cast) -> None:
    one = told(cast).planned()
    with pytest.raises(RuleBroken):
        hand_cases_over(by=cast.chenli, cases=[one.case.pk], to=cast.zhiyuan.user, on=DAY)
    with pytest.raises(RuleBroken):
        hand_cases_over(by=cast.chenli, cases=[], to=cast.haiyan.user, on=DAY)
    assert one.case.worker == cast.xiaomei.user


def test_a_childs_case_goes_only_to_a_checked_colleague_and_then_all_of_them_or_none(cast: Cast) -> None:
    cast.check(cast.xiaomei, DAY)
    child, adult = told(cast, "小宇", born_on=date(2015, 5, 1)).accepted(), told(cast, "甲").planned()
    pks = [child.case.pk, adult.case.pk]
    with pytest.raises(RuleBroken, match="background check"):
        hand_cases_over(by=cast.chenli, cases=pks, to=cast.haiyan.user, on=DAY)
    assert adult.case.worker == cast.xiaomei.user
    cast.check(cast.haiyan, DAY)
    hand_cases_over(by=cast.chenli, cases=pks, to=cast.haiyan.user, on=DAY)
    assert child.case.worker == cast.haiyan.user


def test_a_supervisor_of_another_site_hands_nothing_over(cast: Cast) -> None:
    one = told(cast).planned()
    west = login("west", "西区督导")
    Membership.objects.create(user=west, role=StaffRole.SUPERVISOR, site=cast.west, from_on=LONG_AGO)
    with pytest.raises(NotAllowed):
        hand_cases_over(by=actor_for(west), cases=[one.case.pk], to=cast.haiyan.user, on=DAY)


# ── what is due ──


def due(cast: Cast, until: date = LATER) -> list[tuple[str, str, str]]:
    return [(one.kind, str(one.on), one.title) for one in due_for(cast.xiaomei, on=DAY, until=until)]


def test_first_visits_are_due_by_their_hour(cast: Cast) -> None:
    one = told(cast).assessing(risk_level="high")
    assert due(cast) == [("visit", "2026-03-03", "First visit, high risk")]
    one.write("contact_note", NOTE | {"way": "visit"})
    assert due(cast) == []


def test_reviews_and_follow_ups_are_due_on_their_days(cast: Cast) -> None:
    one = told(cast).intervening(way="visit")
    assert due(cast) == [("review", "2026-04-01", "Look at the plan together")]
    one.write("review", REVIEW | {"next": "close"})
    one.decide("review")
    assert due(cast) == []
    one.write(
        "closure",
        {"reason": "own_wish", "evaluation": "好", "follow_up_plan": "打电话", "follow_up_on": [{"on": "2026-04-02"}]},
    )
    one.decide("closure")
    assert due(cast) == [("follow_up", "2026-04-02", "Follow up after closing")]


def test_a_contact_recorded_in_short_waits_for_its_note(cast: Cast) -> None:
    one = told(cast).intervening(way="visit")
    taking = [Taking(mode=ParticipationMode.NAMED, person=one.person.pk)]
    facts = ServiceFacts(method=Method.CASE, service_date=DAY, site=cast.east, taking=taking)
    record_service(by=cast.xiaomei, facts=facts, on=DAY)
    assert ("writing", "2026-03-03", "Write what happened on 2026-03-02") in due(cast, date(2026, 3, 5))


def test_a_supervisor_sees_everyones(cast: Cast) -> None:
    told(cast).assessing(risk_level="high")
    assert due_for(cast.chenli, on=DAY, until=LATER) == []
    (one,) = due_for(cast.chenli, on=DAY, until=LATER, everyone=True)
    assert (one.kind, one.whose, one.about) == ("visit", "周晓梅", "阿莲 · C2026-0001")
    assert due_for(cast.haiyan, on=DAY, until=LATER, everyone=True) == []


def test_what_is_taken_in_is_nobodys_due(cast: Cast) -> None:
    told(cast).write("intake", INTAKE)
    assert due(cast) == []


def test_a_note_costs_as_much_in_a_long_case_as_in_a_new_one(cast: Cast) -> None:
    one = told(cast).intervening()

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            one.write("contact_note", NOTE)
        return len(queries)

    first = asked()
    asked()
    assert (asked() == first, first < 40) == (True, True)


def test_a_closed_case_stays_in_the_list_for_ninety_days_or_until_it_was_looked_after(cast: Cast) -> None:
    plain, followed = told(cast, "甲").closed(), told(cast, "乙").closed("2027-03-02")
    rows = cases_for(cast.xiaomei)
    assert set(going_on(rows, DAY + timedelta(days=90))) == {plain.case, followed.case}
    assert set(going_on(rows, DAY + timedelta(days=91))) == {followed.case}
