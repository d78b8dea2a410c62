"""Working days: what the State Council announced, and what nobody can know yet (TIM-1 to TIM-3)."""

import json
import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from tests.factories.new_year import CALENDAR_2027, lay_in
from xiezuo.forms.calendar import (
    Day,
    Unknown,
    add_working_days,
    first_working_day_on_or_after,
    is_working_day,
    last_working_day_on_or_before,
    next_working_day,
    working_days_between,
)
from xiezuo.forms.packs import pack
from xiezuo.forms.packs.verifying import problems_of

NOTICES = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "cn-holidays"
NEW_YEARS_EVE = date(2026, 12, 31)


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def test_2026_has_33_days_off_6_days_of_make_up_work_and_248_working_days() -> None:
    told = pack("holidays")["years"]["2026"]
    assert len(told["off"]) == 33
    assert list(told["work"]) == ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]
    assert sum(bool(is_working_day(day)) for day in days_of(2026)) == 248


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        (date(2026, 2, 13), 5, date(2026, 2, 27)),
        (date(2026, 2, 14), 1, date(2026, 2, 24)),
        (date(2026, 4, 3), 3, date(2026, 4, 9)),
        (date(2026, 9, 18), 5, date(2026, 9, 24)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 0, date(2026, 9, 30)),
        (NEW_YEARS_EVE, 1, Unknown(2027)),
    ],
)
def test_working_days_are_added_and_the_first_does_not_count(start: date, n: int, expected: Day) -> None:
    assert add_working_days(start, n) == expected


def test_a_year_that_is_not_announced_is_unknown_and_never_without_holidays() -> None:
    assert is_working_day(date(2027, 1, 1)) is None
    assert is_working_day(date(2027, 6, 9)) is None
    assert is_working_day(NEW_YEARS_EVE) is True
    assert next_working_day(NEW_YEARS_EVE) == Unknown(2027)
    assert first_working_day_on_or_after(NEW_YEARS_EVE) == NEW_YEARS_EVE
    assert last_working_day_on_or_before(date(2027, 1, 2)) == Unknown(2027)
    assert working_days_between(date(2026, 12, 30), date(2027, 1, 5)) == Unknown(2027)
    assert last_working_day_on_or_before(date(2007, 1, 3)) == Unknown(2006)


def test_the_missing_year_is_told_in_words() -> None:
    with override("en"):
        words = "The working days of 2027 have not been announced yet: the date is to be confirmed."
        assert str(Unknown(2027)) == words
    with override("zh-hans"):
        assert str(Unknown(2027)) == "2027年的工作日安排还没有公布，日期待定。"


def test_between_two_days_lie_as_many_working_days_as_are_added() -> None:
    assert working_days_between(date(2026, 2, 13), date(2026, 2, 27)) == 5
    assert working_days_between(date(2025, 12, 31), NEW_YEARS_EVE) == 248
    assert working_days_between(NEW_YEARS_EVE, NEW_YEARS_EVE) == 0


def test_from_a_holiday_one_goes_back_to_the_last_working_day_or_on_to_the_next() -> None:
    assert last_working_day_on_or_before(date(2026, 5, 31)) == date(2026, 5, 29)
    assert last_working_day_on_or_before(date(2026, 10, 10)) == date(2026, 10, 10)
    assert first_working_day_on_or_after(date(2026, 10, 1)) == date(2026, 10, 8)


def test_a_house_that_lays_in_the_new_year_knows_its_days(tmp_path: Path, settings: Any) -> None:
    lay_in(tmp_path, settings)
    assert add_working_days(NEW_YEARS_EVE, 1) == date(2027, 1, 4)
    assert is_working_day(date(2026, 2, 14)) is True


def test_every_day_from_2007_to_2026_is_worked_or_off_as_the_notices_say() -> None:
    """The pack names 551 days off and 130 of make-up work; the notices as others published them 545 and 133. They differ
    in weekend days that were free anyway, and in a Monday that was worked anyway."""
    if not NOTICES.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"the published holidays are missing: {NOTICES.name}")
        pytest.skip("the published holidays are not beside this checkout")
    published = {}
    for year in range(2007, 2028):
        told = json.loads((NOTICES / f"{year}.json").read_text(encoding="utf-8"))
        published |= {date.fromisoformat(day["date"]): not day["isOffDay"] for day in told["days"]}
    everyday = [day for year in range(2007, 2027) for day in days_of(year)]
    differ = [day for day in everyday if is_working_day(day) != published.get(day, day.weekday() < 5)]
    assert (len(published), len(everyday), differ) == (678, 7305, [])
    named = [day for year in pack("holidays")["years"].values() for kind in ("off", "work") for day in year[kind]]
    assert len(named) == 681


@pytest.mark.parametrize(
    ("years", "wrong"),
    [
        ({"2027": {"off": {"01-01": "new_year"}, "work": {}}}, []),
        ({"2027": {"off": {"02-29": "spring_festival"}, "work": {}}}, ["not_a_day"]),
        ({"2028": {"off": {"02-29": "spring_festival"}}}, ["lacks"]),
    ],
)
def test_a_calendar_names_days_that_its_years_have(years: dict[str, Any], wrong: list[str]) -> None:
    assert [problem.code for problem in problems_of(CALENDAR_2027 | {"years": years})] == wrong
