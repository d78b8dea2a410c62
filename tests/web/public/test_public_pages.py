"""Anyone with the address signs up, gives the place back, signs in on the day and says what it was like; nobody sees anyone else."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.factories.cast import Cast, make_cast
from tests.factories.grouped import AT, an_activity
from xiezuo.common.days import today
from xiezuo.forms.packs import pack
from xiezuo.service.actions.activities import Opening, cancel_activity, open_activity
from xiezuo.service.models import Activity
from xiezuo.service.turnout import places_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def football(cast: Cast) -> Activity:
    """Two places, today."""
    activity = an_activity(cast, today(), quota=2, place_text="社区球场", why="内部的话", target="内部对象")
    told = Opening(closes_on=today())
    return open_activity(by=cast.xiaomei, activity=activity, told=told, on=today(), at=AT)


def page(response: Any) -> str:
    return str(response.content.decode())


def join(activity: Activity, label: str, client: Client | None = None, **more: str) -> Any:
    return (client or Client()).post(f"/sign-up/{activity.join_code}/", {"label": label, **more})


def test_someone_signs_up_without_an_account_and_keeps_an_address_of_their_own(football: Activity) -> None:
    shown = page(Client().get(f"/sign-up/{football.join_code}/"))
    assert all(words in shown for words in ("周末足球", "社区球场", "东区童缘", "还有 2 个名额"))
    assert "内部" not in shown
    response = join(football, "小明", phone="13900000001")
    own = response["Location"]
    assert (response.status_code, own.startswith("/sign-up/place/")) == (302, True)
    mine = page(Client().get(own))
    assert "您有名额了" in mine
    assert "小明" in mine
    assert "13900000001" not in mine
    assert football.sign_ups.get().state == "registered"


def test_once_full_one_waits_and_moves_up_when_a_place_is_given_back(football: Activity) -> None:
    places = [join(football, name)["Location"] for name in ("甲甲", "乙乙", "丙丙", "丁丁")]
    assert "名额已满，2 人候补" in page(Client().get(f"/sign-up/{football.join_code}/"))
    assert "候补第 2 位" in page(Client().get(places[3]))
    assert page(Client().post(places[0], follow=True)).count("名额已退") == 1
    assert "您有名额了" in page(Client().get(places[2]))
    assert "候补第 1 位" in page(Client().get(places[3]))
    again = Client().post(places[0])
    assert (again.status_code, "已经退了" in page(again)) == (422, True)
    assert (places_of(football).taken, places_of(football).waiting) == (2, 1)


def test_no_page_shows_who_else_comes(football: Activity) -> None:
    own = [
        join(football, name, phone=phone)["Location"]
        for name, phone in (("甲甲", "13900000001"), ("乙乙", "13900000002"))
    ]
    pages = [
        f"/sign-up/{football.join_code}/",
        f"/here/{football.wall_code}/",
        f"/opinion/{football.opinion_code}/",
        own[1],
    ]
    for address in pages:
        shown = page(Client().get(address))
        assert "甲甲" not in shown
        assert "0001" not in shown
    told = page(Client().post(f"/here/{football.wall_code}/", {"scrap": "0001"}))
    assert "甲甲" not in told
    assert "欢迎" in told


def test_the_same_number_is_told_and_what_was_typed_stays(football: Activity) -> None:
    join(football, "小明", phone="13900000001")
    response = join(football, "明哥", phone="139-0000-0001")
    assert response.status_code == 422
    assert "已经在名单上" in page(response)
    assert 'value="明哥"' in page(response)
    assert football.sign_ups.count() == 1


def test_a_form_that_is_sent_twice_leads_to_the_same_place(football: Activity) -> None:
    shown = page(Client().get(f"/sign-up/{football.join_code}/"))
    key = re.findall(r'name="draft_key" value="([^"]+)"', shown)[0]
    first, second = (join(football, "小明", draft_key=key, draft_page=f"/sign-up/{football.join_code}/") for _n in "12")
    assert (first["Location"], football.sign_ups.count()) == (second["Location"], 1)


def test_for_a_child_the_guardian_is_asked_for(football: Activity) -> None:
    response = join(football, "小宇", child="yes")
    assert (response.status_code, "监护人" in page(response)) == (422, True)
    assert join(football, "小宇", child="yes", guardian_name="王素芬").status_code == 302
    assert football.sign_ups.get().guardian_name == "王素芬"


def test_after_the_closing_day_it_says_so_and_writes_nothing(cast: Cast, football: Activity) -> None:
    Activity.objects.update(closes_on=today() - timedelta(days=1))
    assert "报名已经截止" in page(Client().get(f"/sign-up/{football.join_code}/"))
    response = join(football, "小明")
    assert (response.status_code, football.sign_ups.count()) == (422, 0)


def test_whoever_signed_up_reads_that_it_is_cancelled(cast: Cast, football: Activity) -> None:
    own = join(football, "小明")["Location"]
    cancel_activity(by=cast.xiaomei, activity=football, why="场地漏水", on=today(), at=AT)
    for address in (own, f"/sign-up/{football.join_code}/"):
        shown = page(Client().get(address))
        assert "活动不办了" in shown
        assert "漏水" not in shown


def test_an_address_that_leads_nowhere_tells_nothing_and_a_plan_is_not_open(cast: Cast, football: Activity) -> None:
    planned = an_activity(cast, today(), name="秘密活动")
    for address in ("/sign-up/x/", "/sign-up/place/x/", "/here/x/", "/opinion/x/", f"/sign-up/{planned.join_code}/"):
        response = Client().get(address)
        assert (response.status_code, "秘密活动" in page(response)) == (410, False)
        assert response["Cache-Control"] == "no-store" or "no-store" in response["Cache-Control"]


def test_machines_that_fill_in_everything_write_nothing_and_too_many_tries_wait(football: Activity) -> None:
    assert join(football, "spam", website="yes").status_code == 302
    assert football.sign_ups.count() == 0
    for _n in range(pack("groups-default")["door"]["most"]):
        Client().get("/sign-up/x/")
    shut = Client().get(f"/sign-up/{football.join_code}/")
    assert (shut.status_code, "10 分钟" in page(shut)) == (429, True)


def test_on_the_day_one_signs_in_by_what_one_is_called_and_counts_once(football: Activity) -> None:
    join(football, "小明", phone="13900000001")
    wall = f"/here/{football.wall_code}/"
    none = Client().post(wall, {"scrap": "路人"})
    assert (none.status_code, "直接来的" in page(none)) == (422, True)
    assert "欢迎" in page(Client().post(wall, {"scrap": "路人", "walks_in": "yes"}))
    assert "欢迎" in page(Client().post(wall, {"scrap": "0001"}))
    assert "已经在今天的名单上" in page(Client().post(wall, {"scrap": "小明"}))
    day = football.days.get()
    assert [row.way for row in day.sign_ins.all()] == ["wall", "wall"]
    football.days.update(on=today() + timedelta(days=1))
    assert "今天这里没有活动" in page(Client().get(wall))


def test_an_opinion_is_asked_once_of_a_device_and_nobody_is_written_down_with_it(football: Activity) -> None:
    address, phone = f"/opinion/{football.opinion_code}/", Client()
    half = phone.post(address, {"q1": "5", "best": "踢球"})
    assert half.status_code == 422
    assert "踢球" in page(half)
    assert re.search(r'name="q1" value="5" checked', page(half))
    whole = {f"q{n}": "4" for n in range(1, 6)} | {"best": "踢球", "change": ""}
    assert "意见收到了" in page(phone.post(address, whole, follow=True))
    assert "意见收到了" in page(phone.get(address))
    row = football.opinions.get()
    assert (row.q1, row.best, row.on) == (4, "踢球", today())
    assert "怎么样" in page(Client().get(address))


def test_the_pages_speak_english_too(football: Activity) -> None:
    phone = Client()
    phone.cookies["django_language"] = "en"
    shown = page(phone.get(f"/sign-up/{football.join_code}/"))
    assert "2 places are left." in shown
    assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"周末足球|社区球场|东区童缘|协作者|中文", "", shown))
