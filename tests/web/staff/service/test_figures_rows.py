"""Every number can be opened, and what it opens adds up to it."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.factories.cast import Cast
from tests.web.staff.service.conftest import logged_in
from xiezuo.people.models import Assignment
from xiezuo.service.access import records_for
from xiezuo.service.indicators import INDICATORS, Shows, counted

EXPECTED = {
    "headcount": 9,
    "person_times": 44,
    "event_count": 4,
    "session_count": 2,
    "service_hours": 155,
    "volunteer_hours": 300,
    "unnamed": 28,
    "stated_heads": 17,
    "group_count": 1,
    "service_count": 6,
    "case_count": 0,
    "case_begun": 0,
    "aid_times": 0,
    "aid_households": 0,
    "aid_amount": 0,
    "volunteer_count": 1,
    "volunteer_times": 4,
    "served_first": 1,
}


def text_of(client: Client, url: str) -> str:
    """The words of a page's main part, white space made single."""
    response = client.get(url)
    assert response.status_code == 200, url
    main = response.content.decode().split('<main id="main"')[1].split("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", main)))


def test_the_expected_numbers_name_every_indicator() -> None:
    assert sorted(EXPECTED) == sorted(INDICATORS)


@pytest.mark.parametrize("code", sorted(EXPECTED))
def test_the_rows_behind_a_number_add_up_to_it(march: Cast, code: str) -> None:
    indicator, records = INDICATORS[code], counted(records_for(march.chenli))
    behind = list(indicator.behind(records))
    parts = sum(row["part"] for row in behind) if indicator.shows is Shows.RECORDS else len(behind)
    assert (indicator.value(records), parts) == (EXPECTED[code], EXPECTED[code])


@pytest.mark.parametrize("code", sorted(EXPECTED))
def test_a_number_stands_below_its_rows(march: Cast, code: str) -> None:
    response = logged_in(march.chenli).get(f"/service/figures/2026/rows/?indicator={code}")
    assert response.context["total"].value == EXPECTED[code]
    assert response.context["page"].paginator.count == len(response.context["rows"])
    assert str(INDICATORS[code].rule) in response.content.decode()


def test_headcount_lists_people_with_how_often_they_came_and_nicknames_with_their_area(march: Cast) -> None:
    page = logged_in(march.chenli).get("/service/figures/2026/rows/?indicator=headcount")
    rows = {(str(row.person or row.label), row.where): row.times for row in page.context["rows"]}
    assert rows == {
        ("浩", ""): 4,
        ("静", ""): 3,
        ("红", ""): 2,
        ("宝", ""): 2,
        ("兰", ""): 1,
        ("阿涛", "宿舍巷"): 1,
        ("四川小伙", "宿舍巷"): 1,
        ("小李", "宿舍巷"): 1,
        ("大个", "宿舍巷"): 1,
    }


def test_someone_not_open_to_the_reader_is_counted_behind_a_lock(march: Cast) -> None:
    Assignment.objects.filter(site=march.east, person__nickname="红").delete()
    Assignment.objects.filter(user=march.xiaomei.user, person__nickname="红").delete()
    client = logged_in(march.xiaomei)
    page = client.get("/service/figures/2026/rows/?indicator=headcount")
    assert page.context["total"].value == 3
    assert sorted(str(row.person) for row in page.context["rows"]) == ["None", "浩", "静"]
    assert "红" not in text_of(client, "/service/figures/2026/rows/?indicator=headcount")


def test_the_rows_can_be_narrowed_to_a_month_a_site_and_a_line(march: Cast) -> None:
    client = logged_in(march.chenli)

    def total(query: str) -> int:
        return client.get(f"/service/figures/2026/rows/?indicator=person_times&{query}").context["total"].value  # type: ignore[no-any-return]

    assert total("month=3") == 44
    assert total("month=4") == 0
    assert total(f"site={march.east.pk}") == 7
    assert total(f"site={march.east.pk}&line=care") == 3
    assert total("site=none") == 30
    assert total("line=none") == 34
    assert total("method=group") == 4


@pytest.mark.parametrize(
    "query", ["", "indicator=nothing", "indicator=headcount&month=13", "indicator=headcount&site=x"]
)
def test_what_no_page_links_to_is_not_found(march: Cast, query: str) -> None:
    assert logged_in(march.chenli).get(f"/service/figures/2026/rows/?{query}").status_code == 404
