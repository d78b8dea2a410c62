"""Time (TIM-1 to TIM-5)."""

from datetime import date, datetime, time, timedelta

from tests.factories.cast import Cast
from tests.factories.march import named, written
from xiezuo.common.days import age_on
from xiezuo.forms.calendar import Unknown, add_working_days, is_working_day
from xiezuo.forms.deadlines import service_day
from xiezuo.forms.packs import pack
from xiezuo.insight.breakdown import breakdown
from xiezuo.insight.dimensions import year_of
from xiezuo.service.access import records_for
from xiezuo.service.actions import ServiceFacts, record_service
from xiezuo.service.indicators import counted
from xiezuo.service.keys import CHILD, bands
from xiezuo.service.vocab import Method

D = date.fromisoformat


def test_tim_1_of_2026_33_days_are_off_6_are_made_up_and_248_are_worked() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    told = pack("holidays")["years"]["2026"]
    made_up = ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]
    assert [len(told["off"]), list(told["work"])] == [33, made_up]
    assert sum(is_working_day(day) is True for day in days) == 248
    assert {is_working_day(D(f"2026-{day}")) for day in made_up} == {True}
    assert {is_working_day(D(f"2026-{day}")) for day in told["off"]} == {False}


def test_tim_2_working_days_are_added_and_the_first_is_not_counted() -> None:
    asked = [("02-13", 5), ("02-14", 1), ("04-03", 3), ("09-18", 5), ("09-30", 1)]
    found = [add_working_days(D(f"2026-{day}"), n) for day, n in asked]
    assert found == [D(f"2026-{day}") for day in ("02-27", "02-24", "04-09", "09-24", "10-08")]


def test_tim_3_a_year_that_no_pack_knows_is_unknown_and_never_without_holidays() -> None:
    assert add_working_days(D("2026-12-31"), 1) == Unknown(2027)
    assert is_working_day(D("2027-01-01")) is None


def test_tim_4_a_night_counts_for_the_day_on_which_it_began(cast: Cast) -> None:
    facts = ServiceFacts(
        method=Method.OUTREACH, service_date=D("2026-03-05"), starts_at=time(22), ends_at=time(4), site=cast.east
    )
    night = record_service(by=cast.xiaomei, facts=facts, on=D("2026-03-06"))
    assert (night.service_date, night.minutes) == (D("2026-03-05"), 360)
    assert service_day(datetime(2026, 3, 5, 22), at_night=True) == D("2026-03-05")
    assert service_day(datetime(2026, 3, 6, 0, 30), at_night=True) == D("2026-03-05")


def test_tim_5_age_is_completed_years_on_the_service_date(cast: Cast) -> None:
    born = D("2012-02-29")
    assert [age_on(born, D(day)) for day in ("2026-02-28", "2026-03-01")] == [13, 14]
    told = ["0-2", "3-5", "6-11", "12-13", "14-15", "16-17", "18-34", "35-59", "60+"]
    assert [band.code for band in bands()][:9] == told
    assert [band.last for band in bands() if band.last in {13, 17}] == [13, 17]
    assert [band.code for band in bands() if band.below_18] == [*told[:6], CHILD.code]
    leap = cast.person("闰日", cast.east, born_on=born)
    for day in ("2026-02-28", "2026-03-01"):
        written(cast.chenli, Method.ACTIVITY, D(day), named(leap), site=cast.east)
    records = counted(records_for(cast.chenli))
    for day, band in (("2026-02-28", "12-13"), ("2026-03-01", "14-15")):
        table = breakdown(records.filter(service_date=D(day)), "headcount", "age", "", period=year_of(2026))
        assert table.rows is not None
        codes = {one.sign: one.code for one in bands()}
        assert [codes[str(spot.value)] for spot in table.rows.spots if table.rows.total(spot)] == [band]
