"""Whom one met last, in a house with more records than are looked back upon at first."""

from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import DAY, Cast, make_cast
from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for
from xiezuo.people.actions import PersonFacts, register_people
from xiezuo.people.models import Person
from xiezuo.people.vocab import Role
from xiezuo.service import meetings
from xiezuo.service.access import records_for
from xiezuo.service.actions import ServiceFacts, Taking, record_services
from xiezuo.service.meetings import LOOKED_BACK, Met, Place, met_last, met_next, met_on
from xiezuo.service.models import Participation
from xiezuo.service.vocab import Method, ParticipationMode

pytestmark = pytest.mark.django_db
RECORDS = LOOKED_BACK[0] + 120
PAGE = 15


@pytest.fixture
def cast() -> Cast:
    """Sixty people; those with a high number come seldom, the last five never."""
    cast, random = make_cast(), Random(7)
    sixty = [(PersonFacts(nickname=f"第{number}位"), DAY) for number in range(60)]
    people = register_people(by=cast.xiaomei, everyone=sixty, site=cast.east, role=Role.PARTICIPANT)
    everything = [
        ServiceFacts(
            method=Method.VISIT,
            service_date=DAY - timedelta(number // 3),
            site=cast.east if number % 5 else cast.west,
            taking=[
                Taking(
                    mode=ParticipationMode.NAMED,
                    person=people[int(54 * (number / RECORDS) * random.random())].pk,
                    came=number % 7 > 0,
                )
            ],
        )
        for number in range(RECORDS)
    ]
    record_services(by=cast.chenli, everything=everything, on=DAY)
    return cast


def one_by_one(actor: Actor) -> Met:
    """The same, by looking at every participation."""
    days: dict[int, date] = {}
    for row in Participation.objects.filter(came=True, record__in=records_for(actor)).select_related("record"):
        assert row.person_id and row.record.service_date
        days[row.person_id] = max(days.get(row.person_id, date.min), row.record.service_date)
    everyone: list[tuple[int, date | None]] = [(p.pk, days.get(p.pk)) for p in people_for(actor)]
    return sorted(everyone, key=lambda met: (met[1] or date.min, met[0]), reverse=True)


@pytest.fixture(params=[(1,), (5, 20), LOOKED_BACK], ids=["1", "5, 20", "as it is"])
def looked_back(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meetings, "LOOKED_BACK", request.param)


@pytest.mark.parametrize("who", ["chenli", "xiaomei"])
def test_every_page_shows_who_was_met_last_as_far_as_the_actor_may_see(cast: Cast, who: str, looked_back: None) -> None:
    actor = getattr(cast, who)
    everyone, people = one_by_one(actor), people_for(actor)
    assert met_last(actor, people, PAGE) == everyone[:PAGE]
    for first, (person, day) in enumerate(everyone):
        place = Place(person, day)
        assert met_last(actor, people, PAGE, place) == everyone[first + 1 : first + 1 + PAGE]
        assert met_next(actor, people, PAGE, place) == everyone[max(first - PAGE, 0) : first]


def test_a_page_goes_on_beside_someone_who_came_again_meanwhile(cast: Cast) -> None:
    everyone = one_by_one(cast.chenli)
    person, day = everyone[20]
    facts = ServiceFacts(
        method=Method.VISIT, service_date=DAY, taking=[Taking(mode=ParticipationMode.NAMED, person=person)]
    )
    record_services(by=cast.chenli, everything=[facts], on=DAY)
    people = people_for(cast.chenli)
    assert met_last(cast.chenli, people, PAGE, Place(person, day)) == everyone[21 : 21 + PAGE]
    assert met_next(cast.chenli, people, PAGE, Place(person, day)) == everyone[20 - PAGE : 20]


def test_only_those_asked_for_are_listed(cast: Cast, looked_back: None) -> None:
    some = [pk for pk, _day in one_by_one(cast.chenli)][::4]
    wanted = people_for(cast.chenli).filter(pk__in=some)
    assert [pk for pk, _day in met_last(cast.chenli, wanted, len(some))] == some
    days = dict(one_by_one(cast.chenli))
    assert met_on(cast.chenli, some) == {pk: days[pk] for pk in some if days[pk]}


@pytest.mark.parametrize("after", [None, 30])
def test_a_page_is_found_without_everyones_history(cast: Cast, after: int | None) -> None:
    place = Place(*one_by_one(cast.chenli)[after]) if after else None
    with CaptureQueriesContext(connection) as queries:
        met_last(cast.chenli, Person.objects.all(), 5, place)
    assert len(queries) == (3 if place else 2)
