"""Pages of what the house owes: breaches, the yearly audit, assessments, and who read what."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.cast import Cast, login
from tests.web.staff.people.conftest import logged_in
from xiezuo.exchange.actions.exporting import Wanted, ask_export, decide_export, write_export
from xiezuo.exchange.vocab import ExportKind
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.actions import concerns, note_breach
from xiezuo.people.models import Breach, BreachTelling, ImpactAssessment, MinorsAudit, Person


@pytest.fixture
def steward(cast: Cast) -> Actor:
    return actor_for(login("he", "何老师", (StaffRole.DATA_STEWARD, None)))


def test_anyone_reports_and_whoever_keeps_data_tells_everyone_and_closes(
    cast: Cast, steward: Actor, wang: Person
) -> None:
    facts = {"what": "名单发错群", "found_at": "2026-03-02T09:00", "kinds": ["name"], "cause": "选错了群"}
    reporter, client = logged_in(cast.xiaomei), logged_in(steward)
    assert reporter.post("/people/breaches/note/", facts).headers["Location"] == "/people/breaches/"
    breach = Breach.objects.get()
    address = f"/people/breaches/{breach.pk}/"
    assert reporter.get(address).status_code == 403
    client.post(address, {"do": "concerns", "names": "王素芬\n没有这个人"})
    page = client.get(address).content.decode()
    assert "王素芬" in page and "没有这个人" in page
    client.post(address, {"do": "authority", "authority": "区网信办", "told_at": "2026-03-02T10:00"})
    words = {"harm": "骚扰", "remedy": "撤回", "advice": "别接", "contact": "办公室", "remedied_at": "2026-03-02T09:10"}
    client.post(address, {"do": "describe", **words})
    answer = client.post(address, {"do": "close"}, follow=True).content.decode()
    assert "Not everyone has been told yet: 王素芬." in answer
    notice = client.get(f"{address}notice/").content.decode()
    assert "别接" in notice and "王素芬" not in notice
    telling = BreachTelling.objects.get()
    client.post(address, {"do": "told", "telling": [telling.pk], "way": "phone"})
    client.post(address, {"do": "close"})
    breach.refresh_from_db()
    assert breach.closed_by == steward.user


@pytest.mark.parametrize("path", ["data/", "audits/", "impact/", "impact/person/"])
def test_data_duties_are_for_whoever_answers_for_data(cast: Cast, steward: Actor, path: str) -> None:
    director = actor_for(login("fang", "方主任", (StaffRole.DIRECTOR, None)))
    people = {"xiaomei": cast.xiaomei, "chenli": cast.chenli, "zhiyuan": cast.zhiyuan}
    told = {name: logged_in(actor).get(f"/people/{path}").status_code for name, actor in people.items()}
    assert told == {"xiaomei": 403, "chenli": 403, "zhiyuan": 403}
    assert [logged_in(actor).get(f"/people/{path}").status_code for actor in (steward, director)] == [200, 200]


def test_the_page_says_what_is_due(cast: Cast, steward: Actor) -> None:
    client = logged_in(steward)
    page = client.get("/people/data/").content.decode()
    assert "never audited here" in page and "read and confirm" in page and "No breach is open." in page
    long_ago = timezone.now() - timedelta(days=2)
    note_breach(
        by=cast.xiaomei, what="丢了手机", found_at=long_ago, kinds=["name"], cause="落在车上", at=timezone.now()
    )
    assert "丢了手机" in client.get("/people/data/").content.decode()


def test_an_audit_is_written_printed_and_reported(cast: Cast, steward: Actor) -> None:
    cast.person("小雨", cast.east, born_on=date(2015, 5, 1))
    client = logged_in(steward)
    day = timezone.localdate()
    facts = {"from_on": day - timedelta(days=364), "to_on": day, "conclusion": "没有越权"}
    assert client.post("/people/audits/", facts).status_code == 302
    audit = MinorsAudit.objects.get()
    assert audit.findings["files"] == 1
    assert client.post(f"/people/audits/{audit.pk}/", {"to": "区网信办", "on": day}).status_code == 302
    page = client.get(f"/people/audits/{audit.pk}/").content.decode()
    assert "没有越权" in page and "区网信办" in page and "小雨" not in page
    assert "The next audit" in client.get("/people/data/").content.decode()


def test_what_was_shipped_is_read_and_confirmed(cast: Cast, steward: Actor) -> None:
    client = logged_in(steward)
    page = client.get("/people/impact/person/").content.decode()
    words = {"purpose": "登记", "necessity": "必要", "risks": "外传", "measures": "加密"}
    assert "came with the product" in page
    assert client.post("/people/impact/person/", words | {"risks": ""}).status_code == 422
    assert client.post("/people/impact/person/", words).status_code == 302
    assert ImpactAssessment.objects.get().risks == "外传"
    assert client.get("/people/impact/nothing/").status_code == 404


def test_a_supervisor_of_a_site_sees_what_its_colleagues_opened(cast: Cast, steward: Actor, wang: Person) -> None:
    logged_in(cast.xiaomei).get(f"/people/{wang.pk}/")
    east = actor_for(login("e", "东督导", (StaffRole.SUPERVISOR, cast.east)))
    west = actor_for(login("w", "西督导", (StaffRole.SUPERVISOR, cast.west)))
    day = timezone.localdate().isoformat()
    asked = f"/people/reads/?colleague={cast.xiaomei.id}&from_on={day}&to_on={day}"
    assert "王素芬" in logged_in(east).get(asked).content.decode()
    assert "Openings: 1. Files: 1. Days: 1." in logged_in(east).get(asked).content.decode()
    of_steward = logged_in(steward).get(asked).content.decode()
    assert wang.number in of_steward and "王素芬" not in of_steward
    assert "Openings:" not in logged_in(west).get(asked).content.decode()
    assert logged_in(cast.xiaomei).get("/people/reads/").status_code == 403


def test_the_list_of_breaches_asks_as_often_for_three_as_for_one(cast: Cast, steward: Actor, wang: Person) -> None:
    asked = []
    for n in range(3):
        breach = note_breach(
            by=cast.xiaomei, what=f"第{n}次", found_at=timezone.now(), kinds=["name"], cause="不明", at=timezone.now()
        )
        concerns(by=steward, breach=breach, people=[wang.pk], on=timezone.localdate())
        with CaptureQueriesContext(connection) as queries:
            page = logged_in(steward).get("/people/breaches/").content.decode()
        assert page.count("1 is still to be told") == n + 1
        asked.append(len(queries))
    assert asked[0] == asked[2]


def test_everyone_of_a_list_that_left_is_told_and_a_sent_letter_is_noted_for_all(
    cast: Cast, steward: Actor, wang: Person
) -> None:
    wanted = Wanted(ExportKind.PEOPLE, "statutory", "核对", ["name"])
    export = ask_export(by=cast.chenli, wanted=wanted, at=timezone.now())
    decide_export(by=director_of_the_house(), export=export, approved=True, words="", at=timezone.now())
    write_export(by=cast.chenli, export=export, at=timezone.now())
    breach = note_breach(
        by=cast.chenli, what="丢了", found_at=timezone.now(), kinds=["name"], cause="不明", at=timezone.now()
    )
    client, address = logged_in(steward), f"/people/breaches/{breach.pk}/"
    client.post(address, {"do": "concerns", "export": export.pk, "names": ""})
    assert [row.person for row in BreachTelling.objects.all()] == [wang]
    client.post(address, {"do": "told", "everyone": "on", "way": "letter"})
    assert BreachTelling.objects.get().way == "letter"


def director_of_the_house() -> Actor:
    return actor_for(login("fang", "方主任", (StaffRole.DIRECTOR, None)))


def test_what_a_colleague_read_asks_as_often_for_three_people_as_for_one(cast: Cast) -> None:
    day, asked = timezone.localdate().isoformat(), []
    address = f"/people/reads/?colleague={cast.xiaomei.id}&from_on={day}&to_on={day}"
    for n in range(3):
        logged_in(cast.xiaomei).get(f"/people/{cast.person(f'组员{n}', cast.east).pk}/")
        with CaptureQueriesContext(connection) as queries:
            assert logged_in(cast.chenli).get(address).content.decode().count("the overview") == n + 1
        asked.append(len(queries))
    assert asked[0] == asked[2]
