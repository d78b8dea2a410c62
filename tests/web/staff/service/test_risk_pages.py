"""有人处于危险 on the screen: one tap from everywhere, also when the page one wanted is broken."""

import re
import uuid
from datetime import timedelta

import pytest
from django.template.loader import render_to_string as drawn
from django.test import Client
from django.urls import reverse

from tests.factories.cast import DAY, Cast, login
from tests.web.staff.service.conftest import logged_in
from xiezuo.common.days import local, now
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.actions import assign
from xiezuo.people.models import Person
from xiezuo.people.vocab import AssignedFor
from xiezuo.service.access.risks import risk_reports_for
from xiezuo.service.actions import risks
from xiezuo.service.actions.risks import flag_risk
from xiezuo.service.models import RiskReport
from xiezuo.service.vocab import RiskState
from xiezuo.web.staff.people import person as person_page
from xiezuo.web.staff.service.risk import flagging

FLAG = "/service/risk/"


def said(client: Client, **more: str) -> RiskReport:
    """Say on the page that someone is at risk, and follow where it leads."""
    response = client.post(FLAG, {"facts": "哭着说不敢回家", "since": "now", **more})
    assert response.status_code == 302, response.content.decode()
    return only(client)


def only(client: Client) -> RiskReport:
    actor = actor_for(client_user(client))
    (told,) = risk_reports_for(actor)
    return told.row


def client_user(client: Client):  # type: ignore[no-untyped-def]
    from xiezuo.orgs.models import User

    return User.objects.get(pk=client.session["_auth_user_id"])


def someone(username: str, role: StaffRole, site: object = None) -> Actor:
    return actor_for(login(username, username.capitalize(), (role, site)))  # type: ignore[arg-type]


@pytest.mark.parametrize("role", list(StaffRole))
def test_one_tap_leads_there_from_every_page_of_every_role(cast: Cast, role: StaffRole) -> None:
    client = logged_in(someone("someone", role, cast.east))
    for path in ("/", "/more/", "/orgs/sites/"):
        text = client.get(path, follow=True).content.decode()
        assert f'href="{FLAG}"' in text
    assert client.get(FLAG).status_code == 200
    assert said(client).state == RiskState.FLAGGED


def test_from_the_page_of_a_person_it_is_about_them(cast: Cast) -> None:
    child, client = cast.person("小宇", cast.east), logged_in(cast.chenli)
    for path in (f"/people/{child.pk}/", f"/people/{child.pk}/family/"):
        assert f'href="{FLAG}?person={child.pk}"' in client.get(path).content.decode()
    page = client.get(f"{FLAG}?person={child.pk}").content.decode()
    assert "小宇" in page and f'name="person" value="{child.pk}"' in page
    assert said(client, person=str(child.pk)).person == child


def test_the_page_of_a_person_breaks_and_the_report_is_one_tap_away_and_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = cast.person("小宇", cast.east)
    client = logged_in(cast.xiaomei)
    client.raise_request_exception = False

    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("the page of a person is broken")

    monkeypatch.setattr(person_page, "open_person", broken)
    response = client.get(f"/people/{child.pk}/")
    assert response.status_code == 500
    assert f'href="{FLAG}?person={child.pk}"' in response.content.decode()
    assert said(client, person=str(child.pk)).person == child


def test_where_not_even_the_page_for_errors_is_drawn_a_last_one_leads_there(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xiezuo.web.base import errors

    client = logged_in(cast.xiaomei)
    client.raise_request_exception = False

    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("no template can be drawn")

    monkeypatch.setattr(person_page, "open_person", broken)
    monkeypatch.setattr(errors, "render", broken)
    response = client.get(f"/people/{cast.person('小宇', cast.east).pk}/")
    assert response.status_code == 500
    assert f'<a href="{FLAG}"><b>有人处于危险</b></a>' in response.content.decode()
    assert reverse("flag_risk") == errors.RISK


def test_it_is_said_without_people_without_scripts_and_without_the_template(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    child, client = cast.person("小宇", cast.east), logged_in(cast.xiaomei)

    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("locked")

    for place in (risks, flagging):
        monkeypatch.setattr(place, "people_for", broken)
    monkeypatch.setattr(flagging, "render", broken)
    page = client.get(f"{FLAG}?person={child.pk}").content.decode()
    assert f'name="person" value="{child.pk}"' in page and "<script" not in page
    kept = said(client, person=str(child.pk), described="蓝色书包")
    assert (kept.person, kept.described, kept.facts) == (None, f"{child.number} 蓝色书包", "哭着说不敢回家")


def test_the_bare_page_needs_nothing_but_itself() -> None:
    # No database is open in this test: a query would fail it.
    text = drawn("staff/service/risk/bare.html", {"form": flagging.FlagForm(), "csrf_token": "x"})
    assert "<script" not in text and "<link" not in text and 'name="facts"' in text


def test_what_was_typed_is_kept_as_a_draft_and_sent_twice_it_is_said_once(cast: Cast) -> None:
    client, key = logged_in(cast.xiaomei), str(uuid.uuid4())
    assert 'name="draft_key"' in client.get(FLAG).content.decode()
    typed = {"facts": "哭着说不敢回家", "draft_key": key, "draft_form": "", "draft_page": FLAG}
    for _turn in range(2):
        assert client.post(FLAG, typed).status_code == 302
    only(client)


def test_when_it_was_noticed_just_now_today_or_earlier(cast: Cast) -> None:
    client, at = logged_in(cast.xiaomei), local(now())
    opened = (at - timedelta(minutes=7)).strftime("%Y-%m-%dT%H:%M")
    assert local(said(client, opened_at=opened).found_at).strftime("%Y-%m-%dT%H:%M") == opened
    earlier = (at - timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    client.post(FLAG, {"facts": "甲", "since": "other", "earlier": earlier})
    client.post(FLAG, {"facts": "乙", "since": "today", "today_at": "00:00"})
    found = [local(told.row.found_at).strftime("%Y-%m-%dT%H:%M") for told in risk_reports_for(cast.xiaomei)]
    assert found == [opened, at.strftime("%Y-%m-%dT00:00"), earlier]


def test_a_moment_to_come_is_refused_in_words_and_nothing_is_lost(cast: Cast) -> None:
    tomorrow = (local(now()) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    response = logged_in(cast.xiaomei).post(FLAG, {"facts": "哭着说不敢回家", "since": "other", "earlier": tomorrow})
    text = response.content.decode()
    assert response.status_code == 422
    assert "这个时间还没到" in text and "哭着说不敢回家" in text


def red(cast: Cast, by: Actor | None = None, person: Person | None = None) -> RiskReport:
    at = now()
    found_at = at - timedelta(minutes=61)
    return flag_risk(
        by=by or cast.xiaomei, facts="有新伤", found_at=found_at, at=at, person=person.pk if person else None
    )


def test_supervisor_and_director_see_it_in_red_on_top_of_today_and_in_what_is_due(cast: Cast) -> None:
    child = cast.person("小宇", cast.east)
    report = red(cast, by=someone("sunjing", StaffRole.VOLUNTEER_COORDINATOR), person=None)
    risks.link_risk(by=cast.chenli, report=report, person=child)
    director = someone("fangyuan", StaffRole.DIRECTOR)
    for actor in (cast.chenli, director):
        client = logged_in(actor)
        today = client.get("/").content.decode()
        assert today.index("有人处于危险") < today.index("<h1>")
        assert today.index(f"/service/risk/reports/{report.pk}/") < today.index("<h1>")
        assert "督导和主任那里已标红" in today
        due = client.get("/people/due/").content.decode()
        assert due.index("已过期") < due.index(report.number)
    text = logged_in(director).get(f"/service/risk/reports/{report.pk}/").content.decode()
    assert "小宇" not in text and "有新伤" not in text and "Sunjing" not in text
    assert report.number in text and "东区童缘" in text
    assert "/service/risk/reports/" not in logged_in(cast.haiyan).get("/").content.decode()


def test_the_one_who_said_it_stands_on_no_page_of_colleagues(cast: Cast) -> None:
    child = cast.person("小宇", cast.east)
    report = red(cast, by=someone("sunjing", StaffRole.VOLUNTEER_COORDINATOR))
    risks.link_risk(by=cast.chenli, report=report, person=child)
    assign(by=cast.chenli, person=child, user=cast.xiaomei.user, why=AssignedFor.CASE_TEAM, on=DAY)
    client = logged_in(cast.xiaomei)
    for path in (f"/service/risk/reports/{report.pk}/", "/service/risk/reports/", f"/people/{child.pk}/", "/"):
        assert "Sunjing" not in client.get(path).content.decode()
    assert "Sunjing" in logged_in(cast.chenli).get(f"/service/risk/reports/{report.pk}/").content.decode()


def test_violence_at_home_against_a_child_asks_for_the_police(cast: Cast) -> None:
    client, page = logged_in(cast.xiaomei), "/service/risk/reports/{}/"
    page = page.format(red(cast).pk)
    told = {
        "do": "complete",
        "c-signs": ["violence"],
        "c-facts": "父亲打的",
        "c-capacity": "minor",
        "c-immediate": "陪着",
    }
    assert client.post(page, told).status_code == 302
    assert "我们自己必须向公安机关报案" in client.get(page).content.decode()
    moment = local(now()).strftime("%Y-%m-%dT%H:%M")
    sent = {"do": "report", "r-agency": ["civil_affairs"], "r-way": "phone", "r-reported_at": moment}
    refused = client.post(page, sent)
    text = refused.content.decode()
    assert refused.status_code == 422
    assert "反家庭暴力法" in text
    assert re.search(r'<input[^>]*value="civil_affairs"[^>]*checked', text)
    assert (
        client.post(page, sent | {"r-agency": ["civil_affairs", "police"], "r-receipt_no": "京公001"}).status_code
        == 302
    )
    assert client.post(page, {"do": "close"}).status_code == 302
    assert only(client).state == RiskState.CLOSED
    assert "凭回执结束" in client.get(page).content.decode()


def test_the_form_f20_leads_to_this_page(cast: Cast) -> None:
    client, child = logged_in(cast.xiaomei), cast.person("小宇", cast.east)
    assert client.get("/forms/fill/risk_report/").headers["Location"] == FLAG
    assert client.get(f"/forms/fill/risk_report/?person={child.pk}").headers["Location"] == f"{FLAG}?person={child.pk}"
    assert f'href="{FLAG}?person={child.pk}"' in client.get(f"/forms/?person={child.pk}").content.decode()


def test_whoever_looks_as_another_role_says_it_as_themselves(cast: Cast) -> None:
    client = logged_in(cast.chenli)
    client.post("/look-as/", {"role": "volunteer_coordinator"})
    client.post(FLAG, {"facts": "哭着说不敢回家"})
    assert [told.row.flagged_by for told in risk_reports_for(cast.chenli)] == [cast.chenli.user]


def test_someone_who_must_still_add_a_second_factor_may_say_it(cast: Cast) -> None:
    client = logged_in(cast.zhiyuan)
    session = client.session
    session["must_add_factor"] = True
    session.save()
    assert client.get("/more/").status_code == 302
    assert said(client).state == RiskState.FLAGGED
