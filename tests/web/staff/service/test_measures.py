"""Pages of measures, goals and the order of need."""

import pytest
from django.test import Client

from tests.factories.cast import DAY, Cast, make_cast
from xiezuo.common.walls import all_opened
from xiezuo.forms.measures import measure
from xiezuo.people.actions import assign
from xiezuo.people.models import Person
from xiezuo.people.vocab import AssignedFor
from xiezuo.service.models import Goal, Measured


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def person(cast: Cast) -> Person:
    person = cast.person("小宇", cast.east)
    assign(by=cast.chenli, person=person, user=cast.xiaomei.user, why=AssignedFor.CASE_TEAM, on=DAY)
    return person


@pytest.fixture
def page(client: Client, cast: Cast) -> Client:
    client.force_login(cast.xiaomei.user)
    return client


SHEET = {"taken_on": "2026-03-02", "occasion": "beginning"}


def test_a_sheet_half_filled_in_says_what_is_missing_and_keeps_the_rest(page: Client, person: Person) -> None:
    response = page.post(f"/service/measures/person/{person.pk}/phq-9/", SHEET | {"item_mood": "3"})
    shown = response.content.decode()
    assert (response.status_code, shown.count('<p class="errors"')) == (422, 8)
    assert 'name="item_mood" value="3"' in shown
    assert "checked" in shown


def test_an_answer_that_calls_for_help_stands_first_and_not_in_the_list(page: Client, person: Person) -> None:
    items = {f"item_{item.key}": "0" for item in measure("phq-9").items} | {"item_harm": "2"}
    response = page.post(f"/service/measures/person/{person.pk}/phq-9/", SHEET | items, follow=True)
    shown = response.content.decode()
    assert shown.index("马上联系督导") < shown.index("回答")
    listed = page.get(f"/service/measures/person/{person.pk}/").content.decode()
    assert ("马上处理" in listed, "不如死了" in listed) == (True, False)


def test_a_goal_is_set_and_scored(page: Client, person: Person) -> None:
    said = {"text": "自己去银行", "measured_by": "一个人去", "baseline": "要女儿陪", "key": ""}
    page.post(f"/service/measures/person/{person.pk}/goal/", said | {"key": "6ba7b810-9dad-11d1-80b4-00c04fd430c8"})
    with all_opened(why="the test looks for its number"):
        goal = Goal.objects.get()
    page.post(
        f"/service/measures/goals/{goal.pk}/score/", {f"g{goal.pk}-score": "1", f"g{goal.pk}-day": str(goal.set_on)}
    )
    shown = page.get(f"/service/measures/person/{person.pk}/").content.decode()
    assert ("自己去银行" in shown, "<b>+1</b>" in shown, "平均 1.0" in shown) == (True, True, True)


def test_the_order_of_need_shows_the_score_and_the_reason_against_it(page: Client, cast: Cast, person: Person) -> None:
    need = {f"item_{item.key}": "3" for item in measure("child-in-difficulty").items}
    page.post(f"/service/measures/person/{person.pk}/child-in-difficulty/", SHEET | need)
    page.post(
        f"/service/measures/order/child-in-difficulty/{person.pk}/", {"place": "1", "why": "妈妈下周住院，家里没有大人"}
    )
    shown = page.get("/service/measures/order/child-in-difficulty/").content.decode()
    assert "妈妈下周住院，家里没有大人" in shown


def test_whoever_does_not_work_on_the_case_is_told_whom_to_ask(client: Client, cast: Cast, person: Person) -> None:
    client.force_login(cast.haiyan.user)
    for address in (f"person/{person.pk}/", f"person/{person.pk}/phq-9/", f"person/{person.pk}/goal/"):
        assert client.get(f"/service/measures/{address}").status_code == 403
    with all_opened(why="the test looks"):
        assert Measured.objects.count() == 0
