"""Writing work down: what is refused, what is counted, what stays."""

import uuid
from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast, make_cast
from xiezuo.common.days import Precision
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.models import Event
from xiezuo.people.models import Assignment, Person
from xiezuo.service.access import can_correct, records_for
from xiezuo.service.actions import (
    Helping,
    ServiceFacts,
    Taking,
    cancel_service,
    check_in,
    correct_service,
    finish_step,
    record_service,
)
from xiezuo.service.indicators import counted, values
from xiezuo.service.models import ServiceRecord
from xiezuo.service.vocab import Method, ParticipationMode

pytestmark = pytest.mark.django_db
NAMED, LISTED, COUNTED = ParticipationMode.NAMED, ParticipationMode.LISTED, ParticipationMode.COUNTED
DAY = date(2026, 3, 5)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def visit(**facts: object) -> ServiceFacts:
    return ServiceFacts(**{"method": Method.VISIT, "service_date": DAY, **facts})  # type: ignore[arg-type]


def named(*people: Person) -> list[Taking]:
    return [Taking(mode=NAMED, person=person.pk) for person in people]


def refusal(cast: Cast, facts: ServiceFacts) -> str:
    with pytest.raises(RuleBroken) as refused:
        record_service(by=cast.xiaomei, facts=facts, on=DAY)
    assert ServiceRecord.objects.count() == 0
    return refused.value.code


def test_the_same_form_sent_twice_is_one_record(cast: Cast) -> None:
    key = uuid.uuid4()
    first, second = (record_service(by=cast.xiaomei, facts=visit(), on=DAY, key=key) for _sent in range(2))
    assert first == second
    assert ServiceRecord.objects.count() == 1


def test_a_day_still_to_come_is_refused(cast: Cast) -> None:
    assert refusal(cast, visit(service_date=date(2026, 3, 6))) == "service.date_in_future"


def test_a_day_left_open_is_refused_unless_it_is_said_to_be_unknown(cast: Cast) -> None:
    assert refusal(cast, visit(service_date=None)) == "service.date_missing"
    unknown = visit(service_date=None, precision=Precision.UNKNOWN)
    assert record_service(by=cast.xiaomei, facts=unknown, on=DAY).service_date is None


def test_the_same_person_twice_is_refused(cast: Cast) -> None:
    person = cast.person("红", cast.east)
    assert refusal(cast, visit(taking=named(person, person))) == "service.named_twice"


def test_two_listed_under_one_name_are_refused(cast: Cast) -> None:
    both = [Taking(mode=LISTED, label="小红"), Taking(mode=LISTED, label=" 小 红")]
    assert refusal(cast, visit(taking=both)) == "service.label_twice"


def test_a_next_day_without_a_next_step_is_refused(cast: Cast) -> None:
    assert refusal(cast, visit(next_on=date(2026, 3, 12))) == "service.step_missing"


def test_a_worker_of_the_west_neither_writes_at_east_nor_names_its_people(cast: Cast) -> None:
    stranger = cast.person("红", cast.east)
    for facts in (visit(site=cast.east), visit(site=cast.west, taking=named(stranger))):
        with pytest.raises(NotAllowed):
            record_service(by=cast.haiyan, facts=facts, on=DAY)
    with pytest.raises(NotAllowed):
        record_service(by=cast.zhiyuan, facts=visit(), on=DAY)
    assert ServiceRecord.objects.count() == 0


def test_a_night_round_lasts_over_midnight_and_belongs_to_its_first_day(cast: Cast) -> None:
    night = visit(method=Method.OUTREACH, starts_at=time(22), ends_at=time(4))
    record = record_service(by=cast.xiaomei, facts=night, on=DAY)
    assert (record.service_date, record.minutes) == (DAY, 360)


def test_serial_numbers_follow_each_other_within_the_year(cast: Cast) -> None:
    days = [DAY, DAY, date(2025, 12, 30), DAY]
    serials = [record_service(by=cast.xiaomei, facts=visit(service_date=day), on=DAY).serial_no for day in days]
    assert serials == ["2026-000001", "2026-000002", "2025-000001", "2026-000003"]


def test_whoever_is_served_at_a_site_is_known_there_from_then_on(cast: Cast) -> None:
    hao = cast.person("浩", cast.east)
    record_service(by=cast.chenli, facts=visit(site=cast.west, taking=named(hao)), on=DAY)
    assert Assignment.objects.filter(person=hao, site=cast.west).count() == 1
    assert record_service(by=cast.haiyan, facts=visit(site=cast.west, taking=named(hao)), on=DAY)


def test_a_cancelled_record_says_why_counts_nowhere_and_is_not_corrected(cast: Cast) -> None:
    record = record_service(by=cast.xiaomei, facts=visit(taking=named(cast.person("红", cast.east))), on=DAY)
    with pytest.raises(RuleBroken):
        cancel_service(by=cast.xiaomei, record=record, why="  ")
    cancel_service(by=cast.xiaomei, record=record, why="没有去成")
    assert values(counted(records_for(cast.chenli)), ["person_times", "event_count"]) == {
        "person_times": 0,
        "event_count": 0,
    }
    with pytest.raises(RuleBroken):
        correct_service(by=cast.xiaomei, record=record, facts=visit(), on=DAY)


def test_correcting_writes_who_came_anew_and_tells_which_fields_changed(cast: Cast) -> None:
    hong, lan = cast.person("红", cast.east), cast.person("兰", cast.east)
    record = record_service(by=cast.xiaomei, facts=visit(taking=named(hong)), on=DAY)
    correct_service(by=cast.xiaomei, record=record, facts=visit(note="补记", taking=named(lan)), on=DAY)
    record.refresh_from_db()
    assert record.note == "补记"
    assert [row.person for row in record.participations.all()] == [lan]
    assert Event.objects.filter(code="service.record.corrected").get().facts == {"fields": ["note"]}


def test_the_next_step_is_done_once(cast: Cast) -> None:
    record = record_service(by=cast.xiaomei, facts=visit(next_step="陪办登记卡", next_on=DAY), on=DAY)
    assert finish_step(by=cast.xiaomei, record=record, on=DAY).next_done_on == DAY


def test_volunteers_give_minutes_and_are_not_counted_as_served(cast: Cast) -> None:
    helper = cast.person("韩磊", cast.east)
    facts = visit(helping=[Helping(person=helper.pk, minutes=175)])
    record_service(by=cast.xiaomei, facts=facts, on=DAY)
    found = values(counted(records_for(cast.chenli)), ["headcount", "person_times", "volunteer_hours"])
    assert found == {"headcount": 0, "person_times": 0, "volunteer_hours": 175}


def test_heads_stated_by_a_sheet_stand_beside_and_are_never_added(cast: Cast) -> None:
    stated = Taking(mode=COUNTED, count=56, stated_heads=20)
    record_service(by=cast.xiaomei, facts=visit(taking=[stated]), on=DAY)
    found = values(counted(records_for(cast.chenli)), ["headcount", "person_times", "unnamed", "stated_heads"])
    assert found == {"headcount": 0, "person_times": 56, "unnamed": 56, "stated_heads": 20}


def test_a_nickname_is_enough_at_the_front_desk_and_twice_a_day_is_one_visit(cast: Cast) -> None:
    first, hong = check_in(by=cast.xiaomei, site=cast.east, on=DAY, nickname="小红")
    second, same = check_in(by=cast.xiaomei, site=cast.east, on=DAY, person=hong)
    assert (first, hong) == (second, same)
    check_in(by=cast.xiaomei, site=cast.east, on=DAY, nickname="东北大哥")
    assert values(counted(records_for(cast.chenli)), ["headcount", "person_times", "event_count"]) == {
        "headcount": 2,
        "person_times": 2,
        "event_count": 1,
    }


def test_sixty_people_are_saved_in_as_many_queries_as_one(cast: Cast) -> None:
    people = [cast.person(f"第{number}位", cast.east) for number in range(61)]
    record_service(by=cast.xiaomei, facts=visit(site=cast.east), on=DAY)
    queries = []
    for crowd in (people[:1], people[1:]):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            record_service(by=cast.xiaomei, facts=visit(site=cast.east, taking=named(*crowd)), on=DAY)
        queries.append(len(asked))
    assert queries[0] == queries[1]


@pytest.mark.parametrize(
    ("who", "sees", "corrects"),
    [
        ("xiaomei", True, True),  # wrote it
        ("haiyan", False, False),  # works at the other site
        ("chenli", True, True),  # supervises everywhere
        ("zhiyuan", False, False),  # runs the machine
    ],
)
def test_who_sees_and_corrects_a_record_of_the_east(cast: Cast, who: str, sees: bool, corrects: bool) -> None:
    record = record_service(by=cast.xiaomei, facts=visit(site=cast.east), on=DAY)
    actor = getattr(cast, who)
    assert (record in records_for(actor), can_correct(actor, record)) == (sees, corrects)


def test_who_came_along_from_another_site_sees_the_record_and_does_not_correct_it(cast: Cast) -> None:
    record = record_service(by=cast.xiaomei, facts=visit(site=cast.east, staff=[cast.haiyan.user]), on=DAY)
    assert (record in records_for(cast.haiyan), can_correct(cast.haiyan, record)) == (True, False)
