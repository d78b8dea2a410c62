"""Who helps on a day of an activity: named before, there with one tap, and their hours are those of the day's record."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import DAY, Cast, make_cast
from tests.factories.grouped import AT, an_activity, an_open_activity
from tests.web.staff.service.conftest import logged_in
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.walls import all_opened
from xiezuo.people.actions import merge_people
from xiezuo.people.actions.erasing import erase_person
from xiezuo.service.access import helper_for, record_for
from xiezuo.service.actions import Helping, correct_service
from xiezuo.service.actions.activities import Opening, open_activity
from xiezuo.service.actions.facts import ServiceFacts, Taking
from xiezuo.service.actions.helping import drop_helper, helper_is_here, name_helper, note_helper_minutes
from xiezuo.service.actions.holding import write_day
from xiezuo.service.actions.signing_in import count_more
from xiezuo.service.models import ActivityDay, DayHelper, ServiceRecord
from xiezuo.service.queries import minutes_given
from xiezuo.service.vocab import Method, ParticipationMode

pytestmark = pytest.mark.django_db
TWO_HOURS = {"starts_at": "14:00", "ends_at": "16:00"}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def a_day(cast: Cast, on: date = DAY, **more: object) -> ActivityDay:
    return an_open_activity(cast, on, **(TWO_HOURS | more)).days.select_related("activity").get()


def helped(record: ServiceRecord) -> dict[str, int | None]:
    return {str(part.person or part.label): part.minutes for part in record.volunteer_parts.order_by("id")}


def test_whoever_was_named_before_gives_as_many_minutes_as_the_day_lasted(cast: Cast) -> None:
    day = a_day(cast)
    tao, hong = cast.person("阿涛", cast.east), cast.person("小红", cast.east)
    first = name_helper(by=cast.xiaomei, day=day, person=tao)
    assert name_helper(by=cast.xiaomei, day=day, person=tao) == first
    name_helper(by=cast.xiaomei, day=day, person=hong)
    count_more(by=cast.xiaomei, day=day, n=9)
    helper_is_here(by=cast.xiaomei, helper=first, came=True)
    record = write_day(by=cast.xiaomei, day=day, on=DAY)
    assert helped(record) == {"阿涛": 120}
    assert minutes_given([tao.pk, hong.pk]) == {tao.pk: 120}


def test_other_minutes_hold_and_what_stands_on_the_record_beside_the_list_stays(cast: Cast) -> None:
    day = a_day(cast)
    tao, wang = cast.person("阿涛", cast.east), cast.person("王素芬", cast.east)
    helper = name_helper(by=cast.xiaomei, day=day, person=tao, came=True)
    count_more(by=cast.xiaomei, day=day, n=9)
    record = write_day(by=cast.xiaomei, day=day, on=DAY)
    facts = ServiceFacts(method=Method.ACTIVITY, service_date=DAY, site=cast.east, series=record.series)
    facts.taking = [Taking(mode=ParticipationMode.COUNTED, count=9)]
    facts.helping = [Helping(person=tao.pk, minutes=100), Helping(person=wang.pk, minutes=30)]
    facts.helping = [*facts.helping, Helping(label="大学生", count=3, minutes=90)]
    correct_service(by=cast.xiaomei, record=record_for(cast.xiaomei, record.pk), facts=facts, on=DAY)
    again = write_day(by=cast.xiaomei, day=day, on=DAY)
    assert (again.pk, helped(again)) == (record.pk, {"阿涛": 100, "王素芬": 30, "大学生": 90})
    note_helper_minutes(by=cast.xiaomei, helper=helper, minutes=60)
    assert helped(write_day(by=cast.xiaomei, day=day, on=DAY))["阿涛"] == 60
    with pytest.raises(RuleBroken, match="1440"):
        note_helper_minutes(by=cast.xiaomei, helper=helper, minutes=1441)


def test_a_slip_leaves_the_record_and_the_list(cast: Cast) -> None:
    day = a_day(cast)
    early = name_helper(by=cast.xiaomei, day=day, person=cast.person("小红", cast.east))
    drop_helper(by=cast.xiaomei, helper=early)
    assert not DayHelper.objects.exists()
    helper = name_helper(by=cast.xiaomei, day=day, person=cast.person("阿涛", cast.east), came=True)
    count_more(by=cast.xiaomei, day=day, n=9)
    write_day(by=cast.xiaomei, day=day, on=DAY)
    drop_helper(by=cast.xiaomei, helper=helper_for(cast.xiaomei, helper.pk))
    assert helped(write_day(by=cast.xiaomei, day=day, on=DAY)) == {}


def test_a_child_does_not_help_where_someone_could_be_hurt(cast: Cast) -> None:
    activity = an_activity(cast, personal_danger=True)
    told = Opening(risk_told=True, insured_until=DAY)
    activity = open_activity(by=cast.xiaomei, activity=activity, told=told, on=DAY, at=AT)
    day = activity.days.select_related("activity").get()
    child = cast.person("小宇", cast.east, born_on=date(2012, 1, 1), born_precision="day")
    with pytest.raises(RuleBroken, match="没有成年"):
        name_helper(by=cast.xiaomei, day=day, person=child)
    name_helper(by=cast.xiaomei, day=a_day(cast, name="读书会"), person=child)


def test_whoever_works_elsewhere_names_nobody_and_sees_nobody(cast: Cast) -> None:
    day = a_day(cast)
    helper = name_helper(by=cast.xiaomei, day=day, person=cast.person("阿涛", cast.east))
    with pytest.raises(NotAllowed):
        name_helper(by=cast.haiyan, day=day, person=cast.person("海", cast.west))
    with pytest.raises(NotAllowed):
        helper_for(cast.haiyan, helper.pk)
    with pytest.raises(NotAllowed):
        name_helper(by=cast.xiaomei, day=day, person=cast.person("海", cast.west))


def test_two_rows_of_one_human_helped_once_and_whoever_is_erased_is_on_no_list(cast: Cast) -> None:
    day = a_day(cast)
    kept, gone = cast.person("阿涛", cast.east), cast.person("涛哥", cast.east)
    name_helper(by=cast.xiaomei, day=day, person=kept)
    twice = name_helper(by=cast.xiaomei, day=day, person=gone, came=True)
    note_helper_minutes(by=cast.xiaomei, helper=twice, minutes=45)
    merge_people(by=cast.chenli, kept=kept, other=gone)
    assert list(DayHelper.objects.values_list("person", "came", "minutes")) == [(kept.pk, True, 45)]
    with all_opened(why="a test erases someone"):
        erase_person(by_id=None, person=kept.pk, on=DAY)
    assert not DayHelper.objects.exists()


@pytest.mark.both_engines
def test_one_tap_on_the_page_of_the_day(cast: Cast) -> None:
    day = a_day(cast)
    tao = cast.person("阿涛", cast.east)
    client, url = logged_in(cast.xiaomei), f"/service/activities/days/{day.pk}/"
    assert "阿涛" in client.get(url, {"helps": "atao"}).content.decode()
    client.post(f"{url}helpers/", {"person": tao.pk})
    helper = DayHelper.objects.get()
    assert helper.came
    client.post(f"{url}helpers/", {"gone": helper.pk})
    client.post(f"{url}helpers/", {"came": helper.pk})
    client.post(f"{url}helpers/", {f"minutes-{helper.pk}": "75"})
    helper.refresh_from_db()
    assert (helper.came, helper.minutes) == (True, 75)
    assert "阿涛" in client.get(f"/service/activities/{day.activity_id}/").content.decode()
    count_more(by=cast.xiaomei, day=day, n=3)
    write_day(by=cast.xiaomei, day=day, on=DAY)
    other = a_day(cast, name="读书会")
    assert "最近在这里帮过忙" in client.get(f"/service/activities/days/{other.pk}/").content.decode()


def test_a_list_of_three_helpers_asks_no_more_than_a_list_of_one(cast: Cast) -> None:
    day, client = a_day(cast), logged_in(cast.xiaomei)

    def asked(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    pages = [f"/service/activities/{day.activity_id}/", f"/service/activities/days/{day.pk}/"]
    name_helper(by=cast.xiaomei, day=day, person=cast.person("阿涛", cast.east))
    asked(pages[0])
    one = [*map(asked, pages)]
    for name in ("小红", "王素芬"):
        name_helper(by=cast.xiaomei, day=day, person=cast.person(name, cast.east))
    assert [*map(asked, pages)] == one
