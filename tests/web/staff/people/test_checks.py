"""The page of background checks: who opens it, what it says, and that many cost as much as one."""

from datetime import date, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast, login
from xiezuo.common.days import today
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.models import BackgroundCheck, RolePeriod
from xiezuo.people.vocab import CheckResult, Role


def browser_of(actor: Actor) -> Client:
    browser = Client()
    browser.force_login(actor.user)
    return browser


def volunteers(cast: Cast, *names: str) -> None:
    for name in names:
        person = cast.person(name, cast.east)
        RolePeriod.objects.create(person=person, role=Role.VOLUNTEER, from_on=date(2025, 1, 1))


def test_who_opens_the_page_and_whom_it_names(cast: Cast) -> None:
    volunteers(cast, "帮忙的阿姨")
    coordinator = actor_for(login("vc", "何协调", (StaffRole.VOLUNTEER_COORDINATOR, cast.east)))
    expected = {
        cast.chenli: (200, True, True),
        coordinator: (200, False, True),
        cast.xiaomei: (403, False, False),
        cast.zhiyuan: (403, False, False),
    }
    for actor, answer in expected.items():
        page = browser_of(actor).get("/people/checks/")
        words = page.content.decode()
        assert (page.status_code, "刘海燕" in words, "帮忙的阿姨" in words) == answer


def test_a_check_is_noted_and_stands_on_the_list(cast: Cast) -> None:
    browser, address = browser_of(cast.chenli), f"/people/checks/user-{cast.haiyan.id}/"
    tomorrow = {"checked_on": (today() + timedelta(days=1)).isoformat(), "source": "检察院", "result": "clear"}
    assert browser.post(address, tomorrow).status_code == 422
    assert browser.post(address, {**tomorrow, "checked_on": today().isoformat()}).status_code == 302
    check = BackgroundCheck.objects.get()
    assert (check.user_id, check.result, check.noted_by_id) == (cast.haiyan.id, CheckResult.CLEAR, cast.chenli.id)
    assert browser.get("/people/checks/").content.decode().count("从未查询") == 2


def test_a_name_narrows_the_list(cast: Cast) -> None:
    volunteers(cast, "帮忙的阿姨", "修电脑的小哥")
    page = browser_of(cast.chenli).get("/people/checks/?q=小哥").content.decode()
    assert ("修电脑的小哥" in page, "帮忙的阿姨" in page, "刘海燕" in page) == (True, False, False)


def test_three_volunteers_cost_as_much_as_one(cast: Cast) -> None:
    browser, asked = browser_of(cast.chenli), []
    for names in (("甲阿姨",), ("乙阿姨", "丙阿姨")):
        volunteers(cast, *names)
        with CaptureQueriesContext(connection) as queries:
            browser.get("/people/checks/")
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 9
