"""How long a session lasts, where one is logged in, and that nothing typed is lost when it ends."""

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.factories.cast import Cast, login
from tests.web.base.door import SECRET, log_in, rest, with_password
from xiezuo.common.days import today
from xiezuo.forms.models import KeptForm
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.actions import end_membership
from xiezuo.orgs.models import LoginSession
from xiezuo.orgs.sessions import sessions_of
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.models import Household, Person

As = Callable[[Actor], Client]
CHROME = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36"
WECHAT = "Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) Mobile/15E148 MicroMessenger/8.0.40"


@pytest.mark.parametrize(("seconds", "status"), [(1790, 200), (1810, 302)])
def test_after_half_an_hour_without_use_a_session_ends(as_: As, cast: Cast, seconds: int, status: int) -> None:
    browser = as_(cast.xiaomei)
    rest(browser, seconds)
    assert browser.get("/people/").status_code == status


def test_the_login_page_says_why_and_leads_back(as_: As, cast: Cast) -> None:
    browser = as_(with_password(cast.xiaomei))
    rest(browser, 1810)
    asked = browser.get("/people/?role=volunteer")
    assert asked["Location"] == "/login/?next=/people/%3Frole%3Dvolunteer&ended=1"
    assert "登录已结束" in browser.get(asked["Location"]).content.decode()
    back = browser.post("/login/", {"username": "xiaomei", "password": SECRET, "next": "/people/?role=volunteer"})
    assert back["Location"] == "/people/?role=volunteer"


def test_after_twelve_hours_it_ends_even_when_it_is_used(as_: As, cast: Cast) -> None:
    browser = as_(cast.xiaomei)
    session = browser.session
    session["began"] -= 12 * 3600 + 1
    session.save()
    assert browser.get("/people/").status_code == 302


def test_a_part_of_a_page_that_asks_by_itself_keeps_no_session_open(as_: As, cast: Cast) -> None:
    browser = as_(cast.xiaomei)
    rest(browser, 1000)
    browser.get("/people/", headers={"HX-Request": "true"})
    rest(browser, 1000)
    assert browser.get("/people/").status_code == 302


def test_what_was_sent_too_late_is_kept_offered_and_saved_once(as_: As, cast: Cast) -> None:
    person = cast.person("小宇", cast.east)
    browser = as_(with_password(cast.xiaomei))
    rest(browser, 1810)
    address = f"/people/{person.pk}/household/"
    sent = browser.post(address, {"name": "林家", "note": "怕狗,先打电话", "csrfmiddlewaretoken": "x"})
    assert sent["Location"].startswith("/login/?")
    assert "您填写的内容都在" in browser.get(sent["Location"]).content.decode()
    offered = browser.post("/login/", {"username": "xiaomei", "password": SECRET})["Location"]
    page = browser.get(offered).content.decode()
    assert "怕狗,先打电话" in page and 'value="林家"' in page and 'name="csrfmiddlewaretoken" value="x"' not in page
    pressed = [browser.post(f"{offered}send/", {"name": "林家", "note": "怕狗,先打电话"}) for _time in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in pressed] == [(307, address), (302, "/")]
    assert Household.objects.count() == 0
    browser.post(pressed[0]["Location"], {"name": "林家", "note": "怕狗,先打电话"})
    assert KeptForm.objects.count() == 0


def test_it_lies_encrypted_and_without_secrets(as_: As, cast: Cast) -> None:
    from django.db import connection

    browser = as_(cast.xiaomei)
    rest(browser, 1810)
    browser.post("/people/register/", {"nickname": "戴帽子的人", "password": "geheim", "csrfmiddlewaretoken": "x"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT path, fields FROM forms_keptform")
        path, fields = (bytes(value) for value in cursor.fetchone())
    assert b"register" not in path and "戴帽子的人".encode() not in fields
    assert KeptForm.objects.get().fields == '[["nickname", "戴帽子的人"]]'


def test_nobody_else_sees_it_and_in_another_browser_nobody_is_offered_it(as_: As, cast: Cast) -> None:
    browser = as_(with_password(cast.xiaomei))
    with_password(cast.haiyan)
    rest(browser, 1810)
    browser.post("/people/register/", {"nickname": "戴帽子的人"})
    key = KeptForm.objects.get().key
    assert log_in(browser, "haiyan") == 302
    assert browser.get(f"/account/typed/{key}/").status_code == 302
    assert browser.post(f"/account/typed/{key}/send/")["Location"] == "/"
    elsewhere = Client().post("/login/", {"username": "xiaomei", "password": SECRET})
    assert elsewhere["Location"] == "/"


def test_what_strangers_send_is_not_kept(client: Client, cast: Cast) -> None:
    client.post("/people/register/", {"nickname": "x"})
    assert KeptForm.objects.count() == 0


def test_a_page_that_saves_by_itself_is_not_kept_as_a_form(as_: As, cast: Cast) -> None:
    browser = as_(cast.xiaomei)
    rest(browser, 1810)
    browser.post("/people/register/", {"nickname": "x"}, headers={"Sec-Fetch-Mode": "cors"})
    assert KeptForm.objects.count() == 0


def test_a_form_with_the_seal_of_before_the_login_is_kept_for_its_author(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.xiaomei.user)
    other = browser.post("/people/register/", {"nickname": "x"}, headers={"Origin": "https://elsewhere.example"})
    assert (other.status_code, KeptForm.objects.count()) == (403, 0)
    own = browser.post("/people/register/", {"nickname": "小宇"}, headers={"Origin": "http://testserver"})
    assert own["Location"] == f"/account/typed/{KeptForm.objects.get().key}/"
    assert Person.objects.count() == 0


def test_xiaomei_sees_where_she_is_logged_in_and_ends_one_of_them(cast: Cast) -> None:
    with_password(cast.xiaomei)
    phone, desk = Client(headers={"User-Agent": CHROME}), Client(headers={"User-Agent": WECHAT})
    for browser in (phone, desk):
        log_in(browser, "xiaomei")
    page = desk.get("/account/").content.decode()
    assert "Android 上的 Chrome" in page and "iPhone 上的 微信" in page and "127.0.0.1" in page
    number = page.split("/account/devices/")[1].split("/")[0]
    desk.post(f"/account/devices/{number}/end/")
    assert (phone.get("/people/").status_code, desk.get("/people/").status_code) == (302, 200)


def test_she_ends_all_others_at_once(cast: Cast) -> None:
    with_password(cast.xiaomei)
    browsers = [Client() for _number in range(3)]
    for browser in browsers:
        log_in(browser, "xiaomei")
    browsers[0].post("/account/devices/end/")
    assert [browser.get("/people/").status_code for browser in browsers] == [200, 302, 302]


def test_nobody_ends_the_session_of_a_colleague(cast: Cast) -> None:
    with_password(cast.xiaomei), with_password(cast.haiyan)
    hers, other = Client(), Client()
    log_in(hers, "xiaomei"), log_in(other, "haiyan")
    from xiezuo.orgs.sessions import number_of

    other.post(f"/account/devices/{number_of(sessions_of(cast.xiaomei.user).get())}/end/")
    assert hers.get("/people/").status_code == 200


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(cast: Cast) -> None:
    with_password(cast.xiaomei)
    here, there = Client(), Client()
    for browser in (here, there):
        log_in(browser, "xiaomei")
    chosen = {"old_password": SECRET, "new_password1": "five loud cranes", "new_password2": "five loud cranes"}
    assert here.post("/account/password/", {**chosen, "old_password": "wrong"}).status_code == 422
    assert here.post("/account/password/", chosen).status_code == 302
    assert (here.get("/people/").status_code, there.get("/people/").status_code) == (200, 302)


def test_with_the_last_role_the_sessions_end(cast: Cast) -> None:
    both = actor_for(login("both", "两处", (StaffRole.SOCIAL_WORKER, cast.east), (StaffRole.SOCIAL_WORKER, cast.west)))
    browser = Client()
    browser.force_login(both.user)
    first, last = both.user.memberships.order_by("pk")
    end_membership(by=cast.zhiyuan, membership=first, on=today())
    assert LoginSession.objects.filter(user=both.user).count() == 1
    end_membership(by=cast.zhiyuan, membership=last, on=today())
    assert LoginSession.objects.filter(user=both.user).count() == 0


def test_pages_of_someone_logged_in_are_stored_nowhere(as_: As, cast: Cast) -> None:
    assert as_(cast.xiaomei).get("/people/")["Cache-Control"] == "no-store, private"
    assert "no-store" in Client().get("/login/")["Cache-Control"]


def test_over_https_cookies_bear_the_name_of_the_host_and_browsers_stay_with_it(tmp_path: object) -> None:
    import json
    import os
    import subprocess
    import sys
    from pathlib import Path

    from django.conf import settings

    asked = (
        "import json; from xiezuo.config import settings as s; print(json.dumps([s.SESSION_COOKIE_NAME, "
        "s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, "
        "s.SECURE_HSTS_INCLUDE_SUBDOMAINS]))"
    )
    root = Path(__file__).resolve().parents[3]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XIEZUO_", "DJANGO_"))}
    env = kept | {
        "XIEZUO_HOUSE": str(settings.XIEZUO_HOUSE.folder),
        "XIEZUO_HTTPS": "true",
        "PYTHONPATH": str(root / "src"),
    }
    said = subprocess.run([sys.executable, "-c", asked], env=env, capture_output=True, check=True, text=True)
    assert json.loads(said.stdout) == ["__Host-sessionid", "__Host-csrftoken", True, True, 31536000, True]


@pytest.mark.parametrize(
    ("https", "forwarded", "address"),
    [(False, "203.0.113.5", "127.0.0.1"), (True, "198.51.100.7, 203.0.113.5", "203.0.113.5"), (True, "", "127.0.0.1")],
)
def test_an_address_is_believed_from_the_own_proxy_only(
    cast: Cast, settings: LazySettings, https: bool, forwarded: str, address: str
) -> None:
    from dataclasses import replace

    with_password(cast.xiaomei)
    settings.XIEZUO_HOUSE = replace(settings.XIEZUO_HOUSE, https=https)
    more = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    Client().post("/login/", {"username": "xiaomei", "password": SECRET}, **more)
    assert sessions_of(cast.xiaomei.user).get().address == address


def test_the_same_page_sent_too_late_twice_keeps_the_later_words(as_: As, cast: Cast) -> None:
    for words in ("第一次写的", "第二次写的"):
        browser = as_(cast.xiaomei)
        rest(browser, 1810)
        browser.post("/people/register/", {"nickname": words})
    assert KeptForm.objects.get().fields == '[["nickname", "第二次写的"]]'
