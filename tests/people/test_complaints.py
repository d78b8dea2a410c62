"""A complaint is neither read nor handled by whomever it is about, and the complainant hears what came of it."""

from datetime import date

import pytest

from tests.factories.cast import Cast, login
from tests.factories.own_side import member, moment
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.actions import complain, give_complaint, name_concerned, receive_complaint, settle_complaint
from xiezuo.people.members import complaints_for
from xiezuo.people.models import Complaint, Person

TODAY = date(2026, 3, 2)
NOW = moment(TODAY)


@pytest.fixture
def director(cast: Cast) -> Actor:
    return actor_for(login("lin", "林慧", (StaffRole.DIRECTOR, None)))


@pytest.fixture
def mother(cast: Cast) -> Person:
    return cast.person("王姐", cast.east)


def about(cast: Cast, mother: Person, whom: str) -> Complaint:
    return complain(member=member(cast, mother, mother, NOW), about=whom, facts="说好的没来", wish="", on=TODAY)


def test_a_complaint_goes_to_directors_and_supervisors_and_to_nobody_else(
    cast: Cast, director: Actor, mother: Person
) -> None:
    row = about(cast, mother, "前台")
    assert (row.due_on, row.complainant, row.received_by) == (date(2026, 3, 17), "王姐", None)
    readers = {"xiaomei": False, "haiyan": False, "chenli": True, "zhiyuan": False}
    assert {name: row in complaints_for(getattr(cast, name)) for name in readers} == readers
    assert row in complaints_for(director)


def test_a_supervisor_whom_it_names_does_not_read_it(cast: Cast, director: Actor, mother: Person) -> None:
    row = about(cast, mother, "陈立督导")
    assert row not in complaints_for(cast.chenli)
    assert row in complaints_for(director)


def test_whoever_is_concerned_does_not_handle_it(cast: Cast, director: Actor, mother: Person) -> None:
    row = about(cast, mother, "周晓梅")
    with pytest.raises(RuleBroken) as refusal:
        give_complaint(by=director, complaint=row, handler=cast.xiaomei.user)
    assert refusal.value.code == "people.handler_is_concerned"
    give_complaint(by=director, complaint=row, handler=cast.haiyan.user)
    assert row in complaints_for(cast.haiyan)


def test_a_handler_who_turns_out_to_be_concerned_no_longer_is_one(cast: Cast, director: Actor, mother: Person) -> None:
    row = about(cast, mother, "家访")
    give_complaint(by=director, complaint=row, handler=cast.haiyan.user)
    name_concerned(by=director, complaint=row, user=cast.haiyan.user)
    row.refresh_from_db()
    assert row.handler is None
    assert row not in complaints_for(cast.haiyan)


def test_a_handler_does_not_choose_another(cast: Cast, director: Actor, mother: Person) -> None:
    row = about(cast, mother, "家访")
    give_complaint(by=director, complaint=row, handler=cast.haiyan.user)
    with pytest.raises(NotAllowed):
        give_complaint(by=cast.haiyan, complaint=row, handler=cast.xiaomei.user)


def test_the_desk_writes_down_a_complaint_without_a_name(cast: Cast) -> None:
    row = receive_complaint(by=cast.xiaomei, complainant="", about="食堂", facts="凉的", wish="热的", on=TODAY)
    assert (row.complainant, row.received_by) == ("", cast.xiaomei.user)
    assert row not in complaints_for(cast.xiaomei)


def test_nobody_hears_a_result_that_is_not_there(cast: Cast, director: Actor, mother: Person) -> None:
    row = about(cast, mother, "家访")
    with pytest.raises(RuleBroken) as refusal:
        settle_complaint(by=director, complaint=row, result="", told_on=TODAY)
    assert refusal.value.code == "people.complaint_without_result"
    with pytest.raises(RuleBroken) as early:
        settle_complaint(by=director, complaint=row, result="道歉了", told_on=date(2026, 3, 1))
    assert early.value.code == "people.told_too_early"
    assert settle_complaint(by=director, complaint=row, result="道歉了", told_on=TODAY).told_on == TODAY


def test_someone_whom_it_concerns_cannot_settle_it_by_its_address(cast: Cast, mother: Person) -> None:
    with pytest.raises(NotAllowed):
        settle_complaint(by=cast.chenli, complaint=about(cast, mother, "陈立"), result="没事", told_on=None)
