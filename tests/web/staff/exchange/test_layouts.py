"""表格版式: the layouts that were remembered, given away and taken over, as the page shows them."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast
from tests.web.staff.exchange.test_imports import cast, logged_in, words
from xiezuo.exchange.actions.layouts import take_layouts_from_pack
from xiezuo.exchange.layout_packs import PackedLayout, layouts_in, pack_of
from xiezuo.exchange.models import Layout
from xiezuo.exchange.sheets import KnownLayout

__all__ = ["cast"]
CAME = {"id": "a", "version": "1.0", "author": "甲机构", "licence": "CC0-1.0"}


def layout(number: int) -> KnownLayout:
    return KnownLayout(f"l-{number}", "activity_ledger", ((f"甲{number}", "name"), ("乙", "date"), ("丙", None)))


def remembered(cast: Cast, numbers: int = 1) -> list[Layout]:
    packed = [PackedLayout(f"月报{n}", layout(n), CAME) for n in range(numbers)]
    return take_layouts_from_pack(by=cast.chenli, packed=packed)[0]


def taken_over(client: Client, content: bytes) -> HttpResponse:
    file = SimpleUploadedFile("layouts.json", content)
    return client.post("/exchange/layouts/", {"pack": file}, follow=True)  # type: ignore[return-value]


def test_an_empty_list_teaches_what_it_is_for(cast: Cast) -> None:
    assert "还没有记住任何版式" in words(logged_in(cast.chenli).get("/exchange/layouts/"))


def test_a_layout_is_shown_renamed_and_retired(cast: Cast) -> None:
    (one,) = remembered(cast)
    client = logged_in(cast.xiaomei)
    text = words(client.get("/exchange/layouts/"))
    assert "月报0 活动台账，一行一场 甲0 乙 丙" in text
    assert "还没有别的文件这样读过" in text
    page = client.post(f"/exchange/layouts/{one.pk}/rename/", {"name": "街道月报"}, follow=True)
    assert "街道月报" in words(page)
    page = client.post(f"/exchange/layouts/{one.pk}/rename/", {"name": " "}, follow=True)
    assert "请给版式起一个以后找得到的名字。" in page.content.decode()
    page = client.post(f"/exchange/layouts/{one.pk}/retire/", follow=True)
    assert "“街道月报”已停用。" in page.content.decode()
    assert client.get(f"/exchange/layouts/{one.pk}/export/").status_code == 403


def test_what_is_exported_comes_back_the_same_in_another_house(cast: Cast) -> None:
    one, two = remembered(cast, 2)
    client = logged_in(cast.chenli)
    single, everything = client.get(f"/exchange/layouts/{one.pk}/export/"), client.get("/exchange/layouts/export/")
    assert 'filename="l-0.json"' in single["Content-Disposition"]
    assert [part.title for part in layouts_in(everything.content)] == ["月报1", "月报0"]
    Layout.objects.all().delete()
    page = taken_over(client, everything.content)
    assert "收下了 2 个版式。" in page.content.decode()
    assert set(Layout.objects.values_list("name", "uid")) == {(one.name, one.uid), (two.name, two.uid)}
    assert "“月报0”没有收：同样的表头你已有版式，以你的为准。" in taken_over(client, single.content).content.decode()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04", "这不是版式文件。"),
        (json.dumps(pack_of([("月报", layout(0))], id="a")).encode(), "里面没有写“title”。"),
        (json.dumps({"kind": "forms"}).encode(), "这是另一种数据包：forms。"),
    ],
)
def test_a_broken_file_is_refused_with_a_sentence(cast: Cast, content: bytes, says: str) -> None:
    page = taken_over(logged_in(cast.chenli), content)
    assert "没有收下这个文件，什么也没有变。" in page.content.decode()
    assert says in page.content.decode()
    assert Layout.objects.count() == 0


def test_no_file_at_all_and_nobody_without_work_with_people(cast: Cast) -> None:
    page = logged_in(cast.chenli).post("/exchange/layouts/", follow=True)
    assert "请先选一个版式文件。" in page.content.decode()
    assert logged_in(cast.zhiyuan).get("/exchange/layouts/").status_code == 403
    assert logged_in(cast.zhiyuan).get("/exchange/layouts/export/").status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_as_often_for_one_layout_as_for_three(cast: Cast, rows: int) -> None:
    remembered(cast, rows)
    client = logged_in(cast.chenli)
    with CaptureQueriesContext(connection) as queries:
        client.get("/exchange/layouts/")
    assert len(queries) == 6
