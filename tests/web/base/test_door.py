"""Logging in and out, trying out a demo house, and choosing a password with a link."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.conf import LazySettings, settings
from django.test import Client

from tests.factories.cast import Cast
from tests.web.base.door import SECRET, link_for, with_password
from xiezuo.orgs.access import Actor

pytestmark = pytest.mark.both_engines

As = Callable[[Actor], Client]


def test_xiaomei_logs_in_and_lands_on_today(client: Client, cast: Cast) -> None:
    with_password(cast.xiaomei)
    response = client.post("/login/", {"username": "xiaomei", "password": SECRET})
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(cast.xiaomei.id)


def test_after_login_the_device_speaks_her_language(client: Client, cast: Cast) -> None:
    actor = with_password(cast.xiaomei)
    actor.user.language = "en"
    actor.user.save()
    response = client.post("/login/", {"username": "xiaomei", "password": SECRET})
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


def test_she_comes_back_to_the_page_she_was_on_and_never_to_another_host(client: Client, cast: Cast) -> None:
    with_password(cast.xiaomei)
    form = {"username": "xiaomei", "password": SECRET}
    assert client.post("/login/", {**form, "next": "/gallery/"})["Location"] == "/gallery/"
    assert client.post("/login/", {**form, "next": "https://elsewhere.example/"})["Location"] == "/"


def test_a_wrong_password_is_answered_with_a_sentence_and_keeps_the_name(client: Client, cast: Cast) -> None:
    with_password(cast.xiaomei)
    response = client.post("/login/", {"username": "xiaomei", "password": "wrong"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "用户名和密码对不上" in page
    assert 'value="xiaomei"' in page
    assert "wrong" not in page


def test_someone_who_left_cannot_log_in(client: Client, cast: Cast) -> None:
    with_password(cast.xiaomei)
    cast.xiaomei.user.is_active = False
    cast.xiaomei.user.save()
    assert client.post("/login/", {"username": "xiaomei", "password": SECRET}).status_code == 422


def test_logging_out_ends_the_session_and_needs_a_button(as_: As, cast: Cast) -> None:
    browser = as_(cast.xiaomei)
    assert browser.get("/logout/").status_code == 405
    assert browser.post("/logout/")["Location"] == "/login/"
    assert "_auth_user_id" not in browser.session
    assert "已退出登录。" in browser.get("/login/").content.decode()


@pytest.fixture
def demo(settings: LazySettings) -> None:
    settings.XIEZUO_HOUSE = replace(settings.XIEZUO_HOUSE, demo=True)


def test_a_demo_house_lets_a_visitor_on_the_same_machine_try_it_as_anyone(
    client: Client, cast: Cast, demo: None
) -> None:
    page = client.get("/login/").content.decode()
    assert page.count('action="/demo-login/') == 4
    assert client.post("/demo-login/chenli/")["Location"] == "/"
    assert client.session["_auth_user_id"] == str(cast.chenli.id)


def test_a_real_house_has_no_such_buttons(client: Client, cast: Cast) -> None:
    assert "/demo-login/" not in client.get("/login/").content.decode()
    assert client.post("/demo-login/chenli/").status_code == 404


@pytest.mark.parametrize(
    "from_outside",
    [
        {"REMOTE_ADDR": "192.168.1.20"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.5"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=203.0.113.5"},
        {"REMOTE_ADDR": ""},
    ],
)
def test_nobody_tries_out_a_demo_house_from_another_machine(
    client: Client, cast: Cast, demo: None, from_outside: dict[str, str]
) -> None:
    assert "/demo-login/" not in client.get("/login/", **from_outside).content.decode()
    assert client.post("/demo-login/chenli/", **from_outside).status_code == 404
    assert "_auth_user_id" not in client.session


def test_nobody_becomes_someone_who_holds_no_role(client: Client, cast: Cast, demo: None) -> None:
    cast.chenli.user.memberships.update(to_on="2021-01-01")
    assert client.post("/demo-login/chenli/").status_code == 404
    assert client.post("/demo-login/nobody/").status_code == 404


def test_haiyan_sets_her_password_with_a_link_that_works_once(client: Client, cast: Cast) -> None:
    link = link_for(cast.haiyan)
    assert "刘海燕" in client.get(link).content.decode()
    assert client.post(link, {"new_password1": SECRET, "new_password2": SECRET})["Location"] == "/login/"
    assert client.login(username="haiyan", password=SECRET)
    again = client.post(link, {"new_password1": "another one 12", "new_password2": "another one 12"})
    assert again.status_code == 410
    assert client.login(username="haiyan", password=SECRET)


def test_a_password_that_is_too_short_or_typed_differently_is_not_taken(client: Client, cast: Cast) -> None:
    link = link_for(cast.haiyan)
    for first, second in (("short", "short"), (SECRET, SECRET + "s")):
        assert client.post(link, {"new_password1": first, "new_password2": second}).status_code == 422
    assert not client.login(username="haiyan", password="short")


def test_a_made_up_link_is_refused_in_words(client: Client, cast: Cast) -> None:
    response = client.get("/account/set-password/made-up/")
    assert (response.status_code, "这个链接已经失效" in response.content.decode()) == (410, True)
    assert client.get("/account/set-password/%E4%BA%BA/").status_code == 410
