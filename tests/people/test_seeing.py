"""Asking to read someone's file: the child's, above all (CHD-3)."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories.cast import Cast, login
from tests.factories.facts import facts_of
from xiezuo.common.days import at
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.models import Event
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.models import Membership
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.access import (
    NobodyKnown,
    SectionClosed,
    access_requests_for,
    looking_as,
    must_work_with,
    person_for,
    sections_for,
    volunteers_for,
)
from xiezuo.people.actions import (
    PersonFacts,
    ask_access,
    assign,
    correct_person,
    decide_access,
    end_access,
    open_in_emergency,
    register_person,
    review_emergency,
)
from xiezuo.people.checks import note_check
from xiezuo.people.models import AccessRequest, Person
from xiezuo.people.vocab import AccessState, AssignedFor, CheckResult, Section

MONDAY = date(2026, 3, 2)


def moment(hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime(2026, 3, 2, hour, minute))


@pytest.fixture
def child(cast: Cast) -> Person:
    """小宇 of nine, written down by the supervisor, comes to the East; nobody there was named for him."""
    facts = PersonFacts(nickname="小宇", born_on=date(2016, 9, 1), phone="13911112222", health_note="过敏")
    return register_person(by=cast.chenli, facts=facts, on=MONDAY, site=cast.east, with_user=False)


def asked(by: Actor, person: Person, until: datetime, hour: int = 9) -> AccessRequest:
    request = ask_access(by=by, person=person.pk, why="明天家访要了解情况", until=until, at=moment(hour))
    assert request is not None
    return request


def test_at_the_site_of_a_child_a_colleague_knows_the_name_and_nothing_else(cast: Cast, child: Person) -> None:
    assert sections_for(cast.xiaomei, child).open == {Section.NAME}
    with pytest.raises(SectionClosed) as refusal:
        person_for(cast.xiaomei, child.pk, Section.CONTACT)
    assert refusal.value.decision.code == "minor"


def test_to_be_named_for_the_child_is_an_approval(cast: Cast, child: Person) -> None:
    note_check(
        by=cast.chenli,
        whom=cast.xiaomei.user,
        checked_on=date(2025, 9, 1),
        source="公安机关",
        result=CheckResult.CLEAR,
        on=MONDAY,
    )
    assign(by=cast.chenli, person=child, why=AssignedFor.CASE_TEAM, on=MONDAY, user=cast.xiaomei.user)
    assert person_for(cast.xiaomei, child.pk, Section.SENSITIVE) == child


def test_nobody_is_named_for_a_child_whose_background_was_not_checked(cast: Cast, child: Person) -> None:
    with pytest.raises(RuleBroken) as refusal:
        assign(by=cast.chenli, person=child, why=AssignedFor.CASE_TEAM, on=MONDAY, user=cast.xiaomei.user)
    assert refusal.value.code == "people.check_missing"


def test_an_approval_until_six_opens_the_file_until_six_and_not_a_minute_longer(cast: Cast, child: Person) -> None:
    with at(moment(9)), pytest.raises(NobodyKnown):
        person_for(cast.haiyan, child.pk)
    request = asked(cast.haiyan, child, moment(18))
    with at(moment(9)), pytest.raises(NobodyKnown):
        person_for(cast.haiyan, child.pk)
    decide_access(by=cast.chenli, request=request, approved=True, words="可以", at=moment(10))
    with at(moment(17, 59)):
        assert person_for(cast.haiyan, child.pk, Section.SENSITIVE) == child
    with at(moment(18, 1)), pytest.raises(NobodyKnown):
        person_for(cast.haiyan, child.pk)


def test_nobody_answers_their_own_request(cast: Cast, child: Person) -> None:
    west = actor_for(login("zhou", "周倩", (StaffRole.SUPERVISOR, cast.west)))
    request = asked(west, child, moment(18))
    with pytest.raises(NotAllowed):
        decide_access(by=west, request=request, approved=True, words="", at=moment(10))
    assert list(access_requests_for(west)) == []


@pytest.mark.parametrize(("who", "waits"), {"xiaomei": 0, "zhiyuan": 0, "chenli": 1}.items())
def test_requests_are_answered_by_who_is_responsible(cast: Cast, child: Person, who: str, waits: int) -> None:
    asked(cast.haiyan, child, moment(18))
    assert access_requests_for(getattr(cast, who)).count() == waits


def test_the_director_answers_and_reads_only_what_is_opened_to_them(cast: Cast, child: Person) -> None:
    director = actor_for(login("fang", "方主任", (StaffRole.DIRECTOR, None)))
    request = asked(cast.haiyan, child, moment(18))
    with at(moment(9)), pytest.raises(NobodyKnown):
        person_for(director, child.pk)
    decide_access(by=director, request=request, approved=True, words="", at=moment(10))
    with at(moment(11)):
        assert person_for(cast.haiyan, child.pk) == child


def test_a_no_has_a_reason_and_a_request_has_an_end(cast: Cast, child: Person) -> None:
    with pytest.raises(RuleBroken) as endless:
        asked(cast.haiyan, child, moment(9) + timedelta(days=31))
    assert endless.value.code == "people.access_needs_an_end"
    request = asked(cast.haiyan, child, moment(18))
    with pytest.raises(RuleBroken) as silent:
        decide_access(by=cast.chenli, request=request, approved=False, words=" ", at=moment(10))
    assert silent.value.code == "people.access_refusal_needs_a_reason"
    decide_access(by=cast.chenli, request=request, approved=False, words="由晓梅去", at=moment(10))
    request.refresh_from_db()
    assert (request.state, request.words) == (AccessState.REFUSED, "由晓梅去")


def test_asking_for_a_number_that_nobody_has_writes_nothing_and_says_nothing(cast: Cast) -> None:
    assert ask_access(by=cast.haiyan, person=999, why="家访", until=moment(18), at=moment(9)) is None
    assert AccessRequest.objects.count() == 0


def test_a_file_can_be_closed_before_its_time(cast: Cast, child: Person) -> None:
    request = asked(cast.haiyan, child, moment(18))
    decide_access(by=cast.chenli, request=request, approved=True, words="", at=moment(10))
    end_access(by=cast.haiyan, request=request, at=moment(12))
    with at(moment(12, 1)), pytest.raises(NobodyKnown):
        person_for(cast.haiyan, child.pk)


def test_in_danger_the_file_opens_at_once_for_four_hours_and_a_supervisor_looks_at_it(
    cast: Cast, child: Person
) -> None:
    opened = open_in_emergency(by=cast.haiyan, person=child.pk, why="孩子走失，要联系监护人", at=moment(10))
    assert opened is not None
    with at(moment(10, 1)):
        assert person_for(cast.haiyan, child.pk, Section.CONTACT) == child
    assert list(access_requests_for(cast.chenli).filter(decided_at=None)) == [opened]
    assert Event.objects.filter(code="people.access.opened_in_emergency", subject_id=child.pk).count() == 1
    with at(moment(14, 1)), pytest.raises(NobodyKnown):
        person_for(cast.haiyan, child.pk)


def test_an_emergency_that_was_none_closes_the_file_at_once(cast: Cast, child: Person) -> None:
    opened = open_in_emergency(by=cast.haiyan, person=child.pk, why="想看看", at=moment(10))
    assert opened is not None
    review_emergency(by=cast.chenli, request=opened, fitting=False, words="没有危险", at=moment(10, 30))
    with at(moment(10, 31)), pytest.raises(NobodyKnown):
        person_for(cast.haiyan, child.pk)


@pytest.mark.parametrize("role", [StaffRole.SYSADMIN, StaffRole.VOLUNTEER_COORDINATOR])
def test_some_roles_never_ask(cast: Cast, child: Person, role: StaffRole) -> None:
    who = actor_for(login("someone", "某人", (role, None)))
    with pytest.raises(NotAllowed):
        ask_access(by=who, person=child.pk, why="看看", until=moment(18), at=moment(9))
    with pytest.raises(NotAllowed):
        open_in_emergency(by=who, person=child.pk, why="看看", at=moment(9))


def test_a_placement_student_sees_whom_they_were_given_until_the_placement_ends(cast: Cast, wang: Person) -> None:
    student = login("xiaolin", "小林")
    Membership.objects.create(
        user=student, role=StaffRole.PLACEMENT_STUDENT, site=cast.east, from_on=MONDAY, to_on=date(2026, 6, 30)
    )
    with at(moment(9)):
        with pytest.raises(NobodyKnown):
            person_for(actor_for(student), wang.pk)
        assign(by=cast.chenli, person=wang, why=AssignedFor.CASE_TEAM, on=MONDAY, user=student)
        assert person_for(actor_for(student), wang.pk, Section.CASE) == wang
        with pytest.raises(SectionClosed):
            person_for(actor_for(student), wang.pk, Section.SENSITIVE)
    with at(timezone.make_aware(datetime(2026, 7, 1, 9))), pytest.raises(NobodyKnown):
        person_for(actor_for(student), wang.pk)


def test_correcting_a_phone_does_not_touch_what_the_colleague_may_not_see(cast: Cast) -> None:
    facts = PersonFacts(nickname="王姐", health_note="糖尿病", phone="13911112222")
    wang = register_person(by=cast.chenli, facts=facts, on=MONDAY, site=cast.east, with_user=False)
    typed = facts_of(wang)
    typed.phone, typed.health_note = "13933334444", ""
    correct_person(by=cast.xiaomei, person=wang, facts=typed, on=MONDAY)
    kept = facts_of(Person.objects.get(pk=wang.pk))
    assert (kept.phone, kept.health_note) == ("13933334444", "糖尿病")


def test_a_supervisor_looks_as_a_coordinator_sees_only_volunteers_and_writes_nothing(cast: Cast, wang: Person) -> None:
    looks = looking_as(cast.chenli, StaffRole.VOLUNTEER_COORDINATOR)
    assert (looks.roles, looks.watched) == ({StaffRole.VOLUNTEER_COORDINATOR}, True)
    assert list(volunteers_for(looks)) == []
    with pytest.raises(NobodyKnown):
        person_for(looks, wang.pk)
    as_worker = looking_as(cast.chenli, StaffRole.SOCIAL_WORKER)
    assert Section.SENSITIVE not in sections_for(as_worker, wang)
    with pytest.raises(NotAllowed):
        must_work_with(as_worker, wang)


@pytest.mark.parametrize("role", [StaffRole.SYSADMIN, StaffRole.DIRECTOR, StaffRole.SUPERVISOR])
def test_nobody_looks_as_a_role_that_sees_more(cast: Cast, role: StaffRole) -> None:
    assert looking_as(cast.xiaomei, role) == cast.xiaomei
    assert looking_as(cast.chenli, role) == cast.chenli
