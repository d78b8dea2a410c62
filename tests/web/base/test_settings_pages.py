"""Language, light and dark, large print, and the page 更多."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from tests.factories.cast import Cast
from xiezuo.orgs.access import Actor

As = Callable[[Actor], Client]


def test_a_visitor_changes_the_language_before_logging_in(client: Client, cast: Cast) -> None:
    response = client.post("/language/", {"language": "en", "next": "/login/"})
    assert response["Location"] == "/login/"
    page = client.get("/login/").content.decode()
    assert '<html lang="en">' in page
    assert ">Log in</button>" in page
    assert "登录" not in page


def test_the_language_of_a_login_goes_with_it(as_: As, cast: Cast) -> None:
    as_(cast.xiaomei).post("/language/", {"language": "en"})
    cast.xiaomei.user.refresh_from_db()
    assert cast.xiaomei.user.language == "en"


def test_a_language_we_do_not_speak_is_not_found(client: Client, db: None) -> None:
    assert client.post("/language/", {"language": "fr"}).status_code == 404
    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies


def test_a_switch_never_leads_to_another_host(client: Client, db: None) -> None:
    for to in ("https://elsewhere.example/", "//elsewhere.example/", ""):
        assert client.post("/language/", {"language": "en", "next": to})["Location"] == "/"


@pytest.mark.parametrize(
    ("chosen", "attributes"),
    [
        ({"theme": "dark"}, '<html lang="zh-Hans" data-theme="dark">'),
        ({"theme": "light", "print": "large"}, '<html lang="zh-Hans" data-theme="light" data-print="large">'),
        ({"theme": '"><script>', "print": "huge"}, '<html lang="zh-Hans">'),
    ],
)
def test_how_a_page_looks_is_chosen_per_device(
    client: Client, cast: Cast, chosen: dict[str, str], attributes: str
) -> None:
    client.post("/appearance/", chosen)
    assert attributes in client.get("/login/").content.decode()


def test_going_back_to_the_device_keeps_the_size_of_print(client: Client, cast: Cast) -> None:
    client.post("/appearance/", {"theme": "dark", "print": "large"})
    client.post("/appearance/", {"theme": ""})
    assert '<html lang="zh-Hans" data-print="large">' in client.get("/login/").content.decode()


def test_more_says_who_is_at_the_keyboard(as_: As, cast: Cast) -> None:
    page = as_(cast.chenli).get("/more/").content.decode()
    assert "陈立" in page
    assert "督导" in page
    assert 'action="/logout/"' in page


def test_more_and_the_gallery_ask_for_a_login(client: Client, db: None) -> None:
    assert client.get("/more/")["Location"] == "/login/?next=/more/"
    assert client.get("/gallery/")["Location"] == "/login/?next=/gallery/"


def test_a_login_without_any_role_sees_no_page(as_: As, cast: Cast) -> None:
    cast.xiaomei.user.memberships.all().delete()
    response = as_(cast.xiaomei).get("/more/")
    assert response.status_code == 403
    assert "你的账号目前在这里没有" in response.content.decode()
