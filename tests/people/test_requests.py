"""Requests about one's own data: by when they are answered, by whom, and what rests or stays meanwhile."""

from datetime import date

import pytest

from tests.factories.cast import LONG_AGO, Cast, login
from tests.factories.own_side import agrees, member, moment, notice
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.models import Membership
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.actions import (
    answer_request,
    ask,
    ask_deletion,
    end_restriction,
    receive_request,
    restrict,
)
from xiezuo.people.consents import standing
from xiezuo.people.members import data_request_for, data_requests_for
from xiezuo.people.models import DataRequest, Person
from xiezuo.people.retention import BY_LAW, classes
from xiezuo.people.rights import answer_due, people_to_choose, restricted_on
from xiezuo.people.vocab import ConsentPurpose, DataRequestKind, RequestState

TODAY = date(2026, 3, 2)
NOW = moment(TODAY)
K, S = DataRequestKind, RequestState


@pytest.fixture
def mother(cast: Cast) -> Person:
    return cast.person("王姐", cast.east, full_name="王素芬", born_on=date(1988, 5, 4))


@pytest.fixture
def steward(cast: Cast) -> Actor:
    return actor_for(login("jing", "何静", (StaffRole.DATA_STEWARD, None)))


def asks(cast: Cast, person: Person, kind: DataRequestKind = K.CORRECT, by: Actor | None = None) -> DataRequest:
    return receive_request(
        by=by or cast.xiaomei,
        requester=person,
        subject=person,
        kind=kind,
        scope="电话写错了",
        verified_by="认识本人",
        on=TODAY,
    )


@pytest.mark.parametrize(
    ("kind", "received", "due"),
    [
        (K.CORRECT, date(2026, 3, 2), date(2026, 4, 1)),
        (K.DELETE, date(2026, 3, 2), date(2026, 4, 1)),
        (K.CLOSE, date(2026, 3, 2), date(2026, 3, 17)),
        (K.COPY, date(2028, 2, 1), date(2028, 3, 2)),
    ],
)
def test_an_answer_is_due_after_thirty_days_and_the_end_of_everything_after_fifteen(
    kind: DataRequestKind, received: date, due: date
) -> None:
    assert answer_due(kind, received) == due


def test_what_someone_asks_on_their_own_page_is_written_with_how_they_were_known(cast: Cast, mother: Person) -> None:
    row = ask(member=member(cast, mother, mother, NOW), kind=K.CORRECT, scope="电话写错了", on=TODAY)
    assert (row.due_on, row.verified_by, row.received_by, row.state) == (date(2026, 4, 1), "认识本人", None, "open")
    assert row.receipt_no == f"D2026-{row.pk:06d}"


def test_a_request_without_a_word_is_not_written(cast: Cast, mother: Person) -> None:
    with pytest.raises(RuleBroken) as refusal:
        ask(member=member(cast, mother, mother, NOW), kind=K.CORRECT, scope="  ", on=TODAY)
    assert refusal.value.code == "people.request_says_nothing"


def test_a_no_has_its_reason_and_a_done_needs_none(cast: Cast, mother: Person, steward: Actor) -> None:
    for state in (S.REFUSED, S.PARTLY):
        with pytest.raises(RuleBroken) as refusal:
            answer_request(by=steward, request=asks(cast, mother), state=state, reason=" ", on=TODAY)
        assert refusal.value.code == "people.refusal_needs_a_reason"
    row = answer_request(by=steward, request=asks(cast, mother), state=S.DONE, reason="", on=TODAY)
    assert (row.state, row.closed_on, row.closed_by) == ("done", TODAY, steward.user)


def test_a_request_is_answered_once(cast: Cast, mother: Person) -> None:
    row = answer_request(by=cast.chenli, request=asks(cast, mother), state=S.DONE, reason="", on=TODAY)
    with pytest.raises(RuleBroken) as refusal:
        answer_request(by=cast.chenli, request=row, state=S.REFUSED, reason="不行", on=TODAY)
    assert refusal.value.code == "people.request_answered"


def test_a_worker_who_wrote_it_down_does_not_answer_it(cast: Cast, mother: Person) -> None:
    with pytest.raises(NotAllowed):
        answer_request(by=cast.xiaomei, request=asks(cast, mother), state=S.DONE, reason="", on=TODAY)


def test_who_sees_a_request(cast: Cast, mother: Person, steward: Actor) -> None:
    row = asks(cast, mother)
    west = actor_for(login("fang", "方敏", (StaffRole.SUPERVISOR, cast.west)))
    director = actor_for(login("lin", "林主任", (StaffRole.DIRECTOR, None)))
    sees = {
        "writer": (cast.xiaomei, True),
        "other site": (cast.haiyan, False),
        "supervisor": (cast.chenli, True),
        "supervisor elsewhere": (west, False),
        "steward": (steward, True),
        "director": (director, True),
        "machine": (cast.zhiyuan, False),
    }
    for who, (actor, may) in sees.items():
        assert (row in data_requests_for(actor)) == may, who
    with pytest.raises(NotAllowed) as refusal:
        data_request_for(cast.haiyan, row.pk)
    with pytest.raises(NotAllowed) as unknown:
        data_request_for(cast.haiyan, 999_999)
    assert str(refusal.value) == str(unknown.value)


def test_a_worker_does_not_write_down_for_someone_they_do_not_work_with(cast: Cast, mother: Person) -> None:
    with pytest.raises(NotAllowed):
        asks(cast, mother, by=cast.haiyan)


def test_a_request_to_delete_waits_for_those_who_destroy(cast: Cast, mother: Person, steward: Actor) -> None:
    row = ask_deletion(by=steward, request=asks(cast, mother, K.DELETE))
    assert (row.state, row.due_on, row.closed_on) == ("waiting", date(2026, 4, 1), None)
    with pytest.raises(RuleBroken) as refusal:
        ask_deletion(by=steward, request=asks(cast, mother, K.CORRECT))
    assert refusal.value.code == "people.not_about_deleting"


def test_a_record_that_rests_is_used_for_nothing_until_it_is_used_again(
    cast: Cast, mother: Person, steward: Actor
) -> None:
    portrait = ConsentPurpose.PORTRAIT
    notice(cast, portrait)
    agrees(cast.xiaomei, mother, portrait, TODAY)
    request = asks(cast, mother, K.RESTRICT)
    row = restrict(by=steward, person=mother, why="在查是不是写错了", on=TODAY, request=request)
    assert restrict(by=steward, person=mother, why="再一次", on=TODAY) == row
    assert restricted_on(mother, TODAY) == row
    assert standing(mother, portrait, TODAY).code == "resting"
    assert mother not in people_to_choose(cast.xiaomei, TODAY)
    with pytest.raises(RuleBroken) as refusal:
        agrees(cast.xiaomei, mother, ConsentPurpose.STORY, TODAY)
    assert refusal.value.code == "people.record_rests"
    end_restriction(by=steward, restriction=row, on=TODAY)
    tomorrow = date(2026, 3, 3)
    assert restricted_on(mother, tomorrow) is None
    assert standing(mother, portrait, tomorrow).is_open
    assert mother in people_to_choose(cast.xiaomei, tomorrow)


def test_a_worker_alone_lets_no_record_rest(cast: Cast, mother: Person) -> None:
    with pytest.raises(NotAllowed):
        restrict(by=cast.xiaomei, person=mother, why="不想看到", on=TODAY)


def test_hours_are_kept_ten_years_and_not_a_day_less() -> None:
    assert classes()["volunteer"].over_on(date(2016, 3, 2)) == date(2026, 3, 2)


def test_where_no_rule_was_found_nothing_is_stored_only() -> None:
    by_rule = [code for code, row in classes().items() if row.mark in BY_LAW]
    assert by_rule == ["volunteer", "log", "impact_assessment", "sharing_log"]


def test_memberships_are_asked_of_the_day(cast: Cast, mother: Person) -> None:
    """A steward whose role has ended answers nothing any more."""
    user = login("qian", "钱宁")
    Membership.objects.create(user=user, role=StaffRole.DATA_STEWARD, from_on=LONG_AGO, to_on=date(2020, 2, 1))
    assert list(data_requests_for(actor_for(user))) == []
