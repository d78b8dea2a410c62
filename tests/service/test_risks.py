"""Whoever is on the staff says that someone is at risk; it is kept, it is told, and it ends only with a receipt or a reason."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from tests.factories.cast import DAY, Cast, login, make_cast
from xiezuo.common.days import at
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.walls import BehindTheWall, all_opened
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.actions import assign, merge_people
from xiezuo.people.actions.erasing import erase_person
from xiezuo.people.due import due_for
from xiezuo.people.ending import held_on
from xiezuo.people.models import Person
from xiezuo.people.vocab import AssignedFor
from xiezuo.service.access.risks import (
    open_risk_reports,
    risk_report_for,
    risk_reports_for,
    steps_of,
    waiting_risks,
)
from xiezuo.service.actions import risks
from xiezuo.service.actions.risks import (
    Reporting,
    close_risk,
    close_risk_by_reason,
    complete_risk,
    flag_risk,
    follow_risk,
    link_risk,
    report_risk,
)
from xiezuo.service.models import RiskReport, RiskStep
from xiezuo.service.risk_clock import Light
from xiezuo.service.vocab import Capacity, RiskState

FOUND = datetime(2026, 3, 2, 2, 5, tzinfo=UTC)  # 10:05 in the house's zone


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def minutes(n: int) -> datetime:
    """So many minutes after it was found."""
    return FOUND + timedelta(minutes=n)


def other(username: str, *held: tuple[StaffRole, object]) -> Actor:
    return actor_for(login(username, username.capitalize(), *held))  # type: ignore[arg-type]


def flag(cast: Cast, by: Actor | None = None, **more: object) -> RiskReport:
    said = {"facts": "胳膊上有新伤。", "found_at": FOUND, "at": minutes(2)} | more
    return flag_risk(by=by or cast.xiaomei, **said)  # type: ignore[arg-type]


def called(n: int, agency: str = "police", **more: str) -> Reporting:
    return Reporting(agency=[agency], reported_at=minutes(n), way="phone", **more)


def test_found_at_10_05_it_is_amber_at_11_00_and_red_at_11_06_for_supervisor_and_director(cast: Cast) -> None:
    director = other("fangyuan", (StaffRole.DIRECTOR, None))
    report = flag(cast, person=cast.person("小宇", cast.east).pk)
    for who in (cast.chenli, director):
        (told,) = waiting_risks(who)
        assert [told.light(minutes(n)) for n in (0, 55, 60, 61)] == [Light.AMBER, Light.AMBER, Light.AMBER, Light.RED]
        with at(minutes(55)):
            assert [due.pk for due in due_for(who, on=DAY, until=DAY) if due.at_once] == []
        with at(minutes(61)):
            assert [due.pk for due in due_for(who, on=DAY, until=DAY) if due.at_once] == [report.pk]
            assert due_for(who, on=DAY, until=DAY)[0].is_late(DAY)


def test_reported_in_time_it_turns_red_for_nobody(cast: Cast) -> None:
    report = flag(cast, described="五六岁,红棉袄")
    report_risk(by=cast.xiaomei, report=report, facts=called(30), at=minutes(31))
    with at(minutes(600)):
        assert due_for(cast.chenli, on=DAY, until=DAY) == []
    assert risk_report_for(cast.chenli, report.pk).light(minutes(600)) == Light.GREEN


@pytest.mark.parametrize("role", list(StaffRole))
def test_everyone_on_the_staff_has_the_duty_whatever_their_role(cast: Cast, role: StaffRole) -> None:
    someone = other("someone", (role, cast.east))
    child = cast.person("小宇", cast.east)
    report = flag(cast, by=someone, person=child.pk)
    assert [told.row.pk for told in risk_reports_for(someone)] == [report.pk]
    assert report.site == cast.east


def test_a_person_whom_nobody_knows_is_described_and_later_linked(cast: Cast) -> None:
    report = flag(cast, described="皮村路口卖菜摊旁的男孩,五六岁")
    assert (report.person, report.site) == (None, cast.east)
    child = cast.person("小宇", cast.east)
    link_risk(by=cast.xiaomei, report=report, person=child)
    told = risk_report_for(cast.xiaomei, report.pk)
    assert (told.row.person, told.row.described) == (child, "皮村路口卖菜摊旁的男孩,五六岁")


def test_one_sentence_is_enough_and_nothing_at_all_is_not(cast: Cast) -> None:
    assert flag(cast).described == "—"
    with pytest.raises(RuleBroken) as refused:
        flag(cast, facts=" ")
    assert (refused.value.code, refused.value.field) == ("service.risk_says_something", "facts")
    with pytest.raises(RuleBroken, match="还没到"):
        flag(cast, found_at=minutes(3))


def test_it_is_kept_when_the_people_of_the_house_cannot_be_reached(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    child = cast.person("小宇", cast.east)

    def broken(_actor: Actor) -> None:
        raise RuntimeError("the table is locked")

    monkeypatch.setattr(risks, "people_for", broken)
    report = flag(cast, person=child.pk, described="在门口")
    assert (report.person, report.described, report.facts) == (None, f"{child.number} 在门口", "胳膊上有新伤。")


def test_a_number_that_is_not_theirs_to_know_stands_as_words_and_tells_nothing(cast: Cast) -> None:
    hidden = cast.person("兰", cast.west)
    for pk in (hidden.pk, 999_999):
        report = flag(cast, person=pk)
        assert (report.person, report.described) == (None, f"P{pk:06d}")


def test_sent_twice_is_said_once(cast: Cast) -> None:
    key = uuid.uuid4()
    assert flag(cast, key=key) == flag(cast, key=key)
    with all_opened(why="a test counts"):
        assert RiskReport.objects.count() == 1


def named(cast: Cast, who: Actor, child: Person) -> None:
    cast.check(who, DAY)
    assign(by=cast.chenli, person=child, user=who.user, why=AssignedFor.CASE_TEAM, on=DAY)


def test_who_reads_it_and_who_learns_who_said_it(cast: Cast) -> None:
    child = cast.person("小宇", cast.east, grade="2")
    teller = other("sunjing", (StaffRole.VOLUNTEER_COORDINATOR, None))
    report = flag(cast, by=teller, person=None, described="小宇")
    link_risk(by=cast.chenli, report=report, person=child)
    named(cast, cast.xiaomei, child)
    supervisors = [other("east", (StaffRole.SUPERVISOR, cast.east)), cast.chenli]
    for who in (*supervisors, teller):
        told = risk_report_for(who, report.pk)
        assert (told.whole, told.said_by) == (True, teller.user)
    colleague = risk_report_for(cast.xiaomei, report.pk)
    assert (colleague.whole, colleague.said_by) == (True, None)
    assert {step.by for step in steps_of(cast.xiaomei, colleague)} == {None}
    director = risk_report_for(other("fangyuan", (StaffRole.DIRECTOR, None)), report.pk)
    assert (director.whole, director.row.person, director.row.facts, director.said_by) == (False, None, "", None)
    assert (director.row.state, director.row.site, director.red_at) == ("flagged", cast.east, minutes(60))
    outsiders = [cast.haiyan, cast.zhiyuan, other("heqing", (StaffRole.DATA_STEWARD, None))]
    for who in outsiders:
        assert risk_reports_for(who) == []
        with pytest.raises(NotAllowed):
            risk_report_for(who, report.pk)


def test_a_report_of_no_known_site_is_told_to_every_supervisor(cast: Cast) -> None:
    west = other("west", (StaffRole.SUPERVISOR, cast.west))
    flag(cast)
    assert waiting_risks(west) == []
    nowhere = flag(cast, by=cast.zhiyuan)
    assert [told.row.pk for told in waiting_risks(west)] == [nowhere.pk]


def test_violence_at_home_against_a_child_goes_to_the_police_by_ourselves(cast: Cast) -> None:
    child = cast.person("小宇", cast.east, born_on=DAY.replace(year=2014))
    report = flag(cast, person=child.pk)
    named(cast, cast.xiaomei, child)
    complete_risk(
        by=cast.xiaomei,
        report=report,
        signs=["violence"],
        facts="父亲打的。",
        capacity=Capacity.UNKNOWN,
        immediate="陪着",
    )
    with pytest.raises(RuleBroken) as refused:
        report_risk(by=cast.xiaomei, report=report, facts=called(20, "civil_affairs"), at=minutes(21))
    assert (refused.value.code, refused.value.facts["rule"]) == ("service.violence_goes_to_police", "CHD-2")
    assert risk_report_for(cast.xiaomei, report.pk).row.state == RiskState.FLAGGED
    both = Reporting(agency=["civil_affairs", "police"], reported_at=minutes(25), way="phone")
    report_risk(by=cast.xiaomei, report=report, facts=both, at=minutes(26))
    row = risk_report_for(cast.xiaomei, report.pk).row
    assert (row.state, row.agency) == (RiskState.REPORTED, ["police", "civil_affairs"])


def test_violence_against_a_grown_up_who_decides_alone_may_go_elsewhere(cast: Cast) -> None:
    report = flag(cast, described="刘姐")
    complete_risk(
        by=cast.xiaomei, report=report, signs=["violence"], facts="眼眶青了", capacity=Capacity.FULL, immediate="陪着"
    )
    report_risk(by=cast.xiaomei, report=report, facts=called(20, "civil_affairs"), at=minutes(21))
    assert risk_report_for(cast.xiaomei, report.pk).row.state == RiskState.REPORTED


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (Reporting(agency=[], reported_at=minutes(20), way="phone"), "service.risk_agency"),
        (Reporting(agency=["police"], reported_at=minutes(20), way=""), "service.risk_way"),
        (Reporting(agency=["police"], reported_at=minutes(-1), way="phone"), "service.risk_reported_when"),
        (Reporting(agency=["police"], reported_at=minutes(40), way="phone"), "service.risk_reported_when"),
    ],
)
def test_a_report_to_an_authority_says_to_whom_how_and_when(cast: Cast, facts: Reporting, code: str) -> None:
    report = flag(cast)
    with pytest.raises(RuleBroken) as refused:
        report_risk(by=cast.xiaomei, report=report, facts=facts, at=minutes(30))
    assert refused.value.code == code


def test_its_way_from_flag_to_receipt_each_step_with_who_did_it(cast: Cast) -> None:
    report = flag(cast)
    with pytest.raises(RuleBroken, match="还没有向"):
        close_risk(by=cast.xiaomei, report=report, receipt_no="京公001", at=minutes(10))
    report_risk(by=cast.xiaomei, report=report, facts=called(20), at=minutes(21))
    follow_risk(by=cast.chenli, report=report, text="民警到场", told=False)
    follow_risk(by=cast.xiaomei, report=report, text="告诉了主任", told=True)
    assert risk_report_for(cast.xiaomei, report.pk).row.state == RiskState.FOLLOWING
    with pytest.raises(RuleBroken) as refused:
        close_risk(by=cast.xiaomei, report=report, receipt_no=" ", at=minutes(90))
    assert refused.value.field == "receipt_no"
    close_risk(by=cast.xiaomei, report=report, receipt_no="京公001", at=minutes(90))
    told = risk_report_for(cast.chenli, report.pk)
    assert (told.row.state, told.row.receipt_no) == (RiskState.CLOSED, "京公001")
    assert [(step.kind, step.by and step.by.name) for step in steps_of(cast.chenli, told)] == [
        ("flagged", "周晓梅"),
        ("reported", "周晓梅"),
        ("followed", "陈立"),
        ("told", "周晓梅"),
        ("closed", "周晓梅"),
    ]
    with pytest.raises(RuleBroken, match="已经结束"):
        follow_risk(by=cast.xiaomei, report=report, text="又一次")


def test_without_a_receipt_a_supervisor_who_did_not_make_it_closes_it(cast: Cast) -> None:
    own = flag(cast, by=cast.chenli)
    with pytest.raises(NotAllowed):
        close_risk_by_reason(by=cast.chenli, report=own, reason="误会", at=minutes(30))
    report = flag(cast)
    with pytest.raises(NotAllowed):
        close_risk_by_reason(by=cast.xiaomei, report=report, reason="误会", at=minutes(30))
    with pytest.raises(RuleBroken) as refused:
        close_risk_by_reason(by=cast.chenli, report=report, reason=" ", at=minutes(30))
    assert refused.value.field == "supervisor_reason"
    close_risk_by_reason(by=cast.chenli, report=report, reason="孩子摔伤,已与校医核实", at=minutes(30))
    row = risk_report_for(cast.xiaomei, report.pk).row
    assert (row.state, row.supervisor_reason) == (RiskState.CLOSED_BY_REASON, "孩子摔伤,已与校医核实")


def test_no_action_takes_a_report_back_and_the_database_keeps_it(cast: Cast) -> None:
    report = flag(cast)
    verbs = {name for name, thing in vars(risks).items() if getattr(thing, "__module__", "") == risks.__name__}
    assert {
        verb for verb in verbs if any(word in verb for word in ("delete", "drop", "undo", "unflag", "withdraw"))
    } == set()
    with all_opened(why="a test tries"), pytest.raises(ProtectedError):
        report.delete()
    with all_opened(why="a test tries"), pytest.raises(IntegrityError), transaction.atomic():
        RiskReport.objects.filter(pk=report.pk)._raw_delete(RiskReport.objects.db)  # type: ignore[attr-defined]
        transaction.get_connection().check_constraints()
    with pytest.raises(BehindTheWall):
        list(RiskStep.objects.all())


def test_a_gate_learns_which_reports_are_open(cast: Cast) -> None:
    child = cast.person("小宇", cast.east)
    report = flag(cast, person=child.pk)
    assert [(one.pk, one.number, one.state) for one in open_risk_reports(child)] == [
        (report.pk, f"R20260302-{report.pk}", RiskState.FLAGGED)
    ]
    close_risk_by_reason(by=cast.chenli, report=report, reason="已核实", at=minutes(30))
    assert open_risk_reports([child]) == []


def test_a_report_follows_when_two_records_become_one(cast: Cast) -> None:
    kept, gone = cast.person("小宇", cast.east), cast.person("王小宇", cast.east)
    report = flag(cast, person=gone.pk)
    merge_people(by=cast.chenli, kept=kept, other=gone)
    assert [one.pk for one in open_risk_reports(kept)] == [report.pk]


def test_what_was_written_before_stays_in_its_step(cast: Cast) -> None:
    report = flag(cast)
    complete_risk(
        by=cast.xiaomei, report=report, signs=["injury"], facts="两处新伤。", capacity=Capacity.MINOR, immediate="送医"
    )
    told = risk_report_for(cast.xiaomei, report.pk)
    assert (told.row.signs, told.row.facts) == (["injury"], "两处新伤。")
    assert [step.text for step in steps_of(cast.xiaomei, told)] == ["", "胳膊上有新伤。"]


def test_erasing_the_person_keeps_that_there_was_a_report_and_covers_what_was_said(cast: Cast) -> None:
    child = cast.person("小宇", cast.east)
    report = flag(cast, person=child.pk, described="穿红棉袄")
    report_risk(by=cast.xiaomei, report=report, facts=called(20, receipt_no="京公001"), at=minutes(21))
    assert child.pk in held_on(DAY)
    close_risk(by=cast.xiaomei, report=report, receipt_no="", at=minutes(90))
    assert child.pk not in held_on(DAY)
    erase_person(by_id=None, person=child.pk, on=DAY)
    with all_opened(why="a test looks at what was kept"):
        kept = RiskReport.objects.get(pk=report.pk)
        assert (kept.state, kept.agency, kept.reported_at) == (RiskState.CLOSED, ["police"], minutes(20))
        said = {str(getattr(kept, name)) for name in ("described", "facts", "receipt_no")}
        assert said == {"—"}
        assert {str(step.text) for step in kept.steps.all()} <= {"", "—"}


def test_the_same_words_said_again_are_the_report_that_waits_and_other_words_are_another(cast: Cast) -> None:
    child = cast.person("小宇", cast.east)
    first = flag(cast, person=child.pk, facts="胳膊上有新伤")
    assert flag(cast, person=child.pk, facts=" 胳膊上有新伤 ", at=minutes(9)) == first
    others = [
        flag(cast, person=child.pk, facts="胳膊上又有新伤"),
        flag(cast, person=cast.person("小宇的妹妹", cast.east).pk, facts="胳膊上有新伤"),
        flag(cast, by=cast.chenli, person=child.pk, facts="胳膊上有新伤"),
        flag(cast, described="穿红棉袄", facts=""),
        flag(cast, described="穿红棉袄", facts=""),
    ]
    report_risk(by=cast.xiaomei, report=first, facts=called(30), at=minutes(31))
    again = flag(cast, person=child.pk, facts="胳膊上有新伤", at=minutes(90))
    assert len({first, *others, again}) == 7
