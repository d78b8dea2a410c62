"""How dates, times and figures are written on pages, in both languages."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils.translation import override

from xiezuo.web.base import words
from xiezuo.web.base.templatetags import days

THURSDAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("precision", "chinese", "english", "machine"),
    [
        ("day", "2026年3月5日", "5 Mar 2026", "2026-03-05"),
        ("month", "2026年3月", "Mar 2026", "2026-03"),
        ("year", "2026年", "2026", "2026"),
    ],
)
def test_a_date_says_no_more_than_is_known(precision: str, chinese: str, english: str, machine: str) -> None:
    assert words.day_words(THURSDAY, precision, "zh-hans") == chinese
    assert words.day_words(THURSDAY, precision, "en") == english
    assert words.day_machine(THURSDAY, precision) == machine


def test_a_date_on_a_page_is_readable_for_people_and_machines() -> None:
    with override("zh-hans"):
        assert days.day(THURSDAY) == '<time datetime="2026-03-05">2026年3月5日</time>'
        assert days.day(THURSDAY, "month") == '<time datetime="2026-03">2026年3月</time>'
        assert days.monthday(THURSDAY) == '<time datetime="2026-03-05">3月5日</time>'
        assert days.weekday(THURSDAY) == "星期四"
    with override("en"):
        assert days.day(THURSDAY) == '<time datetime="2026-03-05">5 Mar 2026</time>'
        assert days.monthday(THURSDAY) == '<time datetime="2026-03-05">5 Mar</time>'
        assert days.weekday(THURSDAY) == "Thursday"


def test_a_date_nobody_knows_is_left_out() -> None:
    assert days.day(None) == ""
    assert days.day(THURSDAY, "unknown") == ""
    assert days.clock(None) == days.weekday(None) == days.monthday(None) == ""


def test_a_moment_is_shown_in_the_zone_of_the_house() -> None:
    late_evening_in_london = datetime(2026, 3, 5, 17, 30, tzinfo=UTC)
    assert days.clock(late_evening_in_london) == '<time datetime="01:30">01:30</time>'
    with override("zh-hans"):
        assert days.day(late_evening_in_london) == '<time datetime="2026-03-06">2026年3月6日</time>'
    assert days.clock(time(9, 5)) == '<time datetime="09:05">09:05</time>'


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [(0, "0.0"), (5, "0.0"), (6, "0.1"), (59, "0.9"), (60, "1.0"), (175, "2.9"), (324_750, "5,412.5"), (-175, "-2.9")],
)
def test_hours_are_cut_and_never_rounded(minutes: int, shown: str) -> None:
    assert days.hours(minutes) == shown


def test_thousands_are_marked_and_no_digit_is_lost() -> None:
    assert days.number(1284) == "1,284"
    assert days.number(5412.5) == "5,412.5"
    assert days.number(0) == "0"
    assert days.number(None) == days.hours(None) == ""
