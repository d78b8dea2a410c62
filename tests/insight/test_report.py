"""The year report and the monthly ledger: March as the year, told in few questions to the database."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast, make_cast
from tests.factories.march import COUNTED, named, tell_march, written
from xiezuo.common.days import Precision
from xiezuo.common.errors import NotAllowed
from xiezuo.common.models import Event
from xiezuo.insight.actions import write_text
from xiezuo.insight.models import ReportText
from xiezuo.insight.queries import month_ledger, report_texts, year_report
from xiezuo.insight.vocab import ReportPart
from xiezuo.orgs.models import Site
from xiezuo.people.models import Person
from xiezuo.service import kept
from xiezuo.service.access import records_for
from xiezuo.service.actions import Taking, cancel_service
from xiezuo.service.models import ServiceRecord
from xiezuo.service.vocab import Method


def test_the_headlines_are_the_worked_example_beside_last_year(march: Cast) -> None:
    hong = Person.objects.get(nickname="红")
    written(march.chenli, Method.VISIT, date(2025, 12, 31), named(hong), site=march.east)
    report = year_report(records_for(march.chenli), 2026)
    assert {code: (line.now, line.before) for code, line in report.headlines.items()} == {
        "headcount": (9, 1),
        "person_times": (44, 1),
        "event_count": (4, 1),
        "session_count": (2, 0),
        "group_count": (1, 0),
        "service_hours": (155, 0),
        "volunteer_count": (1, 0),
        "volunteer_hours": (300, 0),
        "served_first": (1, 0),
        "unnamed": (28, 0),
        "stated_heads": (17, 0),
    }


def test_the_tables_of_the_report_agree_with_its_headlines(march: Cast) -> None:
    report = year_report(records_for(march.chenli), 2026)
    assert [row[-1] for row in report.months.numbers()] == [0, 0, 44, 0, 0, 0, 0, 0, 0, 0, 0, 0, 44]
    assert report.sites.numbers() == [
        [0, 4, 0, 3, 0, 7],
        [0, 0, 0, 3, 4, 7],
        [0, 0, 0, 0, 30, 30],
        [0, 4, 0, 6, 34, 44],
    ]
    assert [row[-1] for row in report.people_by_site.numbers()] == [3, 4, 4, 9]
    assert report.people.whole == 9


def test_what_is_not_counted_is_said_with_its_reason(march: Cast) -> None:
    family_day = ServiceRecord.objects.get(site=march.west, method=Method.ACTIVITY)
    cancel_service(by=march.chenli, record=family_day, why="写了两遍")
    ten = [Taking(mode=COUNTED, count=10), Taking(mode=COUNTED, count=1, came=False)]
    written(march.chenli, Method.ACTIVITY, date(2026, 3, 21), ten, site=march.east)
    written(march.chenli, Method.ACTIVITY, date(2026, 3, 22), ten, site=march.east, for_testing=True)
    written(march.chenli, Method.ACTIVITY, None, ten, precision=Precision.UNKNOWN)
    report = year_report(records_for(march.chenli), 2026)
    assert report.not_counted == {"cancelled": 1, "for_testing": 1, "undated": 1, "not_there": 1}
    assert report.headlines["person_times"].now == 44 - 3 + 10


def test_the_report_asks_the_database_as_often_for_three_sites_as_for_one(lasting: None) -> None:
    march = tell_march(make_cast())

    def queries() -> int:
        kept.forget_all()
        with CaptureQueriesContext(connection) as asked:
            year_report(records_for(march.chenli), 2026)
        return len(asked)

    few = queries()
    for name in ("南区童缘", "北区童缘"):
        site = Site.objects.create(name=name)
        written(march.chenli, Method.ACTIVITY, date(2026, 3, 3), [Taking(mode=COUNTED, count=5)], site=site)
    assert (queries(), few <= 45) == (few, True)


def test_an_empty_house_has_a_report_of_noughts(cast: Cast) -> None:
    report = year_report(records_for(cast.chenli), 2026, publish=True)
    assert {line.now for line in report.headlines.values()} == {0}
    assert report.sites.numbers()[-1][-1] == 0


def test_a_month_has_one_row_for_each_activity_and_counts_its_people_once(march: Cast) -> None:
    ledger = month_ledger(records_for(march.chenli), 2026, 3)
    wanted = ("headcount", "unnamed", "person_times", "volunteer_times", "volunteer_hours", "stated_heads")
    assert [[row.numbers[code] for code in wanted] for row in ledger.rows] == [
        [3, 0, 3, 0, 0, 0],
        [2, 2, 4, 4, 300, 17],
        [3, 0, 3, 0, 0, 0],
        [2, 0, 2, 0, 0, 0],
        [2, 0, 2, 0, 0, 0],
        [4, 26, 30, 0, 0, 0],
    ]
    assert [ledger.totals[code] for code in wanted] == [9, 28, 44, 4, 300, 17]
    assert (ledger.totals["event_count"], ledger.totals["session_count"]) == (4, 2)


def test_case_work_and_enquiries_are_no_activities(march: Cast) -> None:
    hong = Person.objects.get(nickname="红")
    for method in (Method.CASE, Method.ENQUIRY, Method.HOTLINE, Method.AID):
        written(march.chenli, method, date(2026, 3, 5), named(hong), site=march.east)
    assert len(month_ledger(records_for(march.chenli), 2026, 3).rows) == 6


def test_a_month_asks_as_often_for_three_activities_as_for_one(march: Cast) -> None:
    def queries(month: int) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as asked:
            rows = month_ledger(records_for(march.chenli), 2026, month).rows
        return len(rows), len(asked)

    written(march.chenli, Method.ACTIVITY, date(2026, 2, 2), [Taking(mode=COUNTED, count=5)], site=march.east)
    (one, first), (six, second) = queries(2), queries(3)
    assert (one, six, first) == (1, 6, second)


def test_the_organisations_own_words_stand_in_the_report_until_they_are_taken_out(cast: Cast) -> None:
    for text in ("开门的一年。", "开门的一年，三百天。", "开门的一年，三百天。"):
        write_text(by=cast.chenli, year=2026, part=ReportPart.OPENING, text=text)
    assert {part: text.text for part, text in report_texts(2026).items()} == {"opening": "开门的一年，三百天。"}
    write_text(by=cast.chenli, year=2026, part=ReportPart.OPENING, text="  ")
    assert ReportText.objects.count() == 0
    codes = list(Event.objects.filter(code__startswith="insight.").order_by("id").values_list("code", flat=True))
    assert codes == ["insight.report.text_written"] * 2 + ["insight.report.text_removed"]


@pytest.mark.parametrize("who", ["xiaomei", "haiyan", "zhiyuan"])
def test_only_a_supervisor_of_the_whole_writes_the_report(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        write_text(by=getattr(cast, who), year=2026, part=ReportPart.AHEAD, text="明年")
    assert ReportText.objects.count() == 0
