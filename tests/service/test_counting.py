"""The worked example of the counting rules (CNT-1 to CNT-5): March at East, at West and in the street."""

from datetime import date

import pytest

from tests.factories.cast import Cast, make_cast
from xiezuo.people.models import Person
from xiezuo.service.access import records_for
from xiezuo.service.actions import ServiceFacts, Taking, cancel_service, record_service
from xiezuo.service.indicators import counted, values
from xiezuo.service.models import Series, ServiceRecord
from xiezuo.service.vocab import Method, ParticipationMode, SeriesKind

pytestmark = pytest.mark.django_db
NAMED, LISTED, COUNTED = ParticipationMode.NAMED, ParticipationMode.LISTED, ParticipationMode.COUNTED
ASKED = ("headcount", "unnamed", "person_times", "event_count", "session_count", "group_count")
TODAY = date(2026, 3, 31)


def named(*people: Person) -> list[Taking]:
    return [Taking(mode=NAMED, person=person.pk) for person in people]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def march(cast: Cast) -> dict[str, ServiceRecord]:
    hong, hao, jing = (cast.person(name, cast.east) for name in ("红", "浩", "静"))
    lan, bao = (cast.person(name, cast.west) for name in ("兰", "宝"))
    group = Series.objects.create(kind=SeriesKind.GROUP, name="新手妈妈互助小组", site=cast.west)
    lane = Series.objects.create(kind=SeriesKind.OUTREACH_AREA, name="宿舍巷")
    street = [Taking(mode=LISTED, label=name) for name in ("阿涛", "四川小伙", "小李", "大个")]

    def write(method: Method, day: int, taking: list[Taking], **more: object) -> ServiceRecord:
        facts = ServiceFacts(method=method, service_date=date(2026, 3, day), taking=taking, **more)  # type: ignore[arg-type]
        return record_service(by=cast.chenli, facts=facts, on=TODAY)

    east, west = cast.east, cast.west
    return {
        "reading 1": write(Method.ACTIVITY, 2, named(hong, hao, jing), site=east),
        "reading 2": write(
            Method.ACTIVITY, 9, [*named(hong, hao), Taking(mode=COUNTED, count=2)], site=east, minutes=90
        ),
        "family day": write(Method.ACTIVITY, 9, named(lan, jing, bao), site=west),
        "session 1": write(Method.GROUP, 12, named(hao, jing), site=west, series=group),
        "session 2": write(Method.GROUP, 19, named(hao, bao), site=west, series=group),
        "round": write(Method.OUTREACH, 20, [*street, Taking(mode=COUNTED, count=26)], series=lane),
    }


def numbers(cast: Cast, **where: object) -> list[int]:
    return list(values(counted(records_for(cast.chenli).filter(**where)), ASKED).values())


def test_the_whole_organisation_counts_nine_people_who_came_forty_four_times(
    cast: Cast, march: dict[str, ServiceRecord]
) -> None:
    assert numbers(cast) == [9, 28, 44, 4, 2, 1]


def test_each_site_counts_for_itself_and_the_sites_are_never_added(cast: Cast, march: dict[str, ServiceRecord]) -> None:
    assert numbers(cast, site=cast.east) == [3, 2, 7, 2, 0, 0]
    assert numbers(cast, site=cast.west) == [4, 0, 7, 1, 2, 1]
    assert numbers(cast, method=Method.OUTREACH) == [4, 26, 30, 1, 0, 0]
    assert numbers(cast, site__isnull=False)[0] == 5


def test_what_was_cancelled_or_made_for_testing_counts_nowhere(cast: Cast, march: dict[str, ServiceRecord]) -> None:
    cancel_service(by=cast.chenli, record=march["family day"], why="写了两遍")
    ServiceRecord.objects.filter(pk=march["session 1"].pk).update(for_testing=True)
    assert numbers(cast) == [8, 28, 39, 3, 1, 1]


def test_who_did_not_come_is_not_counted(cast: Cast, march: dict[str, ServiceRecord]) -> None:
    march["reading 1"].participations.filter(person__nickname="静").update(came=False)
    assert numbers(cast, site=cast.east) == [2, 2, 6, 2, 0, 0]


def test_the_same_nickname_in_two_series_is_two_people_and_in_one_series_one(cast: Cast) -> None:
    lane = Series.objects.create(kind=SeriesKind.OUTREACH_AREA, name="宿舍巷")
    market = Series.objects.create(kind=SeriesKind.OUTREACH_AREA, name="建材市场")
    for day, area in ((5, lane), (12, lane), (13, market)):
        facts = ServiceFacts(
            method=Method.OUTREACH,
            service_date=date(2026, 3, day),
            series=area,
            taking=[Taking(mode=LISTED, label="阿涛")],
        )
        record_service(by=cast.xiaomei, facts=facts, on=TODAY)
    assert numbers(cast)[:3] == [2, 0, 3]


def test_a_worker_counts_what_she_may_see(cast: Cast, march: dict[str, ServiceRecord]) -> None:
    assert values(counted(records_for(cast.xiaomei)), ["person_times"]) == {"person_times": 7}
    assert values(counted(records_for(cast.zhiyuan)), ["person_times"]) == {"person_times": 0}
