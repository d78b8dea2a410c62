"""Who the people of a file may be: shown side by side, answered, and listed afterwards."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.exchange.rows import brought, imported, record
from tests.factories.cast import Cast, make_cast
from xiezuo.exchange.actions.applying import apply_batch, begin_apply
from xiezuo.exchange.models import ImportBatch, ImportedRow, PossibleMatch
from xiezuo.orgs.access import Actor
from xiezuo.people.models import Person, ReadLog
from xiezuo.service.models import Case
from xiezuo.service.taking_back import take_back_services

PHONE = "15412340001"


@pytest.fixture
def cast(db: None, settings: object, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return make_cast()


def logged_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    main = response.content.decode().split('<main id="main"')[1]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", main)))


def three(cast: Cast) -> ImportBatch:
    """Two who share name and phone with someone here, and one with the same number and name."""
    cast.person("付小雨", cast.east, full_name="付小雨", phone=PHONE, address="皮村12号")
    cast.person("赵敏", cast.east, full_name="赵敏", phone="15412340002")
    cast.person("王桂花", cast.east, full_name="王桂花", id_number="11010519491231002X", id_type="resident_id")
    sheet = [
        record("volunteer", 3, name="付小雨", phone=PHONE, address="东坝3号", birth_year=2015),
        record("volunteer", 4, name="赵敏", phone="15412340002"),
        record("volunteer", 5, name="王桂花", id_number="11010519491231002X"),
        record("volunteer", 6, name="新来的", phone="15412340009"),
    ]
    return brought(cast.xiaomei, sheet)


def test_the_page_of_a_file_says_by_reasons_who_may_be_here_already(cast: Cast) -> None:
    batch = three(cast)
    text = words(logged_in(cast.xiaomei), f"/exchange/imports/{batch.pk}/")
    assert "可能已经登记过的人 3 行" in text
    assert "身份证号相同、同名 1 行 确定" in text
    assert "同名、电话相同 2 行 例如 表0 3 付小雨 都是同一人" in text


def test_side_by_side_shows_what_the_sheet_adds_and_what_differs_and_the_look_is_written_down(cast: Cast) -> None:
    batch = three(cast)
    client = logged_in(cast.xiaomei)
    text = words(client, f"/exchange/imports/{batch.pk}/matches/?reason=name_same,phone_same&certain=0")
    assert "付小雨 表0 第 3 行 同名、电话相同 地址不同" in text
    assert "出生日期 2015年 补充" in text
    assert "住址 东坝3号 皮村12号 不一样" in text
    assert set(ReadLog.objects.values_list("person__nickname", "what")) == {
        ("付小雨", "import_match"),
        ("赵敏", "import_match"),
    }


def test_a_whole_group_is_answered_with_one_press_and_the_page_says_so(cast: Cast) -> None:
    batch = three(cast)
    client = logged_in(cast.xiaomei)
    answer = f"/exchange/imports/{batch.pk}/matches/answer/"
    after = client.post(answer, {"reason": "name_same,phone_same", "answer": "same"})
    assert (after.status_code, after["Location"]) == (302, f"/exchange/imports/{batch.pk}/#matches")
    assert "已回答 2 行。" in client.get(after["Location"]).content.decode()
    assert [m.answer for m in PossibleMatch.objects.order_by("row")] == ["same", "same", ""]
    begin_apply(by=cast.xiaomei, batch=batch, site=cast.east, centres={})
    apply_batch(batch.pk)
    text = words(client, f"/exchange/imports/{batch.pk}/")
    assert "3 行 对上已有的人" in text
    assert Person.objects.count() == 4


def test_one_row_is_answered_on_its_own_and_stays_in_view(cast: Cast) -> None:
    batch = three(cast)
    client, match = logged_in(cast.xiaomei), PossibleMatch.objects.order_by("row").first()
    assert match is not None
    told = {"match": match.pk, "answer": "different", "back": "?open=1&page=1"}
    after = client.post(f"/exchange/imports/{batch.pk}/matches/answer/", told)
    assert after["Location"] == f"/exchange/imports/{batch.pk}/matches/?open=1&page=1#m-{match.pk}"
    assert "疑似同一人 2 " in words(client, f"/exchange/imports/{batch.pk}/matches/?open=1")
    assert PossibleMatch.objects.filter(answer="different").count() == 1


def test_afterwards_the_list_says_who_became_a_person_of_their_own(cast: Cast) -> None:
    batch = three(cast)
    begin_apply(by=cast.xiaomei, batch=batch, site=cast.east, centres={})
    apply_batch(batch.pk)
    client = logged_in(cast.xiaomei)
    text = words(client, f"/exchange/imports/{batch.pk}/")
    assert "疑似同一人 3 行" in text
    assert "都是同一人" not in text
    assert "志愿者 4 4 条已收下" in text
    rows = words(client, f"/exchange/imports/{batch.pk}/rows/?kind=volunteer&state=arrived")
    assert "志愿者 4" in rows
    client.post(f"/exchange/imports/{batch.pk}/matches/answer/", {"reason": "name_same,phone_same", "answer": "same"})
    assert PossibleMatch.objects.filter(answer="").count() == 3


def test_a_colleague_sees_neither_the_rows_nor_who_they_may_be(cast: Cast) -> None:
    batch = three(cast)
    client = logged_in(cast.haiyan)
    for address in ("", "matches/", "rows/"):
        assert client.get(f"/exchange/imports/{batch.pk}/{address}").status_code == 403
    answer = {"reason": "name_same,phone_same", "answer": "same"}
    assert client.post(f"/exchange/imports/{batch.pk}/matches/answer/", answer).status_code == 403


def test_what_waits_is_said_by_name(cast: Cast) -> None:
    sheet = [record("aid", n, recipient="付小雨家", item="大米") for n in range(38)]
    batch = imported(cast.xiaomei, [*sheet, record("cash", 60, expense=4)])
    text = words(logged_in(cast.xiaomei), f"/exchange/imports/{batch.pk}/")
    assert "38 笔没有日期的发放先放一边" in text
    assert "1 行库存或现金账先放一边" in text


def before_cases_had_a_place() -> None:
    """The rows of intake forms as an import left them then: with their person alone."""
    made = list(ImportedRow.objects.filter(record_type="case").values_list("record_id", flat=True))
    ImportedRow.objects.filter(record_type="case").update(record=None, created=False)
    take_back_services([pk for pk in made if pk])


def test_an_imported_intake_form_waits_on_the_page_of_its_person_for_those_who_may_read_it(cast: Cast) -> None:
    batch = imported(cast.chenli, [record("case", 1, name="陈桂英", problem="丈夫工伤")], site=cast.east)
    person = Person.objects.get(nickname="陈桂英")
    assert "有一份导入的接案表等着处理" not in words(logged_in(cast.chenli), f"/people/{person.pk}/")
    before_cases_had_a_place()
    said = [words(logged_in(who), f"/people/{person.pk}/") for who in (cast.chenli, cast.xiaomei)]
    assert ["有一份导入的接案表等着处理" in text for text in said] == [True, False]
    assert "丈夫工伤" in words(logged_in(cast.chenli), f"/exchange/imports/{batch.pk}/rows/?kind=case&state=arrived")
    row = ImportedRow.objects.get(record_type="case")
    assert logged_in(cast.xiaomei).post(f"/exchange/people/{person.pk}/intakes/{row.pk}/open/").status_code == 403
    assert logged_in(cast.chenli).post(f"/exchange/people/{person.pk}/intakes/{row.pk}/open/").status_code == 302
    assert Case.objects.get().person == person


@pytest.mark.parametrize("address", ["", "matches/", "rows/?kind=volunteer"])
def test_one_row_costs_as_many_queries_as_three(cast: Cast, address: str) -> None:
    costs = []
    for many in (1, 3):
        for n in range(many):
            cast.person(f"付小{many}{n}", cast.east, full_name=f"付小{many}{n}", phone=f"154123400{many}{n}")
        sheet = [record("volunteer", n, name=f"付小{many}{n}", phone=f"154123400{many}{n}") for n in range(many)]
        batch = brought(cast.xiaomei, sheet)
        client = logged_in(cast.xiaomei)
        client.get(f"/exchange/imports/{batch.pk}/{address}")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/exchange/imports/{batch.pk}/{address}")
        costs.append(len(queries))
    assert costs[0] == costs[1]
