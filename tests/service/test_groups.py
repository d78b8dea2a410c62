"""A group of eight young workers meets, one is missed, one joins late, and its report says what the records say."""

import uuid
from datetime import date, timedelta

import pytest

from tests.factories.cast import DAY, Cast, login, make_cast
from tests.factories.grouped import GROUP, REPORT, SESSION, a_group, agreed, session, written
from tests.people.merged import merge
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.orgs.access import actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.access import SectionClosed
from xiezuo.people.actions import assign
from xiezuo.people.actions.erasing import erase_person
from xiezuo.people.models import Person
from xiezuo.people.vocab import AssignedFor
from xiezuo.service.access import FormClosed, filled_for, group_for, groups_for, records_for
from xiezuo.service.actions import Filling, Taking, cancel_service, correct_form, sign_form
from xiezuo.service.actions.grouping import Arrangement, add_member, arrange_group, know_member, leave_group
from xiezuo.service.attendance import attendance_of, stages_of
from xiezuo.service.filling.contents import answers_of, form_of_submission
from xiezuo.service.indicators import values
from xiezuo.service.member_notes import notes_about
from xiezuo.service.models import Group
from xiezuo.service.vocab import ParticipationMode

pytestmark = pytest.mark.django_db
NAMED, LISTED = ParticipationMode.NAMED, ParticipationMode.LISTED
WEEK = timedelta(days=7)
KEY = uuid.UUID("7d2b0e4e-0000-4000-8000-000000000077")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def named(*people: Person) -> list[Taking]:
    return [Taking(mode=NAMED, person=person.pk) for person in people]


def again(group: Group) -> Group:
    return Group.objects.get(pk=group.pk)


def test_a_plan_becomes_a_group_and_a_supervisor_agrees_before_anyone_joins(cast: Cast) -> None:
    plan = written(cast.xiaomei, "group", GROUP, site=cast.east)
    group = group_for(cast.xiaomei, plan.group_id or 0)
    assert (group.state, group.name, group.size, group.series.kind) == ("planned", "成长小组", 8, "group")
    with pytest.raises(RuleBroken, match="督导"):
        add_member(by=cast.xiaomei, group=group, on=DAY, nickname="阿强")
    with pytest.raises(NotAllowed):
        sign_form(by=cast.xiaomei, filled=plan, decision="approved", opinion="", on=DAY)
    agreed(cast, plan)
    assert again(group).state == "approved"
    add_member(by=cast.xiaomei, group=group, on=DAY, nickname="阿强")
    assert again(group).state == "recruiting"
    again_planned = written(cast.xiaomei, "group", GROUP, site=cast.east)
    assert again_planned.group is not None and again_planned.group.series.name == "成长小组 (2)"


def test_who_comes_is_written_once_and_everything_follows(cast: Cast) -> None:
    group = a_group(cast)
    lian, qiang, hong = (cast.person(name, cast.east) for name in ("阿莲", "阿强", "小红"))
    for person in (lian, qiang):
        add_member(by=cast.xiaomei, group=group, on=DAY, person=person)
    add_member(by=cast.xiaomei, group=group, on=DAY, nickname="四川小伙")
    session(cast, group, 1, DAY, [*named(lian, qiang), Taking(mode=LISTED, label="四川小伙")])
    assert again(group).state == "running"
    session(cast, group, 2, DAY + WEEK, [*named(lian, hong), Taking(mode=LISTED, label="四川小伙")], stage="turning")
    session(cast, group, 3, DAY + 2 * WEEK, named(lian, hong), stage="turning")
    found = attendance_of(group)
    assert {str(line.member): line.cells for line in found.lines} == {
        "阿莲": ["came", "came", "came"],
        "阿强": ["came", "missed", "missed"],
        "四川小伙": ["came", "came", "missed"],
        "小红": ["", "came", "came"],
    }
    assert [str(line.member) for line in found.missed] == ["阿强"]
    assert stages_of(found.meetings) == [("forming", [1]), ("turning", [2, 3])]
    told = {"session_count": 3, "person_times": 8, "headcount": 4}
    assert values(records_for(cast.xiaomei), told) == told


def test_a_nickname_turns_out_to_be_someone_and_the_sessions_are_theirs(cast: Cast) -> None:
    group = a_group(cast)
    member = add_member(by=cast.xiaomei, group=group, on=DAY, nickname="四川小伙")
    session(cast, group, 1, DAY, [Taking(mode=LISTED, label="四川小伙")])
    tao = cast.person("阿涛", cast.east)
    with pytest.raises(RuleBroken, match="先问"):
        know_member(by=cast.xiaomei, member=member, person=tao, agreed=False, on=DAY)
    know_member(by=cast.xiaomei, member=member, person=tao, agreed=True, on=DAY)
    line = attendance_of(group).lines[0]
    assert (line.member.person, line.cells, tao.participations.count()) == (tao, ["came"], 1)


def test_a_session_outside_the_days_of_the_group_is_refused_and_named(cast: Cast) -> None:
    group = a_group(cast, last_on=date(2026, 3, 31))
    lian = cast.person("阿莲", cast.east)
    for day in (date(2026, 3, 1), date(2026, 4, 1)):
        with pytest.raises(RuleBroken, match="2026-03-02"):
            session(cast, group, 1, day, named(lian))
    filled = session(cast, group, 1, DAY, named(lian))
    with pytest.raises(RuleBroken, match="第 1 节"):
        session(cast, group, 1, DAY + WEEK, named(lian))
    made = Filling(
        form=form_of_submission(filled),
        answers=SESSION | {"service_date": "2026-04-02"},
        group=group,
        site=cast.east,
        taking=named(lian),
    )
    with pytest.raises(RuleBroken, match="2026-03-02"):
        correct_form(by=cast.xiaomei, filled=filled, filling=made, revision=1, on=date(2026, 4, 2), draft=KEY)
    with pytest.raises(RuleBroken, match="2026-03-02"):
        told = Arrangement(first_on=date(2026, 3, 9), last_on=date(2026, 3, 31), leaders=[cast.xiaomei.user])
        arrange_group(by=cast.xiaomei, group=group, told=told)


def test_more_sessions_than_planned_are_written_all_the_same(cast: Cast) -> None:
    group = a_group(cast, session_total=1)
    lian = cast.person("阿莲", cast.east)
    for no in (1, 2):
        session(cast, group, no, DAY + no * WEEK, named(lian))
    assert len(attendance_of(group).meetings) == 2


def test_what_is_observed_of_someone_is_read_in_their_own_file_alone(cast: Cast) -> None:
    group = a_group(cast)
    lian, qiang = cast.person("阿莲", cast.east), cast.person("阿强", cast.east)
    notes = [{"person": lian.pk, "note": "今天主动说话"}, {"person": qiang.pk, "note": "一直看手机"}]
    form = session(cast, group, 1, DAY, named(lian, qiang), member_notes=notes)
    cast.check(cast.xiaomei, DAY)
    assign(by=cast.chenli, person=lian, why=AssignedFor.CASE_TEAM, user=cast.haiyan.user, on=DAY)
    assert [(one.note, one.group, one.no) for one in notes_about(cast.haiyan, lian)] == [
        ("今天主动说话", "成长小组", 1)
    ]
    with pytest.raises(NotAllowed):
        notes_about(cast.haiyan, qiang)
    with pytest.raises(NotAllowed):
        filled_for(cast.haiyan, form.pk)
    beside = actor_for(login("beside", "于静", (StaffRole.SOCIAL_WORKER, cast.east)))
    with pytest.raises(SectionClosed):
        notes_about(beside, lian)
    with pytest.raises(FormClosed):
        filled_for(beside, form.pk)
    assert [one.note for one in notes_about(cast.chenli, qiang)] == ["一直看手机"]


def test_the_report_holds_the_figures_and_a_supervisor_closes_the_group(cast: Cast) -> None:
    group = a_group(cast)
    lian, qiang = cast.person("阿莲", cast.east), cast.person("阿强", cast.east)
    for person in (lian, qiang):
        add_member(by=cast.xiaomei, group=group, on=DAY, person=person)
    session(cast, group, 1, DAY, named(lian, qiang))
    late = session(cast, group, 2, DAY + WEEK, named(lian))
    report = written(cast.xiaomei, "group_report", REPORT, DAY + WEEK, group=again(group), site=cast.east)
    told = answers_of(cast.xiaomei, filled_for(cast.xiaomei, report.pk))[1]["attendance"]
    assert told == "共 6 节中的 2 节，组员 2 人，3 人次，平均每节 1.5 人 (3/4, 75%)"
    assert again(group).state == "reporting"
    with pytest.raises(RuleBroken, match="招募"):
        session(cast, group, 3, DAY + 2 * WEEK, named(lian))
    agreed(cast, report, DAY + 2 * WEEK)
    assert (again(group).state, again(group).closed_on) == ("closed", DAY + 2 * WEEK)
    assert late.record is not None
    cancel_service(by=cast.xiaomei, record=late.record, why="没有开")
    assert [meeting.row.no for meeting in attendance_of(group).meetings] == [1]


def test_someone_leaves_and_comes_back_in_the_same_row(cast: Cast) -> None:
    group = a_group(cast)
    lian = cast.person("阿莲", cast.east)
    member = add_member(by=cast.xiaomei, group=group, on=DAY, person=lian)
    leave_group(by=cast.xiaomei, member=member, on=DAY + WEEK, why="上夜班")
    session(cast, group, 1, DAY + 2 * WEEK, [Taking(mode=LISTED, label="新人")])
    assert [line.cells for line in attendance_of(group).lines] == [[""], ["came"]]
    back = add_member(by=cast.xiaomei, group=group, on=DAY + 3 * WEEK, person=lian)
    assert (back.pk, back.left_on, back.left_why) == (member.pk, None, "")


def test_a_group_is_known_at_its_site_and_to_whoever_leads_it(cast: Cast) -> None:
    group = a_group(cast)
    seen = {
        who.user.username: groups_for(who).filter(pk=group.pk).exists()
        for who in (cast.xiaomei, cast.haiyan, cast.chenli, cast.zhiyuan)
    }
    assert seen == {"xiaomei": True, "haiyan": False, "chenli": True, "zhiyuan": False}
    told = Arrangement(first_on=DAY, last_on=DAY + WEEK, leaders=[cast.xiaomei.user, cast.haiyan.user])
    arrange_group(by=cast.xiaomei, group=group, told=told)
    assert group_for(cast.haiyan, group.pk) == group


def test_erasing_a_member_takes_what_was_observed_and_leaves_the_count(cast: Cast) -> None:
    group = a_group(cast)
    lian, qiang = cast.person("阿莲", cast.east), cast.person("阿强", cast.east)
    add_member(by=cast.xiaomei, group=group, on=DAY, person=lian)
    notes = [{"person": lian.pk, "note": "今天主动说话"}, {"person": qiang.pk, "note": "一直看手机"}]
    form = session(cast, group, 1, DAY, named(lian, qiang), member_notes=notes)
    erase_person(by_id=None, person=lian.pk, on=DAY)
    told = answers_of(cast.xiaomei, filled_for(cast.xiaomei, form.pk))[1]["member_notes"]
    assert [row["note"] for row in told] == ["—", "一直看手机"]
    assert [str(member) for member in group.members.all()] == ["阿强"]
    figures = {"person_times": 2, "headcount": 2}
    assert values(records_for(cast.xiaomei), figures) == figures


def test_two_rows_of_one_member_become_one(cast: Cast) -> None:
    group = a_group(cast)
    lian, twice = cast.person("阿莲", cast.east), cast.person("莲姐", cast.east)
    for person in (lian, twice):
        add_member(by=cast.xiaomei, group=group, on=DAY, person=person)
    form = session(cast, group, 1, DAY, named(twice), member_notes=[{"person": twice.pk, "note": "爱笑"}])
    merge(cast, lian, twice)
    assert [(str(line.member), line.cells) for line in attendance_of(group).lines] == [("阿莲", ["came"])]
    assert [(one.note, one.form) for one in notes_about(cast.chenli, lian)] == [("爱笑", form.pk)]
