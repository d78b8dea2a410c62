"""Pages of lists that leave the house: what for, who is in it, the password once, the second person."""

import io
from datetime import timedelta

import pytest
import pyzipper
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.cast import Cast, login, make_cast
from tests.web.staff.people.conftest import logged_in
from xiezuo.exchange.actions.agreeing import agree_sharing
from xiezuo.exchange.actions.exporting import Wanted, ask_export
from xiezuo.exchange.models import Export, SharingAgreement
from xiezuo.exchange.vocab import ExportKind, ExportState
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.actions import note_consent
from xiezuo.people.models import Person
from xiezuo.people.vocab import ConsentPurpose, ConsentState, ConsentWay

ASK = "/exchange/exports/ask/?kind=people&purpose=service"
KEY = "7d2b0e4e-0000-4000-8000-000000000101"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def agrees(by: Actor, person: Person) -> None:
    note_consent(
        by=by,
        person=person,
        purpose=ConsentPurpose.SERVICE,
        state=ConsentState.GIVEN,
        way=ConsentWay.VERBAL,
        at=timezone.now() - timedelta(hours=1),
    )


@pytest.fixture
def wang(cast: Cast) -> Person:
    person = cast.person("王姐", cast.east, full_name="王素芬", phone="15412342764")
    agrees(cast.xiaomei, person)
    return person


def asked(client: Client, *columns: str) -> Export:
    answer = client.post(ASK, {"key": KEY, "reason": "三月走访", "columns": columns})
    assert answer.status_code == 302, answer.content.decode()
    return Export.objects.get(key=KEY)


def test_from_the_purpose_to_the_file_with_its_password_shown_once(cast: Cast, wang: Person) -> None:
    cast.person("李哥", cast.east)
    client = logged_in(cast.xiaomei)
    assert "Our own service" in client.get("/exchange/exports/ask/").content.decode()
    assert "Health" in client.get(ASK).content.decode()
    export = asked(client, "name", "phone")
    address = f"/exchange/exports/{export.pk}/"
    before = client.get(address).content.decode()
    assert "1 row." in before and "nobody has asked the person yet" in before and "李哥" not in before
    page = client.post(address, {"do": "write"})
    password = page.content.decode().split("<code>")[1].split("</code>")[0]
    assert page["Cache-Control"] == "no-store"
    assert password not in client.get(address).content.decode()
    answer = client.post(address, {"do": "fetch"})
    assert (answer["Content-Type"], export.serial in answer["Content-Disposition"]) == ("application/zip", True)
    with pyzipper.AESZipFile(io.BytesIO(answer.content)) as archive:
        assert "王素芬" in archive.read("list.csv", password.encode()).decode()
    assert "Fetched 1 time" in client.get(address).content.decode()


def test_the_same_form_sent_twice_is_one_list(cast: Cast, wang: Person) -> None:
    client = logged_in(cast.xiaomei)
    asked(client, "name")
    assert asked(client, "name").rows == 1
    assert Export.objects.count() == 1


def test_what_was_forgotten_is_asked_for_and_nothing_typed_is_lost(cast: Cast, wang: Person) -> None:
    client = logged_in(cast.xiaomei)
    answer = client.post(ASK, {"key": KEY, "reason": "三月走访"})
    assert answer.status_code == 422
    assert "三月走访" in answer.content.decode() and "Choose at least one column" in answer.content.decode()


def test_a_second_person_sees_what_and_why_and_says_yes(cast: Cast, wang: Person) -> None:
    export = asked(logged_in(cast.xiaomei), "name", "health_note")
    address = f"/exchange/exports/{export.pk}/"
    director = actor_for(login("fang", "方主任", (StaffRole.DIRECTOR, None)))
    page = logged_in(director).get(address).content.decode()
    assert "it holds sensitive columns" in page and "三月走访" in page and "王素芬" not in page
    logged_in(cast.xiaomei).post(address, {"do": "approve"})
    export.refresh_from_db()
    assert export.state == ExportState.ASKED
    logged_in(director).post(address, {"do": "approve", "words": "可以"})
    export.refresh_from_db()
    assert (export.state, export.decided_by) == (ExportState.APPROVED, director.user)


@pytest.mark.parametrize("who", ["haiyan", "zhiyuan"])
def test_a_list_of_a_colleague_is_not_told_of(cast: Cast, wang: Person, who: str) -> None:
    export = asked(logged_in(cast.xiaomei), "name")
    for client in (logged_in(getattr(cast, who)),):
        assert client.get(f"/exchange/exports/{export.pk}/").status_code == 403
        assert client.post(f"/exchange/exports/{export.pk}/", {"do": "fetch"}).status_code == 403
        assert client.get("/exchange/exports/999999/").status_code == 403


def test_who_keeps_data_sees_that_a_list_left_and_cannot_fetch_it(cast: Cast, wang: Person) -> None:
    client = logged_in(cast.xiaomei)
    export = asked(client, "name")
    client.post(f"/exchange/exports/{export.pk}/", {"do": "write"})
    steward = logged_in(actor_for(login("he", "何老师", (StaffRole.DATA_STEWARD, None))))
    assert export.serial in steward.get("/exchange/exports/").content.decode()
    assert steward.post(f"/exchange/exports/{export.pk}/", {"do": "fetch"}).status_code == 403


def test_an_agreement_is_written_down_and_ended(cast: Cast) -> None:
    client = logged_in(cast.chenli)
    facts = {
        "with_whom": "东城社工站",
        "for_what": "转介",
        "sections": ["name"],
        "from_on": "2026-01-01",
        "to_on": "2099-12-31",
        "signed_on": "2026-01-01",
    }
    assert client.post("/exchange/agreements/", facts).status_code == 302
    agreement = SharingAgreement.objects.get()
    assert "Signed, and holds today" in client.get("/exchange/agreements/").content.decode()
    client.post(f"/exchange/agreements/{agreement.pk}/end/")
    agreement.refresh_from_db()
    assert agreement.ended_on == timezone.localdate()
    assert logged_in(cast.xiaomei).post("/exchange/agreements/", facts).status_code == 200
    assert SharingAgreement.objects.count() == 1


def test_a_persons_log_tells_of_the_list_and_who_took_it_out(cast: Cast, wang: Person) -> None:
    client = logged_in(cast.xiaomei)
    export = asked(client, "name")
    client.post(f"/exchange/exports/{export.pk}/", {"do": "write"})
    page = client.get(f"/people/{wang.pk}/readers/").content.decode()
    assert export.serial in page and "taken out in a list" in page
    assert "noted an answer about consent" in page and "registered a person" in page


def test_the_lists_ask_the_database_as_often_for_three_as_for_one(cast: Cast, wang: Person) -> None:
    client, asked = logged_in(cast.chenli), []
    for n in range(3):
        ask_export(by=cast.chenli, wanted=Wanted(ExportKind.PEOPLE, "service", f"第{n}次", ["name"]), at=timezone.now())
        agree_sharing(
            by=cast.chenli,
            with_whom=f"第{n}家",
            for_what="转介",
            sections=["name"],
            from_on=timezone.localdate(),
            to_on=timezone.localdate(),
            signed_on=timezone.localdate(),
        )
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/exchange/exports/").content.decode().count("may write the file now") == n + 1
            assert client.get("/exchange/agreements/").content.decode().count("Signed, and holds today") == n + 1
        asked.append(len(queries))
    assert asked[0] == asked[2]
