"""The list of service records."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast
from tests.web.staff.service.conftest import COUNTED, logged_in, written
from xiezuo.common.days import Precision
from xiezuo.orgs.access import Actor
from xiezuo.service.actions import Taking
from xiezuo.service.vocab import Method

FIVE = [Taking(mode=COUNTED, count=5)]


def listed(actor: Actor, query: str = "") -> list[tuple[str, int]]:
    page = logged_in(actor).get(f"/service/records/?{query}")
    assert page.status_code == 200
    return [(str(row.record), row.times) for row in page.context["rows"]]


def test_the_newest_record_stands_first_and_says_how_many_came(cast: Cast) -> None:
    written(cast.xiaomei, Method.ACTIVITY, date(2026, 3, 1), FIVE, site=cast.east, title="亲子阅读")
    written(cast.xiaomei, Method.VISIT, date(2026, 3, 8), [], site=cast.east, title="家访")
    written(cast.xiaomei, Method.ACTIVITY, None, FIVE, precision=Precision.UNKNOWN, site=cast.east, title="旧活动")
    assert listed(cast.chenli) == [("家访", 0), ("亲子阅读", 5), ("旧活动", 5)]


def test_the_list_can_be_narrowed(cast: Cast) -> None:
    written(
        cast.xiaomei, Method.ACTIVITY, date(2025, 3, 1), FIVE, site=cast.east, title="亲子阅读", service_line="care"
    )
    written(cast.haiyan, Method.VISIT, date(2026, 3, 8), FIVE, site=cast.west, title="家访")
    written(cast.chenli, Method.ACTIVITY, date(2026, 1, 1), FIVE, precision=Precision.YEAR, title="讲座")
    written(cast.chenli, Method.ACTIVITY, None, FIVE, precision=Precision.UNKNOWN, title="旧活动")
    expected = {
        "year=2025": ["亲子阅读"],
        "year=none": ["旧活动"],
        "year=2026&month=1": [],
        "month=3": ["家访", "亲子阅读"],
        f"site={cast.west.pk}": ["家访"],
        "site=none": ["讲座", "旧活动"],
        "line=care": ["亲子阅读"],
        "method=visit": ["家访"],
        "q=阅读": ["亲子阅读"],
        "mine=on": ["讲座", "旧活动"],
        "year=nonsense": ["家访", "讲座", "亲子阅读", "旧活动"],
    }
    assert {query: [title for title, _n in listed(cast.chenli, query)] for query in expected} == expected


def test_a_worker_sees_the_records_of_her_site(cast: Cast) -> None:
    written(cast.xiaomei, Method.ACTIVITY, date(2026, 3, 1), FIVE, site=cast.east, title="亲子阅读")
    written(cast.haiyan, Method.VISIT, date(2026, 3, 8), FIVE, site=cast.west, title="家访")
    assert listed(cast.xiaomei) == [("亲子阅读", 5)]
    assert logged_in(cast.zhiyuan).get("/service/records/").status_code == 403


def test_the_list_asks_the_database_as_often_for_three_rows_as_for_one(cast: Cast) -> None:
    client = logged_in(cast.chenli)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/service/records/")
        return len(asked)

    written(cast.xiaomei, Method.ACTIVITY, date(2026, 3, 1), FIVE, site=cast.east)
    one = queries()
    written(cast.haiyan, Method.ACTIVITY, date(2026, 3, 1), FIVE, site=cast.west)
    written(cast.chenli, Method.ACTIVITY, date(2026, 3, 2), FIVE)
    assert queries() == one
    assert one <= 13
