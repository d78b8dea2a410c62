"""March as the counting rules tell it: East, West and the street, with hours, volunteers and stated heads."""

from datetime import date

from tests.factories.cast import Cast
from xiezuo.orgs.access import Actor
from xiezuo.people.models import Person
from xiezuo.service.actions import Helping, ServiceFacts, Taking, record_service
from xiezuo.service.models import Series, ServiceRecord
from xiezuo.service.vocab import Method, ParticipationMode, SeriesKind

NAMED, LISTED, COUNTED = ParticipationMode.NAMED, ParticipationMode.LISTED, ParticipationMode.COUNTED
TODAY = date(2026, 3, 31)


def named(*people: Person) -> list[Taking]:
    return [Taking(mode=NAMED, person=person.pk) for person in people]


def written(by: Actor, method: Method, on: date | None, taking: list[Taking], **more: object) -> ServiceRecord:
    facts = ServiceFacts(method=method, service_date=on, taking=taking, **more)  # type: ignore[arg-type]
    return record_service(by=by, facts=facts, on=TODAY)


def tell_march(cast: Cast) -> Cast:
    """Six records of the worked example, with hours, volunteers and one imported row that states heads."""
    hong, hao, jing = (cast.person(name, cast.east) for name in ("红", "浩", "静"))
    lan, bao = (cast.person(name, cast.west) for name in ("兰", "宝"))
    group = Series.objects.create(kind=SeriesKind.GROUP, name="新手妈妈互助小组", site=cast.west)
    lane = Series.objects.create(kind=SeriesKind.OUTREACH_AREA, name="宿舍巷")
    street = [Taking(mode=LISTED, label=name) for name in ("阿涛", "四川小伙", "小李", "大个")]
    by, east, west = cast.chenli, cast.east, cast.west
    two, stated = Taking(mode=COUNTED, count=2), Taking(mode=COUNTED, count=0, stated_heads=17)
    helping = [Helping(person=jing.pk, minutes=175), Helping(label="大学生", count=3, minutes=125)]
    written(by, Method.ACTIVITY, date(2026, 3, 2), named(hong, hao, jing), site=east, service_line="care")
    written(
        by,
        Method.ACTIVITY,
        date(2026, 3, 9),
        [*named(hong, hao), two, stated],
        site=east,
        minutes=95,
        helping=helping,
        service_line="capacity",
    )
    written(by, Method.ACTIVITY, date(2026, 3, 9), named(lan, jing, bao), site=west, service_line="care")
    written(by, Method.GROUP, date(2026, 3, 12), named(hao, jing), site=west, series=group, minutes=60)
    written(by, Method.GROUP, date(2026, 3, 19), named(hao, bao), site=west, series=group)
    written(by, Method.OUTREACH, date(2026, 3, 20), [*street, Taking(mode=COUNTED, count=26)], series=lane)
    return cast
