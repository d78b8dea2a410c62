"""A mother reads what is recorded about her, who looked, takes a yes back, asks and complains."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client

from tests.factories.cast import Cast
from tests.factories.own_side import agrees, guarded, looks, notice
from xiezuo.common.days import today
from xiezuo.people.actions import answer_request, note_read, receive_request
from xiezuo.people.consents import standing
from xiezuo.people.models import Complaint, DataRequest, Person
from xiezuo.people.vocab import Assent, ConsentPurpose, DataRequestKind, RequestState, Withhold

PORTRAIT = ConsentPurpose.PORTRAIT


def page(browser: Client, address: str = "") -> str:
    return browser.get(f"/member/{address}").content.decode()


def test_a_mother_reads_what_is_recorded_where_it_comes_from_and_what_is_left_out(cast: Cast, wang: Person) -> None:
    read = page(looks(cast, wang))
    assert "15412342764" in read
    assert "written down by 周晓梅" in read
    assert "What does not stand here, and why" in read
    assert "Notes that colleagues write freely" in read


def test_a_mother_reads_who_looked_with_role_and_part(cast: Cast, wang: Person) -> None:
    note_read(by=cast.chenli, person=wang, what="id_number")
    read = page(looks(cast, wang), "readers/")
    assert "陈立" in read and "supervisor" in read and "your identity number" in read
    assert "registered a person" in read


def test_a_mother_takes_back_pictures_by_one_press_and_it_is_closed_at_the_next_question(
    cast: Cast, wang: Person
) -> None:
    notice(cast, PORTRAIT)
    agrees(cast.xiaomei, wang, PORTRAIT, today())
    browser = looks(cast, wang)
    assert "Take the yes back" in page(browser, "consents/")
    assert browser.post("/member/consents/answer/", {"purpose": "portrait"}).status_code == 302
    assert standing(wang, PORTRAIT, today()).code == "withdrawn"
    read = page(browser, "consents/?done=portrait")
    assert "It is no longer done." in read and "I have read it and say yes" in read
    browser.post("/member/consents/answer/", {"purpose": "portrait", "yes": "1"})
    assert standing(wang, PORTRAIT, today()).is_open


def test_a_guardian_reads_what_the_child_says(cast: Cast, wang: Person, girl: Person) -> None:
    notice(cast, PORTRAIT)
    agrees(cast.xiaomei, girl, PORTRAIT, today(), by=wang, assent=Assent.YES)
    browser = looks(cast, girl, wang)
    assert "What the child says: yes" in page(browser, "consents/")
    browser.post("/member/consents/answer/", {"purpose": "portrait"})
    assert browser.post("/member/consents/answer/", {"purpose": "portrait", "yes": "1"}).status_code == 422
    browser.post("/member/consents/answer/", {"purpose": "portrait", "yes": "1", "assent": "yes"})
    assert standing(girl, PORTRAIT, today()).is_open


def test_a_boy_of_fifteen_sees_that_a_guardian_has_to_agree_as_well(cast: Cast, boy: Person) -> None:
    notice(cast, PORTRAIT)
    agrees(cast.xiaomei, boy, PORTRAIT, today())
    read = page(looks(cast, boy), "consents/")
    assert "A guardian has to say yes as well." in read and "Take the yes back" in read


def test_a_purpose_that_does_not_exist_is_not_answered(cast: Cast, wang: Person) -> None:
    assert looks(cast, wang).post("/member/consents/answer/", {"purpose": "everything"}).status_code == 404


def test_a_refusal_on_the_own_side_leads_back_to_the_own_side(cast: Cast, wang: Person) -> None:
    response = looks(cast, wang).post("/member/consents/answer/", {"purpose": "portrait"})
    assert response.status_code == 422
    assert 'href="/member/"' in response.content.decode()
    assert "/more/" not in response.content.decode()


def test_a_mother_asks_and_sees_by_when_she_hears(cast: Cast, wang: Person) -> None:
    browser = looks(cast, wang)
    assert browser.post("/member/requests/", {"kind": "correct", "scope": ""}).status_code == 422
    response = browser.post("/member/requests/", {"kind": "correct", "scope": "电话写错了"})
    row = DataRequest.objects.get()
    assert response.headers["Location"] == f"/member/requests/{row.pk}/"
    assert row.due_on == today() + timedelta(days=30)
    assert row.receipt_no in page(browser, f"requests/{row.pk}/")
    answer_request(by=cast.chenli, request=row, state=RequestState.REFUSED, reason="查不到旧号码", on=today())
    assert "Reason: 查不到旧号码" in page(browser, "requests/")


def test_an_answer_that_does_not_come_is_said_to_be_late(cast: Cast, wang: Person) -> None:
    receive_request(
        by=cast.xiaomei,
        requester=wang,
        subject=wang,
        kind=DataRequestKind.EXPLAIN,
        scope="为什么",
        verified_by="认识",
        on=today() - timedelta(days=31),
    )
    assert "has not come. You may complain." in page(looks(cast, wang), "requests/")


@pytest.mark.parametrize("kind", ["view", "copy", "nonsense"])
def test_only_what_the_form_offers_is_asked(cast: Cast, wang: Person, kind: str) -> None:
    assert looks(cast, wang).post("/member/requests/", {"kind": kind, "scope": "x"}).status_code == 422
    assert DataRequest.objects.count() == 0


def test_a_mother_takes_a_copy_along(cast: Cast, wang: Person) -> None:
    response = looks(cast, wang).get("/member/copy/")
    assert response.headers["Content-Type"] == "application/zip"
    assert "record.json" in zipfile.ZipFile(BytesIO(response.content)).namelist()


def test_a_mother_complains_and_hears_what_came_of_it(cast: Cast, wang: Person) -> None:
    browser = looks(cast, wang)
    assert browser.post("/member/complaints/", {"about": "周晓梅"}).status_code == 422
    assert browser.post("/member/complaints/", {"about": "周晓梅", "facts": "没来"}).status_code == 302
    row = Complaint.objects.get()
    assert list(row.concerns.all()) == [cast.xiaomei.user]
    assert "we answer by" in page(browser, "complaints/")
    Complaint.objects.update(result="道歉了", told_on=today())
    assert "道歉了" in page(browser, "complaints/")


def test_who_may_not_be_told_reads_no_address_and_not_why(cast: Cast, wang: Person, girl: Person) -> None:
    agrees(
        cast.xiaomei,
        girl,
        ConsentPurpose.SERVICE,
        today(),
        by=wang,
        withhold_from="男方家里的人",
        withhold_why=Withhold.FEAR_OF_HARM,
    )
    read = page(looks(cast, girl, wang))
    assert "男方家里的人" not in read  # also the one who asked is not reminded on a screen that others may see
    assert "It cannot be shown on this page." not in read


def test_who_looks_is_not_counted_as_a_colleague(cast: Cast, wang: Person) -> None:
    browser = looks(cast, wang)
    page(browser)
    assert wang.read_logs.count() == 0
    assert "This page was opened with a link" in page(browser, "readers/")


def test_an_adult_who_has_a_guardian_is_not_offered_a_yes_that_would_not_count(cast: Cast, wang: Person) -> None:
    notice(cast, PORTRAIT)
    aunt = cast.person("张姨", cast.east)
    guarded(cast, wang, aunt)
    agrees(cast.xiaomei, wang, PORTRAIT, today(), by=aunt)
    looks(cast, wang, aunt).post("/member/consents/answer/", {"purpose": "portrait"})
    assert "I have read it and say yes" not in page(looks(cast, wang), "consents/")
    assert "I have read it and say yes" in page(looks(cast, wang, aunt), "consents/")
