"""Nobody gets a message that could hurt them; whoever must not get one is told by mouth."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from tests.factories.cast import DAY, Cast, login, make_cast
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.walls import BehindTheWall, all_opened
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.actions import (
    erase_person,
    merge_people,
    note_consent,
    parts_of_notice,
    publish_notice,
    restrict,
    take_step,
)
from xiezuo.people.models import OutgoingMessage, Person
from xiezuo.people.outbox import carriers
from xiezuo.people.outbox.carriers import CouldNotCarry
from xiezuo.people.outbox.putting import drop_message, put_for_colleague, put_in_outbox, say_told, wish_discretion
from xiezuo.people.outbox.seeing import message_for, messages_to, outbox_of
from xiezuo.people.outbox.sending import send
from xiezuo.people.vocab import ConsentPurpose, ConsentState, ConsentWay, JourneyStep, Role, Section, ToldHow

MOVED_UP = {"what": "周六足球", "on": date(2026, 3, 7), "place": "东区童缘"}
NOON = datetime(2026, 3, 2, 12, tzinfo=timezone.get_default_timezone())
FULL = "协作者：周六足球有名额了，3月7日在东区童缘，已经给你留了一个。来不了请告诉我们，好让给别人。"
DISCREET = "你好，3月7日那个名额有了，给你留着。来不了回个话就行。"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def someone(cast: Cast) -> Person:
    return cast.person("小马", cast.east, phone="13911110001", safe_to_message=True, born_on=date(1999, 5, 1))


def put(cast: Cast, person: Person, template: str = "waiting_moved_up") -> OutgoingMessage:
    return put_in_outbox(by=cast.xiaomei, to_person=person, template=template, values=MOVED_UP, on=DAY)


def answer(cast: Cast, person: Person, state: ConsentState) -> None:
    purpose = ConsentPurpose.MESSAGE
    publish_notice(by=cast.chenli, purpose=purpose, says=dict.fromkeys(parts_of_notice(purpose), "说明"), plain="说明")
    note_consent(by=cast.xiaomei, person=person, purpose=purpose, state=state, way=ConsentWay.VERBAL, at=NOON)


def agreed(cast: Cast, person: Person) -> None:
    answer(cast, person, ConsentState.GIVEN)


def refused(cast: Cast, person: Person) -> None:
    answer(cast, person, ConsentState.REFUSED)


def took_it_back(cast: Cast, person: Person) -> None:
    agreed(cast, person)
    answer(cast, person, ConsentState.WITHDRAWN)


def changed(**facts: object) -> Callable[[Cast, Person], None]:
    def change(cast: Cast, person: Person) -> None:
        Person.objects.filter(pk=person.pk).update(**facts)

    return change


def rests(cast: Cast, person: Person) -> None:
    restrict(by=cast.chenli, person=person, why="本人要求", on=DAY)


def nothing(cast: Cast, person: Person) -> None:
    pass


not_safe, no_number = changed(safe_to_message=False), changed(phone="")
of_thirteen, of_fourteen = changed(born_on=date(2013, 3, 1)), changed(born_on=date(2012, 3, 1))
SERVICE, OTHER = "waiting_moved_up", "activity_invitation"


@pytest.mark.parametrize(
    ("template", "before", "state", "why"),
    [
        (SERVICE, [nothing], "waiting", ""),
        (SERVICE, [not_safe], "not_sent", "not_safe"),
        (SERVICE, [rests], "not_sent", "resting"),
        (SERVICE, [of_thirteen], "not_sent", "guardian"),
        (SERVICE, [of_fourteen], "waiting", ""),
        (SERVICE, [no_number], "not_sent", "no_way"),
        (SERVICE, [refused], "waiting", ""),
        (OTHER, [nothing], "not_sent", "no_consent"),
        (OTHER, [refused], "not_sent", "no_consent"),
        (OTHER, [took_it_back], "not_sent", "no_consent"),
        (OTHER, [agreed], "waiting", ""),
        (OTHER, [agreed, not_safe], "not_sent", "not_safe"),
        (OTHER, [agreed, rests], "not_sent", "resting"),
        (OTHER, [agreed, no_number], "not_sent", "no_way"),
        # The most dangerous reason is the one that is told.
        (OTHER, [not_safe, rests, no_number], "not_sent", "not_safe"),
    ],
)
def test_to_whom_a_message_may_go(
    cast: Cast,
    someone: Person,
    template: str,
    before: list[Callable[[Cast, Person], None]],
    state: str,
    why: str,
) -> None:
    for step in before:
        step(cast, someone)
    message = put(cast, Person.objects.get(pk=someone.pk), template)
    assert (message.state, message.why_not) == (state, why)


def test_without_a_carrier_nothing_is_sent(cast: Cast, someone: Person) -> None:
    message = put(cast, someone)
    assert send(message.pk) == "waiting"
    (shown,) = outbox_of(cast.xiaomei, only_open=True)
    assert (shown.text, shown.number, shown.is_dangerous) == (FULL, "13911110001", False)


def test_whoever_asks_for_it_gets_words_that_name_neither_the_organisation_nor_the_matter(
    cast: Cast, someone: Person
) -> None:
    wish_discretion(by=cast.xiaomei, person=someone, discreet=True)
    put(cast, someone)
    wish_discretion(by=cast.xiaomei, person=someone, discreet=False)
    put(cast, someone)
    assert [one.text for one in messages_to(cast.xiaomei, someone)] == [FULL, DISCREET]


def test_the_number_of_someone_who_is_not_safe_is_not_shown(cast: Cast, someone: Person) -> None:
    put(cast, someone)
    not_safe(cast, someone)
    (shown,) = outbox_of(cast.xiaomei, only_open=True)
    assert (shown.number, shown.is_dangerous) == ("", True)


def test_told_by_telephone_is_settled_and_told_once(cast: Cast, someone: Person) -> None:
    message = put(cast, someone)
    told = say_told(by=cast.xiaomei, message=message, how=ToldHow.PHONE)
    assert (told.state, told.told_how, told.settled_by) == ("told", "phone", cast.xiaomei.user)
    with pytest.raises(RuleBroken) as refusal:
        drop_message(by=cast.chenli, message=message)
    assert refusal.value.code == "people.message_settled"
    assert outbox_of(cast.xiaomei, only_open=True) == []
    assert [one.row.pk for one in outbox_of(cast.xiaomei, only_open=False)] == [message.pk]


def test_a_message_is_for_those_who_look_after_the_person(cast: Cast, someone: Person) -> None:
    message = put(cast, someone)
    assert message_for(cast.xiaomei, message.pk).row == message
    for other in (cast.haiyan, cast.zhiyuan):
        with pytest.raises(NotAllowed):
            message_for(other, message.pk)
    with pytest.raises(BehindTheWall):
        OutgoingMessage.objects.count()


def test_a_colleague_reads_what_is_for_them_and_nobody_else_does(cast: Cast) -> None:
    put_for_colleague(
        by=cast.chenli, to_user=cast.haiyan.user, template="for_a_colleague", values={"what": "请回电"}, on=DAY
    )
    assert [one.text for one in outbox_of(cast.haiyan, only_open=True)] == ["请回电"]
    assert outbox_of(cast.xiaomei, only_open=True) == []
    (mine,) = outbox_of(cast.haiyan, only_open=True)
    with pytest.raises(RuleBroken):
        say_told(by=cast.haiyan, message=mine.row, how=ToldHow.PHONE)
    assert say_told(by=cast.haiyan, message=mine.row, how=ToldHow.READ).state == "told"


def test_the_same_key_is_the_same_message(cast: Cast, someone: Person) -> None:
    first = put(cast, someone)
    again = put_in_outbox(by=cast.xiaomei, to_person=someone, template=SERVICE, values=MOVED_UP, on=DAY, key=first.key)
    assert again == first


def test_a_merged_record_gets_its_message_where_the_person_stands_now(cast: Cast, someone: Person) -> None:
    other = cast.person("马小", cast.east)
    put(cast, someone)
    merge_people(by=cast.chenli, kept=other, other=someone)
    assert put(cast, someone).person == other
    assert len(messages_to(cast.chenli, other)) == 2


class Lorry:
    """A carrier that remembers what it was given."""

    channels = frozenset({"sms"})
    took: list[dict[str, str]] = []
    broken = False

    def carry(self, **message: str) -> None:
        if Lorry.broken:
            raise CouldNotCarry("no network")
        Lorry.took.append(message)


@pytest.fixture
def lorry() -> Iterator[type[Lorry]]:
    Lorry.took, Lorry.broken = [], False
    with override_settings(CARRIERS=["tests.people.test_outbox.Lorry"]):
        yield Lorry
    carriers._made.cache_clear()


def test_a_carrier_takes_a_message_once(cast: Cast, someone: Person, lorry: type[Lorry]) -> None:
    message = put(cast, someone)
    assert [send(message.pk), send(message.pk)] == ["sent", "sent"]
    assert lorry.took == [{"key": str(message.key), "channel": "sms", "to": "13911110001", "text": FULL}]


def test_what_is_not_safe_any_more_does_not_go(cast: Cast, someone: Person, lorry: type[Lorry]) -> None:
    message = put(cast, someone)
    not_safe(cast, someone)
    assert (send(message.pk), lorry.took) == ("not_sent", [])


def test_what_a_carrier_cannot_take_stands_there_to_be_told(cast: Cast, someone: Person, lorry: type[Lorry]) -> None:
    message, lorry.broken = put(cast, someone), True
    assert send(message.pk) == "failed"
    assert [one.row.pk for one in outbox_of(cast.xiaomei, only_open=True)] == [message.pk]


def test_whoever_looks_after_volunteers_reads_of_volunteering_alone(cast: Cast, someone: Person) -> None:
    coordinator: Actor = actor_for(login("sunjing", "孙静", (StaffRole.VOLUNTEER_COORDINATOR, cast.east)))
    take_step(
        by=cast.xiaomei, person=someone, role=Role.VOLUNTEER, step=JourneyStep.BEGINS, on=DAY, own_words="好", note="好"
    )
    put(cast, someone)
    helping = put_in_outbox(
        by=coordinator, to_person=someone, template=SERVICE, values=MOVED_UP, on=DAY, section=Section.VOLUNTEERING
    )
    assert [one.row.pk for one in outbox_of(coordinator, only_open=True)] == [helping.pk]


def test_nothing_of_a_message_is_readable_in_the_database(cast: Cast, someone: Person) -> None:
    put(cast, someone)
    with all_opened(why="a test looks at what lies there"), connection.cursor() as cursor:
        cursor.execute("SELECT text FROM people_outgoingmessage")
        (sealed,) = cursor.fetchone()
    assert "足球".encode() not in bytes(sealed)


def test_whoever_is_erased_leaves_no_message(cast: Cast, someone: Person) -> None:
    message = put(cast, someone)
    wish_discretion(by=cast.xiaomei, person=someone, discreet=True)
    erase_person(by_id=None, person=someone.pk, on=DAY)
    with all_opened(why="a test looks at what lies there"):
        assert not OutgoingMessage.objects.filter(pk=message.pk).exists()
    with pytest.raises(RuleBroken) as refusal:
        put(cast, someone)
    assert refusal.value.code == "people.message_to_nobody"


def test_the_pages_tell_and_settle(cast: Cast, someone: Person, client: Client) -> None:
    message = put(cast, someone)
    client.force_login(cast.xiaomei.user)
    page = client.get("/people/outbox/").content.decode()
    assert FULL in page
    assert "139****0001" in page
    assert "13911110001" not in page
    client.post(f"/people/{someone.pk}/messages/discreet/", {"discreet": "yes"})
    assert "写得隐晦：" in client.get(f"/people/{someone.pk}/messages/").content.decode()
    client.post(f"/people/outbox/{message.pk}/told/", {"how": "in_person"})
    assert FULL not in client.get("/people/outbox/").content.decode()
    assert "当面告知" in client.get("/people/outbox/?state=settled").content.decode()
    assert client.post(f"/people/outbox/{message.pk}/told/", {"how": "loudly"}).status_code == 404
    client.force_login(cast.haiyan.user)
    assert client.post(f"/people/outbox/{message.pk}/drop/").status_code == 403
