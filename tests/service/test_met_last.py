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
from xiezuo.service.access import records_for
from xiezuo.service.actions import ServiceFacts, Taking, record_services
from xiezuo.service.models import Participation
from xiezuo.service.queries import LOOKED_BACK, Met, met_last, met_on
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


@pytest.mark.parametrize("who", ["chenli", "xiaomei"])
@pytest.mark.parametrize("first", [0, 15, 30, 45, 60])
def test_every_page_shows_who_was_met_last_as_far_as_the_actor_may_see(cast: Cast, who: str, first: int) -> None:
    actor = getattr(cast, who)
    assert met_last(actor, people_for(actor), first, first + PAGE) == one_by_one(actor)[first : first + PAGE]


def test_only_those_asked_for_are_listed(cast: Cast) -> None:
    some = [pk for pk, _day in one_by_one(cast.chenli)][::4]
    wanted = people_for(cast.chenli).filter(pk__in=some)
    assert [pk for pk, _day in met_last(cast.chenli, wanted, 0, PAGE)] == some
    days = dict(one_by_one(cast.chenli))
    assert met_on(cast.chenli, some) == {pk: days[pk] for pk in some if days[pk]}


def test_the_first_page_is_found_without_everyones_history(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as queries:
        met_last(cast.chenli, Person.objects.all(), 0, 5)
    assert len(queries) == 2
