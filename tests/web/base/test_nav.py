"""The rail shows each colleague the pages that exist and are open to them, and marks the one they are on."""

import pytest
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.urls import path

from tests.factories.cast import Cast
from xiezuo.web.base import nav


def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("", _page, name="today"),
    path("people/", _page, name="people"),
    path("service/record/", _page, name="record_service"),
    path("service/", _page, name="service_records"),
    path("figures/", _page, name="figures"),
    path("more/", _page, name="more"),
]


@pytest.fixture(autouse=True)
def small_house(settings: LazySettings) -> None:
    settings.ROOT_URLCONF = __name__


def names(links: list[nav.Link]) -> list[str]:
    return [link.name for link in links]


def current(path_: str, cast: Cast, named: str = "") -> list[str]:
    return [link.name for link in nav.links(cast.xiaomei, path_, named) if link.current]


def test_a_social_worker_sees_every_page_there_is_and_no_page_that_is_not(cast: Cast) -> None:
    assert names(nav.links(cast.xiaomei, "/")) == [
        "record_service",
        "today",
        "people",
        "service_records",
        "figures",
        "more",
    ]
    assert nav.url_for("imports", cast.xiaomei) == ""


def test_whoever_runs_the_machine_is_shown_nothing_about_people(cast: Cast) -> None:
    assert names(nav.links(cast.zhiyuan, "/")) == ["today", "more"]
    assert nav.url_for("people", cast.zhiyuan) == ""


def test_nobody_is_shown_nothing() -> None:
    assert nav.links(None, "/") == []


def test_the_page_one_is_on_is_marked_and_only_that(cast: Cast) -> None:
    assert current("/", cast) == ["today"]
    assert current("/people/12/", cast) == ["people"]
    assert current("/service/record/", cast) == ["record_service"]
    assert current("/service/7/", cast) == ["service_records"]
    assert current("/gallery/", cast) == []
    assert current("/gallery/", cast, "more") == ["more"]


def test_a_phone_has_room_for_four_beside_the_big_button(cast: Cast) -> None:
    on_phone = [link.name for link in nav.links(cast.xiaomei, "/") if link.on_phone]
    assert on_phone == ["today", "people", "service_records", "more"]


def test_a_login_leads_to_today(cast: Cast) -> None:
    assert nav.first_page(cast.xiaomei) == "/"
