"""The door of a person's own side: every link that does not work shows one page, and no session opens the other's."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.architecture.test_pages import addresses
from tests.factories.cast import Cast
from tests.factories.own_side import later, looks, token_for
from xiezuo.people.actions import ask, end_link
from xiezuo.people.members import member_of
from xiezuo.people.models import MemberLink, Person
from xiezuo.people.vocab import DataRequestKind
from xiezuo.web.base.pages import Audience

PAGES = ["", "readers/", "consents/", "requests/", "copy/", "complaints/"]


def text(response: HttpResponse) -> str:
    """The page without what differs from one request to the next."""
    page = response.content.decode()
    for same in (r'value="\w{64}"', r'name="next" value="[^"]*"'):
        page = re.sub(same, "", page)
    return page


def test_the_own_side_has_the_addresses_walked_here() -> None:
    members = [address for address, pattern in addresses() if getattr(pattern.callback, "audience", "") == "member"]
    assert members == [
        *("/member/", "/member/logout/", "/member/readers/", "/member/consents/", "/member/consents/answer/"),
        *("/member/requests/", "/member/requests/<int:pk>/", "/member/copy/", "/member/complaints/"),
    ]
    assert Audience.MEMBER == "member"


def test_reading_the_address_opens_nothing_and_the_press_does(cast: Cast, wang: Person) -> None:
    address = f"/member/link/{token_for(cast, wang, wang, timezone.now())}/"
    for _time in range(2):
        assert Client().get(address).status_code == 200
    browser = Client()
    assert browser.post(address).headers["Location"] == "/member/"
    assert "王素芬" in browser.get("/member/").content.decode()


def test_the_first_page_of_a_link_names_nobody(cast: Cast, wang: Person) -> None:
    page = Client().get(f"/member/link/{token_for(cast, wang, wang, timezone.now())}/")
    assert "王" not in page.content.decode()


def test_wrong_used_late_and_ended_links_show_one_page(cast: Cast, wang: Person) -> None:
    used = token_for(cast, wang, wang, timezone.now())
    assert Client().post(f"/member/link/{used}/").status_code == 302
    ended = token_for(cast, wang, wang, timezone.now())
    end_link(by=cast.xiaomei, link=MemberLink.objects.order_by("-pk")[0], at=timezone.now())
    late = token_for(cast, wang, wang, timezone.now())
    tokens = {"wrong": "x" * 32, "used": used, "ended": ended}
    pages = [Client().get(f"/member/link/{token}/") for token in tokens.values()]
    pages += [Client().post(f"/member/link/{token}/") for token in tokens.values()]
    with later(72 * 60):
        pages += [Client().get(f"/member/link/{late}/"), Client().post(f"/member/link/{late}/")]
    assert {page.status_code for page in pages} == {410}
    assert len({re.sub(r"<form.*?</form>", "", text(page), flags=re.S) for page in pages}) == 1


def test_after_many_wrong_links_none_opens_from_there_for_a_while(cast: Cast, wang: Person) -> None:
    address = f"/member/link/{token_for(cast, wang, wang, timezone.now())}/"
    for _time in range(10):
        Client().get("/member/link/guessed/")
    assert Client().get(address).status_code == 410
    assert Client().get(address, REMOTE_ADDR="10.1.2.3").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_nobody_reads_without_a_link(wang: Person, page: str) -> None:
    response = Client().get(f"/member/{page}")
    assert response.status_code == 410
    assert "王素芬" not in response.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_login_of_the_staff_opens_no_own_side(cast: Cast, wang: Person, page: str) -> None:
    staff = Client()
    staff.force_login(cast.xiaomei.user)
    assert staff.get(f"/member/{page}").status_code == 410


def test_whoever_looks_at_their_own_opens_no_staff_page(cast: Cast, wang: Person) -> None:
    browser = looks(cast, wang)
    for page in ("/", "/people/", f"/people/{wang.pk}/", f"/people/{wang.pk}/requests/", "/people/requests/"):
        response = browser.get(page)
        assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, "/login/"), page


def test_a_login_on_the_same_device_changes_nothing_for_either(cast: Cast, wang: Person, boy: Person) -> None:
    browser = looks(cast, wang)
    browser.force_login(cast.haiyan.user)
    assert browser.get("/member/").status_code == 200
    assert browser.get(f"/people/{wang.pk}/").status_code == 403
    browser.post("/logout/")
    assert browser.get("/member/").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_the_mother_and_stays_on_no_device(cast: Cast, wang: Person, page: str) -> None:
    response = looks(cast, wang).get(f"/member/{page}")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("page", [page for page in PAGES if page != "copy/"])
def test_every_page_opens_for_a_guardian_in_both_languages(
    cast: Cast, wang: Person, girl: Person, page: str, language: str
) -> None:
    browser = looks(cast, girl, wang)
    browser.cookies["django_language"] = language
    response = browser.get(f"/member/{page}")
    assert response.status_code == 200
    assert "小雨" in response.content.decode()
    assert "王素芬" not in response.content.decode()


def test_a_forged_cookie_opens_nothing(cast: Cast, wang: Person) -> None:
    browser = looks(cast, wang)
    value = browser.cookies["member"].value
    browser.cookies["member"] = f"{int(value[0] == '1') + 1}{value[1:]}"
    assert browser.get("/member/").status_code == 410


def test_after_half_an_hour_the_page_is_closed(cast: Cast, wang: Person) -> None:
    browser = looks(cast, wang)
    with later(29):
        assert browser.get("/member/").status_code == 200
    with later(31):
        assert browser.get("/member/").status_code == 410


def test_whoever_has_finished_leaves_nothing_on_the_device(cast: Cast, wang: Person) -> None:
    browser = looks(cast, wang)
    assert browser.post("/member/logout/").status_code == 200
    assert browser.cookies["member"].value == ""
    assert browser.get("/member/").status_code == 410


def test_a_request_of_somebody_else_is_the_same_page_as_none(cast: Cast, wang: Person, boy: Person) -> None:
    looks(cast, boy)
    member = member_of(MemberLink.objects.order_by("-pk")[0].pk, timezone.now())
    assert member is not None
    theirs = ask(member=member, kind=DataRequestKind.EXPLAIN, scope="为什么", on=timezone.localdate())
    browser = looks(cast, wang)
    found, none = browser.get(f"/member/requests/{theirs.pk}/"), browser.get("/member/requests/999999/")
    assert (found.status_code, none.status_code) == (404, 404)
    assert text(found).replace(f"/{theirs.pk}/", "") == text(none).replace("/999999/", "")


@pytest.mark.parametrize("page", ["consents/answer/", "logout/"])
def test_reading_changes_nothing(cast: Cast, wang: Person, page: str) -> None:
    assert looks(cast, wang).get(f"/member/{page}").status_code == 405


def test_the_log_does_not_learn_the_address_of_a_link(caplog: pytest.LogCaptureFixture, wang: Person) -> None:
    assert Client().get("/member/link/guessed-one/").status_code == 410
    assert "guessed-one" not in caplog.text


def test_a_browser_that_says_where_it_comes_from_is_believed(cast: Cast, wang: Person) -> None:
    """A page that hides it makes a browser send Origin: null, and then nothing can be pressed."""
    page = Client().get(f"/member/link/{token_for(cast, wang, wang, timezone.now())}/")
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert 'name="referrer"' not in page.content.decode()
