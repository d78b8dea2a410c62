"""The page of one person: what it shows, what it hides, what it costs, and that it is written down."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast
from tests.factories.growth import begins
from tests.web.staff.people.conftest import TODAY, logged_in, served
from xiezuo.orgs.access import Actor
from xiezuo.people.actions import PersonFacts, found_household, register_person
from xiezuo.people.models import Person, ReadLog
from xiezuo.people.vocab import CameFrom, Relation, Role

MOST_QUERIES = 20


def page(actor: Actor, person: Person, more: str = "") -> str:
    response = logged_in(actor).get(f"/people/{person.pk}/{more}")
    assert response.status_code == 200
    return response.content.decode()


def cost(actor: Actor, person: Person) -> int:
    client = logged_in(actor)
    client.get(f"/people/{person.pk}/")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/people/{person.pk}/")
    return len(queries)


@pytest.mark.parametrize("who", ["xiaomei", "chenli"])
def test_sixty_services_cost_as_much_as_one_and_a_handful_of_queries(cast: Cast, wang: Person, who: str) -> None:
    by = getattr(cast, who)
    family = [(cast.person(name, cast.east), Relation.CHILD) for name in ("小宇", "小雨")]
    found_household(by=cast.xiaomei, head=wang, members=family, on=TODAY)
    begins(cast.xiaomei, wang, Role.VOLUNTEER, TODAY)
    served(cast.xiaomei, wang, cast.east, TODAY, helped=60, own_words="我想在图书角帮忙。")
    first = cost(by, wang)
    for days in range(1, 60):
        served(cast.xiaomei, wang, cast.east, TODAY - timedelta(days), helped=60, own_words="好。")
    assert cost(by, wang) == first <= MOST_QUERIES


@pytest.mark.parametrize("view", ["", "services/", "family/", "consents/", "readers/"])
def test_every_opening_is_written_down(cast: Cast, wang: Person, view: str) -> None:
    page(cast.xiaomei, wang, view)
    page(cast.chenli, wang, view)
    what = view.strip("/") or "person"
    assert list(ReadLog.objects.order_by("id").values_list("person", "user__username", "what")) == [
        (wang.pk, "xiaomei", what),
        (wang.pk, "chenli", what),
    ]


def test_the_same_look_on_one_day_is_one_line_with_its_number(cast: Cast, wang: Person) -> None:
    for _again in range(3):
        page(cast.xiaomei, wang)
    page(cast.chenli, wang)
    looks = logged_in(cast.chenli).get(f"/people/{wang.pk}/readers/").context["looks"]
    assert [(look.read.user.username, look.read.what, look.times) for look in looks] == [
        ("chenli", "readers", 1),
        ("chenli", "person", 1),
        ("xiaomei", "person", 3),
    ]


def test_a_page_that_cannot_be_written_down_does_not_leave(
    cast: Cast, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(ReadLog, "save", full)
    client = logged_in(cast.xiaomei)
    client.raise_request_exception = False
    response = client.get(f"/people/{wang.pk}/")
    assert response.status_code == 500
    assert "王素芬" not in response.content.decode()


def test_the_phone_is_masked_until_someone_presses_and_that_is_written_down(cast: Cast, wang: Person) -> None:
    assert "154****2764" in page(cast.xiaomei, wang)
    assert "15412342764" not in page(cast.xiaomei, wang)
    shown = logged_in(cast.xiaomei).post(f"/people/{wang.pk}/show/", {"what": "phone"}).content.decode()
    assert "15412342764" in shown
    assert ReadLog.objects.order_by("id").values_list("what", flat=True).last() == "phone"


def test_an_identity_number_says_only_that_it_is_there(cast: Cast) -> None:
    person = cast.person("老李", cast.east, id_number="11010519491231002X")
    assert "11010519491231002X" not in page(cast.xiaomei, person)
    shown = logged_in(cast.xiaomei).post(f"/people/{person.pk}/show/", {"what": "id_number"}).content.decode()
    assert "11010519491231002X" in shown


def test_nothing_else_is_shown_by_a_press(cast: Cast, wang: Person) -> None:
    response = logged_in(cast.xiaomei).post(f"/people/{wang.pk}/show/", {"what": "health_note"})
    assert response.status_code == 302
    assert ReadLog.objects.count() == 0


def test_services_of_another_site_are_a_lock_with_their_number(cast: Cast, wang: Person) -> None:
    served(cast.chenli, wang, cast.east, TODAY, title="家里看看")
    for days in (1, 2):
        served(cast.chenli, wang, cast.west, TODAY - timedelta(days), title="西区的事")
    for view in ("", "services/"):
        shown = page(cast.xiaomei, wang, view)
        assert "家里看看" in shown
        assert "西区的事" not in shown
        assert "2 more services" in shown
        assert "2 more services" not in page(cast.chenli, wang, view)


def test_own_words_stand_on_the_growth_path_only_where_nobody_else_can_have_said_them(cast: Cast, wang: Person) -> None:
    served(cast.xiaomei, wang, cast.east, TODAY, own_words="我不认得几个字。")
    record = served(cast.xiaomei, wang, cast.east, TODAY - timedelta(1), own_words="是小红说的。")
    record.participations.create(mode="named", person=cast.person("小红", cast.east))
    shown = page(cast.xiaomei, wang)
    assert "我不认得几个字。" in shown
    assert "是小红说的。" not in shown


def test_the_path_shows_receiving_and_giving_with_hours(cast: Cast, wang: Person) -> None:
    begins(cast.xiaomei, wang, Role.HELP_SEEKER, date(2022, 3, 3))
    begins(cast.xiaomei, wang, Role.VOLUNTEER, date(2024, 9, 1))
    for days in (1, 2):
        served(cast.xiaomei, wang, cast.east, TODAY - timedelta(days), helped=95)
    growth = logged_in(cast.xiaomei).get(f"/people/{wang.pk}/").context["growth"]
    assert [(entry.on, str(entry.title), entry.kind) for entry in growth][:2] == [
        (date(2022, 3, 3), "Became: help-seeker", ""),
        (date(2024, 9, 1), "Became: volunteer", "gave"),
    ]
    helped = next(entry for entry in growth if "Helped" in str(entry.title))
    assert (helped.on, helped.kind) == (TODAY - timedelta(2), "gave")
    assert helped.meta == "2 times, 3.1 hours up to today"


def test_a_member_of_the_household_who_is_not_open_stands_there_without_a_name(cast: Cast, wang: Person) -> None:
    brother = cast.person("王小伟", cast.west)
    found_household(by=cast.chenli, head=wang, members=[(brother, Relation.SIBLING)], on=TODAY)
    for view in ("", "family/"):
        assert "王小伟" not in page(cast.xiaomei, wang, view)
        assert "not open to you" in page(cast.xiaomei, wang, view)
        assert "王小伟" in page(cast.chenli, wang, view)


def test_who_came_from_a_sheet_says_so_and_that_nothing_leaves_before_they_are_asked(cast: Cast) -> None:
    facts = PersonFacts(nickname="赵桂芝")
    basis = "2023 年服务对象登记表"
    person = register_person(
        by=cast.xiaomei, facts=facts, on=TODAY, site=cast.east, came_from=CameFrom.IMPORTED, legal_basis=basis
    )
    shown = page(cast.xiaomei, person)
    assert basis in shown
    assert "Until they have been asked, nothing about them leaves this house." in shown


def test_a_person_with_nothing_but_a_nickname_has_a_page(cast: Cast) -> None:
    shown = page(cast.xiaomei, cast.person("四川大姐", cast.east))
    assert "Only the name is known so far." in shown
    assert "Nobody has written down with whom they live." in shown
