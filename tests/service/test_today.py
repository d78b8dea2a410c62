"""What the Today page asks: what is due, whom nobody has met for long, what colleagues did."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import LONG_AGO, Cast, make_cast
from xiezuo.common.days import now, today
from xiezuo.people.actions import assign
from xiezuo.people.models import Person
from xiezuo.people.vocab import AssignedFor
from xiezuo.service.actions import ServiceFacts, Taking, finish_step, record_service
from xiezuo.service.queries import changes_since, last_met_on, not_met_for_long, steps_due
from xiezuo.service.vocab import Method, ParticipationMode

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def met(cast: Cast, person: Person, on: date, **more: object) -> None:
    taking = [Taking(mode=ParticipationMode.NAMED, person=person.pk)]
    facts = ServiceFacts(method=Method.VISIT, service_date=on, site=cast.east, taking=taking, **more)  # type: ignore[arg-type]
    record_service(by=cast.xiaomei, facts=facts, on=today())


def test_whom_nobody_has_met_for_sixty_days_is_shown_and_for_fifty_nine_not(cast: Cast) -> None:
    long, short = cast.person("赵桂芝", cast.east), cast.person("豆豆", cast.east)
    met(cast, long, today() - 60 * DAY)
    met(cast, short, today() - 59 * DAY)
    assert not_met_for_long(cast.xiaomei, today()) == [long.pk]
    assert last_met_on([long.pk]) == {long.pk: today() - 60 * DAY}


def test_who_was_lost_sight_of_last_stands_first(cast: Cast) -> None:
    people = [cast.person(name, cast.east) for name in ("甲", "乙", "丙")]
    for person, days in zip(people, (90, 61, 400), strict=True):
        met(cast, person, today() - days * DAY)
    met(cast, people[2], today() - 500 * DAY)  # written down later, and longer ago
    missed = not_met_for_long(cast.xiaomei, today())
    met_on = last_met_on(missed)
    assert [(pk, (today() - met_on[pk]).days) for pk in missed] == [
        (people[1].pk, 61),
        (people[0].pk, 90),
        (people[2].pk, 400),
    ]


def test_only_ones_own_people_are_missed(cast: Cast) -> None:
    person = cast.person("赵桂芝", cast.east)
    met(cast, person, today() - 90 * DAY)
    person.assignments.filter(user=cast.xiaomei.user).update(to_on=LONG_AGO + 3000 * DAY)
    assert list(not_met_for_long(cast.xiaomei, today())) == []
    assign(by=cast.chenli, person=person, why=AssignedFor.CASE_TEAM, on=today(), user=cast.xiaomei.user)
    assert len(not_met_for_long(cast.xiaomei, today())) == 1


def test_steps_come_in_the_order_of_their_days_and_go_when_done(cast: Cast) -> None:
    person = cast.person("王素芬", cast.east)
    for step, days in (("下周的", 7), ("过期的", -3), ("以后的", 8), ("今天的", 0)):
        met(cast, person, today() - 9 * DAY, next_step=step, next_on=today() + days * DAY)
    due = list(steps_due(cast.xiaomei, today() + 7 * DAY))
    assert [record.next_step for record in due] == ["过期的", "今天的", "下周的"]
    finish_step(by=cast.xiaomei, record=due[0], on=today())
    assert [record.next_step for record in steps_due(cast.xiaomei, today() + 7 * DAY)] == ["今天的", "下周的"]


def test_what_changed_is_what_colleagues_did_with_what_one_may_see(cast: Cast) -> None:
    since = now()
    person = cast.person("王素芬", cast.east)
    met(cast, person, today())
    assert {event.code for event in changes_since(cast.chenli, since)} == {
        "people.person.registered",
        "service.record.written",
    }
    assert list(changes_since(cast.xiaomei, since)) == []
    assert list(changes_since(cast.haiyan, since)) == []


def test_the_page_asks_as_often_for_one_record_as_for_three(cast: Cast) -> None:
    browser, person = Client(), cast.person("王素芬", cast.east)
    browser.force_login(cast.xiaomei.user)
    met(cast, person, today(), next_step="陪办", next_on=today())
    asked = []
    for more in (0, 2):
        for _number in range(more):
            met(cast, person, today(), next_step="陪办", next_on=today())
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
