"""Until when something is due: the examples of the rules, counted from the numbers in the pack."""

from datetime import date, datetime

import pytest
from django.utils.translation import override

from xiezuo.forms.calendar import Day, Unknown
from xiezuo.forms.deadlines import (
    Roll,
    Span,
    Unit,
    after,
    deadline,
    due,
    due_at,
    is_close,
    is_late,
    may_run_to,
    months_later,
    series,
    service_day,
    yearly,
)
from xiezuo.forms.packs import pack

D = date


@pytest.mark.parametrize(
    ("code", "start", "expected"),
    [
        ("VOL-6", D(2026, 3, 2), D(2026, 3, 9)),
        ("VOL-6-fujian", D(2026, 2, 13), D(2026, 2, 25)),
        ("INC-1-answer", D(2026, 3, 2), D(2026, 3, 9)),
        ("INC-1-return", D(2026, 3, 2), D(2026, 3, 23)),
        ("EVA-5", D(2026, 3, 2), D(2026, 3, 16)),
        ("EVA-5", D(2026, 12, 21), Unknown(2027)),
        ("CAS-7-low", D(2026, 3, 2), D(2026, 3, 9)),
        ("LAB-1", D(2026, 3, 10), D(2027, 3, 10)),
        ("LAB-1", D(2024, 2, 29), D(2025, 2, 28)),
        ("LAB-1", D(2025, 10, 1), D(2026, 10, 1)),
        ("LAB-2", D(2025, 12, 31), D(2026, 12, 31)),
        ("LAB-3", D(2026, 5, 1), D(2027, 5, 1)),
        ("LAB-4-decision", D(2026, 3, 2), D(2026, 3, 9)),
        ("LAB-4-assign", D(2026, 3, 9), D(2026, 3, 12)),
    ],
)
def test_a_rule_counts_from_its_day(code: str, start: date, expected: Day) -> None:
    assert due(code, start) == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (D(2025, 10, 1), D(2026, 10, 8)),
        (D(2024, 2, 29), D(2025, 2, 28)),
        (D(2026, 3, 10), Unknown(2027)),
    ],
)
def test_a_limit_that_ends_on_a_holiday_may_run_on_and_both_are_told(start: date, expected: Day) -> None:
    assert deadline("LAB-1").span.roll == Roll.TOLD_BESIDE
    assert may_run_to("LAB-1", start) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("CAS-5", datetime(2026, 3, 3, 15)),
        ("CAS-7-high", datetime(2026, 3, 3, 15)),
        ("CAS-7-medium", datetime(2026, 3, 5, 15)),
    ],
)
def test_hours_run_from_the_moment(code: str, expected: datetime) -> None:
    assert due_at(code, datetime(2026, 3, 2, 15)) == expected


def test_a_contact_note_is_late_after_twenty_four_hours_and_a_minute() -> None:
    ended = datetime(2026, 3, 2, 15)
    assert not is_late("CAS-5", ended, datetime(2026, 3, 3, 15))
    assert is_late("CAS-5", ended, datetime(2026, 3, 3, 15, 1))


def test_a_first_visit_of_high_risk_is_due_after_a_day() -> None:
    assert due_at("CAS-7-high", datetime(2026, 3, 2, 9)) == datetime(2026, 3, 3, 9)


def test_the_annual_inspection_is_due_on_the_last_working_day_on_or_before() -> None:
    assert (yearly("ORG-1-unit", 2026), yearly("ORG-1-registry", 2026)) == (D(2026, 3, 31), D(2026, 5, 29))
    assert yearly("ORG-1-unit", 2027) == Unknown(2027)


@pytest.mark.parametrize(
    ("start", "at_night", "expected"),
    [
        (datetime(2026, 3, 5, 22), False, D(2026, 3, 5)),
        (datetime(2026, 3, 5, 22), True, D(2026, 3, 5)),
        (datetime(2026, 3, 6, 0, 30), True, D(2026, 3, 5)),
        (datetime(2026, 3, 6, 0, 30), False, D(2026, 3, 6)),
        (datetime(2026, 3, 6, 12), True, D(2026, 3, 6)),
    ],
)
def test_a_service_counts_for_the_day_on_which_it_began_and_at_night_for_the_evening_before(
    start: datetime, at_night: bool, expected: date
) -> None:
    assert service_day(start, at_night=at_night) == expected


def test_a_long_campaign_reports_every_three_months_and_three_months_after_its_end() -> None:
    told = list(series("ORG-9", D(2026, 1, 15), D(2026, 9, 30)))
    assert told == [D(2026, 4, 15), D(2026, 7, 15), D(2026, 12, 30)]


def test_a_campaign_shorter_than_half_a_year_reports_once() -> None:
    assert list(series("ORG-9", D(2026, 1, 15), D(2026, 7, 14))) == [D(2026, 10, 14)]
    assert len(list(series("ORG-9", D(2026, 1, 15), D(2026, 7, 15)))) == 3


def test_in_an_emergency_every_five_days() -> None:
    told = list(series("ORG-9-emergency", D(2026, 3, 1), D(2026, 3, 12)))
    assert told == [D(2026, 3, 6), D(2026, 3, 11), D(2026, 6, 12)]


def test_legal_aid_in_advance_when_fewer_than_seven_days_are_left() -> None:
    limit = D(2026, 12, 31)
    assert [is_close("LAB-5", limit, D(2026, 12, day)) for day in (24, 25)] == [False, True]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (D(2026, 1, 31), 1, D(2026, 2, 28)),
        (D(2026, 11, 30), 3, D(2027, 2, 28)),
        (D(2026, 12, 15), 12, D(2027, 12, 15)),
        (D(2026, 8, 31), 1, D(2026, 9, 30)),
        (D(2026, 11, 15), 1, D(2026, 12, 15)),
    ],
)
def test_a_day_that_the_month_does_not_have_becomes_its_last(day: date, months: int, expected: date) -> None:
    assert months_later(day, months) == expected


def test_a_handshake_at_the_fair_is_followed_up_four_times() -> None:
    days = pack("fair-default")["follow_up"]["days"]
    assert [after(D(2026, 5, 20), Span(n, Unit.DAY)) for n in days] == [
        D(2026, 6, 19),
        D(2026, 8, 18),
        D(2026, 11, 16),
        D(2027, 5, 20),
    ]


def test_every_rule_says_what_it_is_in_both_languages_and_where_it_stands() -> None:
    told = pack("due-default")
    for code in told["due"]:
        with override("zh-hans"):
            chinese = deadline(code)
        with override("en"):
            english = deadline(code)
        assert chinese.label != english.label and chinese.counts_from != english.counts_from
        assert chinese.source and chinese.mark in {"verified", "secondary", "unverified"}
    assert Span(24, Unit.HOUR) == deadline("CAS-5").span
