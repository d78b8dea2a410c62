"""Links for choosing a password: with a QR code, used once, for three days, and taken back when wished; roles that end."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from tests.factories.cast import Cast, login, make_cast
from tests.web.base.door import SECRET, later, link_for, log_in, with_password
from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.common.models import Event
from xiezuo.orgs.access import Actor
from xiezuo.orgs.actions import begin_membership
from xiezuo.orgs.models import Invitation
from xiezuo.orgs.vocab import StaffRole

As = Callable[[Actor], Client]
CHOSEN = {"new_password1": SECRET, "new_password2": SECRET}


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def browser_of(actor: Actor) -> Client:
    browser = Client()
    browser.force_login(actor.user)
    return browser


def test_the_link_is_shown_with_a_picture_its_end_and_who_made_it(cast: Cast) -> None:
    page = browser_of(cast.zhiyuan).post(f"/orgs/accounts/{cast.haiyan.id}/link/").content.decode()
    assert page.count('class="qr"') == 1
    assert "由张志远生成" in page and "/account/set-password/" in page
    made = Invitation.objects.get()
    assert (made.made_by_id, made.expires_at - made.made_at) == (cast.zhiyuan.id, timedelta(hours=72))
    assert made.digest not in page


def test_a_link_of_four_days_ago_opens_nothing(client: Client, cast: Cast) -> None:
    link = link_for(cast.haiyan)
    with later(hours=71):
        assert client.get(link).status_code == 200
    with later(hours=73):
        assert client.post(link, CHOSEN).status_code == 410


def test_a_new_link_ends_the_one_before(client: Client, cast: Cast) -> None:
    first, second = link_for(cast.haiyan), link_for(cast.haiyan)
    assert (client.get(first).status_code, client.get(second).status_code) == (410, 200)


def test_a_link_that_was_taken_back_opens_nothing(client: Client, cast: Cast) -> None:
    link, administrator = link_for(cast.haiyan), browser_of(cast.zhiyuan)
    address = f"/orgs/accounts/{cast.haiyan.id}/link/{Invitation.objects.get().pk}/revoke/"
    assert browser_of(cast.chenli).post(address).status_code == 403
    administrator.post(address)
    assert client.get(link).status_code == 410
    assert "已收回" in administrator.get(f"/orgs/accounts/{cast.haiyan.id}/").content.decode()


def test_whoever_sets_a_new_password_is_logged_out_everywhere_and_needs_the_second_factor_still(cast: Cast) -> None:
    from tests.web.base.door import with_app

    with_app(with_password(cast.xiaomei))
    old = browser_of(cast.xiaomei)
    Client().post(link_for(cast.xiaomei), {"new_password1": "five loud cranes", "new_password2": "five loud cranes"})
    assert old.get("/people/").status_code == 302
    fresh = Client()
    assert log_in(fresh, "xiaomei", "five loud cranes") == 302
    assert fresh.get("/people/").status_code == 302


def test_an_administrator_logs_someone_out_everywhere(cast: Cast) -> None:
    hers = browser_of(cast.haiyan)
    browser_of(cast.zhiyuan).post(f"/orgs/accounts/{cast.haiyan.id}/devices/end/")
    assert hers.get("/people/").status_code == 302
    assert Event.objects.filter(code="orgs.user.logged_out", by_id=cast.zhiyuan.id).count() == 1


def test_a_placement_has_a_last_day(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        begin_membership(by=cast.zhiyuan, user=cast.haiyan.user, role=StaffRole.PLACEMENT_STUDENT, on=date(2026, 3, 2))
    assert (refused.value.code, refused.value.field) == ("orgs.role_needs_end", "to_on")
    page = browser_of(cast.zhiyuan).post(f"/orgs/accounts/{cast.haiyan.id}/roles/", {"role": "placement_student"})
    assert (page.status_code, "实习要有最后一天" in page.content.decode()) == (422, True)


def test_a_role_does_not_end_before_it_begins(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        begin_membership(
            by=cast.zhiyuan,
            user=cast.haiyan.user,
            role=StaffRole.DIRECTOR,
            on=date(2026, 3, 2),
            to_on=date(2026, 3, 1),
        )
    assert refused.value.code == "orgs.role_ends_early"


@pytest.mark.parametrize(("days", "told"), [(0, True), (14, True), (15, False)])
def test_holder_and_supervisor_are_told_two_weeks_before_a_role_ends(cast: Cast, days: int, told: bool) -> None:
    student = login("xiaolin", "林小")
    end = today() + timedelta(days=days)
    begin_membership(
        by=cast.zhiyuan,
        user=student,
        role=StaffRole.PLACEMENT_STUDENT,
        on=today(),
        site=cast.east,
        to_on=end,
    )
    from xiezuo.orgs.access import actor_for

    with_password(actor_for(student))
    hers = Client()
    log_in(hers, "xiaolin")
    assert ("您在这里的角色" in hers.get("/more/").content.decode()) == told
    for actor in (cast.chenli, cast.zhiyuan):
        assert ("林小" in browser_of(actor).get("/more/").content.decode()) == told
    assert "林小" not in browser_of(cast.xiaomei).get("/more/").content.decode()
