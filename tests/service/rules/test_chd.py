"""Children (CHD-1 to CHD-7): what the law asks, and what the house asks at its door."""

import io
from datetime import date, datetime, time, timedelta
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone

from tests.exchange.test_evidence_pack import agrees, packed, summed_up
from tests.factories.cast import DAY, Cast, login
from tests.factories.own_side import guarded, notice
from xiezuo.common.days import at, today
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.models import Event
from xiezuo.common.walls import all_opened
from xiezuo.orgs.access import actor_for
from xiezuo.orgs.models import Project
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.actions import ask_access, assign, decide_access, name_collector
from xiezuo.people.checks import check_in_force, must_be_checked
from xiezuo.people.due import due_for
from xiezuo.people.models import ReadLog
from xiezuo.people.vocab import AssignedFor, ConsentPurpose, Relation
from xiezuo.service.access.risks import risk_report_for
from xiezuo.service.actions import check_in
from xiezuo.service.actions.entrusted import entrust, note_contact
from xiezuo.service.actions.leaving import Going, let_go
from xiezuo.service.actions.risks import Reporting, close_risk, complete_risk, flag_risk, report_risk
from xiezuo.service.filling.at_risk import says_risk
from xiezuo.service.models import ChildAttendance, RiskReport
from xiezuo.service.risk_clock import Light
from xiezuo.service.vocab import Capacity, InTouch, LeftWith, RiskState, WhichParent

FOUND = timezone.make_aware(datetime(2026, 3, 2, 10, 5))


def clock(hour: int, minute: int) -> datetime:
    return timezone.make_aware(datetime(2026, 3, 2, hour, minute))


def test_chd_1_found_at_10_05_and_not_reported_it_is_red_at_11_06_for_supervisor_and_director(cast: Cast) -> None:
    director = actor_for(login("fang", "方主任", (StaffRole.DIRECTOR, None)))
    child = cast.person("小宇", cast.east)
    report = flag_risk(by=cast.xiaomei, facts="有伤", found_at=FOUND, at=clock(10, 6), person=child.pk)
    for who in (cast.chenli, director):
        told = risk_report_for(who, report.pk)
        assert [told.light(clock(*at_)) for at_ in ((10, 5), (11, 5), (11, 6))] == [Light.AMBER, Light.AMBER, Light.RED]
        with at(clock(11, 6)):
            assert [due.pk for due in due_for(who, on=DAY, until=DAY) if due.at_once] == [report.pk]
    reported = Reporting(agency=["civil_affairs"], reported_at=clock(11, 10), way="phone")
    report_risk(by=cast.xiaomei, report=report, facts=reported, at=clock(11, 10))
    close_risk(by=cast.xiaomei, report=report, receipt_no="民001", at=clock(12, 0))
    with all_opened(why="a test counts"):
        assert list(RiskReport.objects.values_list("state", flat=True)) == [RiskState.CLOSED]


def test_chd_2_violence_at_home_against_a_child_of_12_opens_the_report_and_goes_to_the_police(cast: Cast) -> None:
    assert says_risk("hotline_call", {"triage": "green", "problem": "violence"})
    child = cast.person("小宇", cast.east, born_on=date(2014, 1, 1))
    report = flag_risk(by=cast.chenli, facts="父亲打的", found_at=FOUND, at=FOUND, person=child.pk)
    said = {"signs": ["violence"], "facts": "父亲打的", "capacity": Capacity.UNKNOWN, "immediate": "陪着"}
    complete_risk(by=cast.chenli, report=report, **said)  # type: ignore[arg-type]
    for agency, state in ((["civil_affairs"], RiskState.FLAGGED), (["police"], RiskState.REPORTED)):
        facts = Reporting(agency=agency, reported_at=FOUND, way="phone")
        if state == RiskState.FLAGGED:
            with pytest.raises(RuleBroken) as refused:
                report_risk(by=cast.chenli, report=report, facts=facts, at=clock(11, 0))
            assert refused.value.facts["rule"] == "CHD-2"
        else:
            report_risk(by=cast.chenli, report=report, facts=facts, at=clock(11, 0))
        assert risk_report_for(cast.chenli, report.pk).row.state == state


def test_chd_3_an_outsider_reads_a_childs_file_only_until_18_00_of_an_approval(cast: Cast) -> None:
    child = cast.person("小宇", cast.west, born_on=date(2016, 9, 1))
    browser = Client()
    browser.force_login(cast.xiaomei.user)
    pages = [f"/people/{child.pk}/", f"/people/{child.pk}/family/"]

    def read(hour: int, minute: int) -> list[int]:
        with at(clock(hour, minute)):
            return [browser.get(page).status_code for page in pages]

    assert read(9, 0) == [403, 403]
    asked = ask_access(by=cast.xiaomei, person=child.pk, why="家访", until=clock(18, 0), at=clock(9, 0))
    assert asked is not None
    decide_access(by=cast.chenli, request=asked, approved=True, words="可以", at=clock(10, 0))
    assert [read(17, 59), read(18, 1)] == [[200, 200], [403, 403]]
    assert ReadLog.objects.filter(person=child, user=cast.xiaomei.user).count() == 2


def test_chd_4_one_child_in_the_picture_without_consent_keeps_it_in_the_house(cast: Cast) -> None:
    notice(cast, ConsentPurpose.PORTRAIT)
    project = Project.objects.create(name="冬衣计划", from_on=date(2026, 1, 1))
    grown = cast.person("阿莲", cast.east, born_on=date(1990, 1, 1))
    child = cast.person("小宇", cast.east, born_on=date(2016, 1, 1))
    agrees(cast, grown)
    summed_up(cast, project, ([grown.pk], "领到冬衣"), ([grown.pk, child.pk], "合影"))
    with ZipFile(io.BytesIO(packed(cast, project).content)) as archive:
        names = [name.rpartition("/")[2] for name in archive.namelist() if name.endswith(".jpeg")]
    assert (names, Event.objects.get(code="exchange.evidence.packed").facts["photos"]) == (["001.jpeg"], 1)


@pytest.mark.parametrize(("day", "holds"), [("2025-09-01", True), ("2026-08-31", True), ("2026-09-01", False)])
def test_chd_5_a_check_of_1_september_lets_someone_work_near_children_to_31_august(
    cast: Cast, day: str, holds: bool
) -> None:
    cast.check(cast.xiaomei, date(2025, 9, 1))
    on, user = date.fromisoformat(day), cast.xiaomei.user
    assert check_in_force(on=on, user=user) is holds
    child = cast.person("小宇", cast.east, born_on=date(2016, 1, 1))
    if holds:
        must_be_checked(on=on, user=user)
        assign(by=cast.chenli, person=child, user=user, why=AssignedFor.CASE_TEAM, on=on)
        return
    with pytest.raises(RuleBroken) as refused:
        assign(by=cast.chenli, person=child, user=user, why=AssignedFor.CASE_TEAM, on=on)
    assert refused.value.facts["rule"] == "CHD-5"


def test_chd_6_who_is_not_listed_that_day_does_not_take_the_child(cast: Cast) -> None:
    cast.check(cast.xiaomei, DAY)
    child = cast.person("小宇", cast.east, born_on=date(2015, 5, 1))
    mother = cast.person("小宇妈妈", cast.east, phone="13911112222")
    guarded(cast.__class__(**{**vars(cast), "xiaomei": cast.chenli}), child, mother)
    grandmother, uncle = (
        name_collector(
            by=cast.chenli, child=child, name=name, phone=phone, relation=relation, on=date(2026, 1, 1), until=until
        )
        for name, phone, relation, until in (
            ("王外婆", "13900000001", Relation.GRANDPARENT, None),
            ("李叔", "13900000002", Relation.OTHER, date(2026, 3, 1)),
        )
    )
    check_in(by=cast.xiaomei, site=cast.east, on=DAY, person=child, at=time(15, 30))
    row = ChildAttendance.objects.get()
    for collector in (uncle.pk, None):
        with pytest.raises(RuleBroken, match="13911112222") as refused:
            going = Going(how=LeftWith.COLLECTOR, at=time(17, 40), collector=collector, name="李叔")
            let_go(by=cast.xiaomei, row=row, facts=going, on=DAY)
        assert (refused.value.code, refused.value.facts["rule"]) == ("service.not_a_collector", "CHD-6")
    assert ChildAttendance.objects.get().is_there
    let_go(
        by=cast.xiaomei,
        row=row,
        facts=Going(how=LeftWith.COLLECTOR, at=time(17, 45), collector=grandmother.pk),
        on=DAY,
    )
    left = ChildAttendance.objects.get()
    assert (left.collected_by, left.relation, left.out_at) == ("王外婆", Relation.GRANDPARENT, time(17, 45))


def test_chd_7_on_the_eighth_day_without_a_contact_the_worker_is_reminded_and_nothing_is_refused(cast: Cast) -> None:
    cast.check(cast.xiaomei, DAY)
    child = cast.person("小宇", cast.east, born_on=date(2015, 5, 1))
    assign(by=cast.chenli, person=child, user=cast.xiaomei.user, why=AssignedFor.CASE_TEAM, on=today())
    entrust(by=cast.xiaomei, child=child, carer="外婆", from_on=date(2026, 1, 1), on=DAY)
    note_contact(by=cast.xiaomei, child=child, who=WhichParent.MOTHER, how=InTouch.VIDEO, day=DAY, on=DAY)

    def reminded(days: int) -> list[str]:
        day = DAY + timedelta(days=days)
        return [due.about for due in due_for(cast.xiaomei, on=day, until=day) if due.table == "service.entrusting"]

    assert [reminded(7), reminded(8)] == [[], ["小宇"]]
    later = DAY + timedelta(days=8)
    note_contact(by=cast.xiaomei, child=child, who=WhichParent.FATHER, how=InTouch.PHONE, day=later, on=later)
    assert reminded(8) == []
    with pytest.raises(NotAllowed):
        note_contact(by=cast.haiyan, child=child, who=WhichParent.BOTH, how=InTouch.VISIT, day=DAY, on=DAY)
