"""The list of people: who stands on it, in which order, and at what cost."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast
from tests.factories.growth import begins, rests
from tests.web.staff.people.conftest import TODAY, logged_in, served
from xiezuo.common.days import today
from xiezuo.orgs.access import Actor
from xiezuo.people.models import Person
from xiezuo.people.vocab import Role


def names(actor: Actor, query: str = "") -> list[str]:
    return [str(row.person) for row in logged_in(actor).get(f"/people/{query}").context["rows"]]


@pytest.mark.parametrize("query", ["", "?q=小"])
def test_three_people_cost_as_much_as_one(cast: Cast, query: str) -> None:
    def cost() -> int:
        client = logged_in(cast.xiaomei)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/people/{query}").status_code == 200
        return len(queries)

    served(cast.xiaomei, cast.person("小红", cast.east), cast.east, TODAY)
    one = cost()
    for name in ("小浩", "小静"):
        served(cast.xiaomei, cast.person(name, cast.east), cast.east, TODAY)
    assert cost() == one <= 13


def test_whom_one_met_last_comes_first_and_whom_nobody_met_last(cast: Cast) -> None:
    for days, name in ((9, "很久"), (1, "昨天"), (5, "五天")):
        served(cast.xiaomei, cast.person(name, cast.east), cast.east, TODAY - timedelta(days))
    cast.person("没见过", cast.east)
    assert names(cast.xiaomei) == ["昨天", "五天", "很久", "没见过"]


def test_a_worker_sees_their_site_a_supervisor_everyone(cast: Cast, wang: Person) -> None:
    cast.person("小伟", cast.west)
    assert names(cast.xiaomei) == ["王素芬"]
    assert names(cast.haiyan) == ["小伟"]
    assert sorted(names(cast.chenli)) == ["小伟", "王素芬"]


def test_the_day_of_a_service_at_another_site_is_not_told(cast: Cast, wang: Person) -> None:
    served(cast.chenli, wang, cast.west, TODAY)
    assert logged_in(cast.xiaomei).get("/people/").context["rows"][0].met_on is None
    assert logged_in(cast.chenli).get("/people/").context["rows"][0].met_on == TODAY


def test_filters_by_site_and_by_role_of_today(cast: Cast, wang: Person) -> None:
    wei = cast.person("小伟", cast.west)
    begins(cast.chenli, wei, Role.VOLUNTEER, date(2025, 1, 1))
    begins(cast.chenli, wang, Role.VOLUNTEER, date(2025, 1, 1))
    rests(cast.chenli, wang, Role.VOLUNTEER, date(2025, 6, 1))
    assert names(cast.chenli, f"?site={cast.east.pk}") == ["王素芬"]
    assert names(cast.chenli, "?role=volunteer") == ["小伟"]
    assert names(cast.chenli, f"?role=volunteer&site={cast.east.pk}") == []


def test_children_are_those_under_eighteen_today(cast: Cast) -> None:
    day = today()
    cast.person("今天十八", cast.east, born_on=date(day.year - 18, day.month, min(day.day, 28)) - timedelta(3))
    cast.person("明天十八", cast.east, born_on=date(day.year - 18, day.month, min(day.day, 28)) + timedelta(3))
    cast.person("不知道", cast.east)
    assert names(cast.xiaomei, "?role=child") == ["明天十八"]


def test_the_search_address_is_the_same_page(cast: Cast, wang: Person) -> None:
    response = logged_in(cast.xiaomei).get("/people/search/?q=wsf")
    assert [str(row.person) for row in response.context["rows"]] == ["王素芬"]


def test_who_is_not_found_can_be_registered_with_the_name_that_was_typed(cast: Cast) -> None:
    page = logged_in(cast.xiaomei).get("/people/?q=小新").content.decode()
    assert "Nobody you work with fits “小新”" in page
    assert 'href="/people/register/?name=%E5%B0%8F%E6%96%B0"' in page


def test_an_empty_list_teaches_what_it_is_for(cast: Cast) -> None:
    assert "A nickname is enough to begin." in logged_in(cast.xiaomei).get("/people/").content.decode()


def test_pages_follow_one_another_without_losing_or_repeating_anyone(cast: Cast) -> None:
    for number in range(65):
        cast.person(f"人{number}", cast.east)
    client, there, back = logged_in(cast.xiaomei), [], []
    query = "?"
    while query:
        shown = client.get(f"/people/{query}").context
        there.append([str(row.person) for row in shown["rows"]])
        query, last = shown["later"], query
    query = last
    while query:
        shown = client.get(f"/people/{query}").context
        back.append([str(row.person) for row in shown["rows"]])
        query = shown["earlier"]
    assert [len(page) for page in there] == [30, 30, 5]
    assert len({name for page in there for name in page}) == 65
    assert back == there[::-1]


@pytest.mark.parametrize(
    "query",
    [
        "?page=x",
        "?page=-1",
        "?page=99999999999",
        "?after=20260230.1",
        "?after=x",
        "?before=." + "9" * 30,
        "?site=x",
        "?role=beggar",
        "?site=" + "9" * 30,
    ],
)
def test_nonsense_in_the_address_is_as_if_it_were_not_there(cast: Cast, query: str) -> None:
    assert logged_in(cast.xiaomei).get(f"/people/{query}").status_code == 200
