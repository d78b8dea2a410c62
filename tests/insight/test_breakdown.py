"""Figures by one thing or by two: the worked example of the counting rules, told apart in every way."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation

from tests.factories.cast import Cast
from tests.factories.march import COUNTED, named, written
from xiezuo.common.days import Precision
from xiezuo.insight.breakdown import Axis, Breakdown, breakdown
from xiezuo.insight.dimensions import DIMENSIONS, Period, month_of, year_of
from xiezuo.orgs.models import Project
from xiezuo.people.models import Person
from xiezuo.people.vocab import BornPrecision, Sex
from xiezuo.service.access import records_for
from xiezuo.service.actions import Taking
from xiezuo.service.indicators import INDICATORS, counted
from xiezuo.service.models import ServiceRecord
from xiezuo.service.vocab import AgeGroup, Method

MARCH, YEAR = month_of(2026, 3), year_of(2026)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def told(axis: Axis | None) -> dict[str, int]:
    assert axis
    return {str(spot.label): axis.total(spot) for spot in axis.spots}


def of(cast: Cast, code: str, rows: str, across: str = "", period: Period = YEAR, **where: object) -> Breakdown:
    return breakdown(counted(records_for(cast.chenli).filter(**where)), code, rows, across, period=period)


@pytest.mark.parametrize(
    "code, east, west, street, whole",
    [
        ("headcount", 3, 4, 4, 9),
        ("unnamed", 2, 0, 26, 28),
        ("person_times", 7, 7, 30, 44),
        ("event_count", 2, 1, 1, 4),
        ("session_count", 0, 2, 0, 2),
        ("group_count", 0, 1, 0, 1),
    ],
)
def test_march_by_site_is_the_worked_example(
    march: Cast, code: str, east: int, west: int, street: int, whole: int
) -> None:
    table = of(march, code, "site", period=MARCH)
    by_site = {spot.value: table.rows.total(spot) for spot in table.rows.spots}
    expected = {march.east.pk: east, march.west.pk: west, None: street}
    assert {site: n for site, n in expected.items() if n} == {site: n for site, n in by_site.items() if n}
    assert table.whole == whole


def test_east_and_west_are_five_people_not_seven_because_two_came_to_both(march: Cast) -> None:
    table = of(march, "headcount", "site", site__isnull=False)
    assert (sum(row[-1] for row in table.numbers()[:-1]), table.whole) == (7, 5)
    assert (table.rows.extra, table.rows.several) == (2, 2)


def test_two_projects_count_someone_each_and_the_whole_once(march: Cast) -> None:
    first = Project.objects.create(name="陪伴成长", from_on=date(2026, 1, 1))
    second = Project.objects.create(name="新市民", from_on=date(2026, 1, 1))
    reading = ServiceRecord.objects.earliest("service_date")
    reading.projects.set([first, second])
    people = of(march, "headcount", "project", projects__isnull=False)
    assert told(people.rows) == {"新市民": 3, "陪伴成长": 3}
    assert (people.whole, people.rows.several) == (3, 3)
    times = of(march, "person_times", "project")
    assert told(times.rows) == {"新市民": 3, "陪伴成长": 3, "no project": 41}
    assert (times.whole, times.rows.extra, times.rows.several) == (44, 3, None)
    events = of(march, "event_count", "project")
    assert (events.whole, events.rows.extra, events.rows.several) == (4, 1, 1)


def test_two_things_crossed_have_their_own_totals(march: Cast) -> None:
    table = of(march, "headcount", "site", "method")
    assert told(table.across) == {"group work": 3, "activity": 5, "outreach": 4}
    assert table.numbers() == [[0, 3, 0, 3], [3, 3, 0, 4], [0, 0, 4, 4], [3, 5, 4, 9]]


@pytest.fixture
def ages(cast: Cast) -> Cast:
    """People of every kind of age at one activity on 28 February 2026, and one of them again the day after."""

    def born(name: str, day: date | None, precision: str = "day", sex: str = Sex.FEMALE) -> Person:
        return cast.person(name, cast.east, born_on=day, born_precision=precision if day else "", sex=sex)

    leap = born("闰日", date(2012, 2, 29))
    people = [
        leap,
        born("十七", date(2008, 3, 1), sex=Sex.MALE),
        born("十八", date(2008, 2, 28), sex=Sex.MALE),
        born("只知道年", date(1990, 1, 1), BornPrecision.YEAR),
        born("跨段的年", date(2012, 1, 1), BornPrecision.YEAR),
        born("跨十八的年", date(2008, 1, 1), BornPrecision.YEAR),
        born("大概六岁", date(2020, 1, 1), BornPrecision.GUESS, Sex.UNKNOWN),
        born("不知道", None, sex=Sex.NOT_STATED),
        born("写错了", date(2020, 12, 1)),
    ]
    Person.objects.filter(nickname="写错了").update(born_on=date(2026, 12, 1))  # after the service
    counted_ones = [
        Taking(mode=COUNTED, count=4, age=AgeGroup.CHILD, sex=Sex.MALE),
        Taking(mode=COUNTED, count=2, age=AgeGroup.ADULT),
        Taking(mode=COUNTED, count=1),
    ]
    by = cast.chenli
    written(by, Method.ACTIVITY, date(2026, 2, 28), [*named(*people), *counted_ones], site=cast.east)
    written(by, Method.ACTIVITY, date(2026, 3, 1), named(leap), site=cast.east)
    return cast


def test_age_is_completed_years_on_the_day_and_who_is_not_known_stands_apart(ages: Cast) -> None:
    table = of(ages, "headcount", "age")
    assert {name: n for name, n in told(table.rows).items() if n} == {
        "aged 6–11": 1,
        "aged 12–13": 1,
        "aged 14–15": 1,
        "aged 16–17": 1,
        "aged 18–34": 1,
        "aged 35–59": 1,
        "under 18, age not known": 1,
        "age not known": 3,
    }
    assert (table.whole, table.rows.extra, table.rows.several) == (9, 1, 1)


def test_guessed_ages_of_counted_people_enter_person_times(ages: Cast) -> None:
    table = of(ages, "person_times", "age", "sex", period=month_of(2026, 2))
    by_label = dict(zip(told(table.rows), table.numbers(), strict=False))
    assert told(table.across) == {"female": 5, "male": 6, "not stated": 1, "not known": 4}
    assert by_label["under 18, age not known"] == [1, 4, 0, 0, 5]
    assert by_label["18 or older, age not known"] == [0, 0, 0, 2, 2]
    assert table.whole == 16


def test_a_service_known_only_to_the_month_gives_no_band_it_is_not_sure_of(cast: Cast) -> None:
    turning = cast.person("三月生日", cast.east, born_on=date(2014, 3, 15), born_precision="day")
    settled = cast.person("一月生日", cast.east, born_on=date(2014, 1, 15), born_precision="day")
    on = date(2026, 3, 1)
    both = named(turning, settled)
    written(cast.chenli, Method.ACTIVITY, on, both, precision=Precision.MONTH, site=cast.east)
    table = of(cast, "headcount", "age")
    assert {name: n for name, n in told(table.rows).items() if n} == {"aged 12–13": 1, "under 18, age not known": 1}


def test_records_of_a_year_only_stand_in_no_month(march: Cast) -> None:
    ten = [Taking(mode=COUNTED, count=10)]
    written(march.chenli, Method.ACTIVITY, date(2026, 1, 1), ten, precision=Precision.YEAR, site=march.east)
    table = of(march, "person_times", "month")
    assert [row[-1] for row in table.numbers()] == [0, 0, 44, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 54]


def test_years_stand_side_by_side(march: Cast) -> None:
    hong = Person.objects.get(nickname="红")
    written(march.chenli, Method.VISIT, date(2025, 12, 31), named(hong), site=march.east)
    table = of(march, "headcount", "year", period=Period(date(2024, 1, 1), date(2026, 12, 31)))
    assert told(table.rows) == {"2024": 0, "2025": 1, "2026": 9}
    assert (table.whole, table.rows.several) == (9, 1)


def test_volunteers_have_sex_and_age_and_events_have_neither(march: Cast) -> None:
    assert told(of(march, "volunteer_hours", "sex").rows) == {"female": 0, "male": 0, "not known": 300}
    with pytest.raises(ValueError):
        of(march, "event_count", "age")


def test_every_indicator_can_be_told_apart_by_everything_it_has(march: Cast) -> None:
    for code, indicator in INDICATORS.items():
        for name, dimension in DIMENSIONS.items():
            if not dimension.fits(indicator):
                continue
            table = of(march, code, name)
            assert sum(row[-1] for row in table.numbers()[:-1]) == table.whole + table.rows.extra, (code, name)
            spots = {spot.value for spot in table.rows.spots}
            assert {value for value, n in table.rows.totals.items() if n} <= spots, (code, name)


def test_a_table_for_publication_hides_small_numbers_of_people_and_no_others(march: Cast) -> None:
    records = counted(records_for(march.chenli))
    people = breakdown(records, "headcount", "site", period=YEAR, publish=True)
    assert [row[-1] for row in people.numbers()] == [3, 4, 4, 9]
    assert people.hidden == {(0, 0), (1, 0), (2, 0)}
    assert breakdown(records, "event_count", "site", period=YEAR, publish=True).hidden == set()
