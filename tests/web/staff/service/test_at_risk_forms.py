"""Forms that say that someone may be at risk lead to the report; and what cannot be kept is said in a sentence."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.factories.cast import Cast
from tests.web.staff.service.conftest import logged_in
from xiezuo.people.models import Person
from xiezuo.service.models import FilledForm

INTAKE = {
    "source": "self",
    "problem": "欠薪",
    "needs": "讨薪",
    "own_words": "两个月没发",
    "crisis": "no",
    "urgent": "no",
}


def fill(client: Client, person: Person, **more: Any) -> Any:
    key = uuid.uuid4()
    sent = {**INTAKE, "child_risk": "no", "service_date": timezone.localdate().isoformat(), "about": str(person.pk)}
    return client.post(f"/forms/fill/intake/?draft={key}", {**sent, **more})


def test_an_intake_that_names_a_child_at_risk_leads_to_the_report_about_them(cast: Cast) -> None:
    client, person = logged_in(cast.chenli), cast.person("刘姐", cast.east)
    other = cast.person("王大哥", cast.east)
    assert fill(client, other).headers["Location"].startswith("/service/risk/") is False
    answer = fill(client, person, child_risk="yes")
    assert answer.headers["Location"] == f"/service/risk/?person={person.pk}"
    assert "表里写到有人可能处于危险" in client.get(answer.headers["Location"]).content.decode()
    form = FilledForm.objects.order_by("-pk")[0]
    page = client.get(f"/forms/{form.pk}/").content.decode()
    assert "这张表写到有人可能处于危险" in page and f'href="/service/risk/?person={person.pk}"' in page


HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(200)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("全家.jpg", b"MZ\x90\x00" + bytes(200), "全家.jpg: "),
        ("全家.jpg", b"\xff\xd8\xff" + bytes(40 * 1024 * 1024), "20 MB"),
        ("IMG_0001.HEIC", HEIC, "请改发 JPEG"),
    ],
)
def test_a_file_that_cannot_be_kept_is_said_in_a_sentence_and_nothing_typed_is_lost(
    cast: Cast, name: str, content: bytes, words: str
) -> None:
    client, person = logged_in(cast.chenli), cast.person("刘姐", cast.east)
    answer = fill(client, person, **{"genogram.new": SimpleUploadedFile(name, content, "image/jpeg")})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text and "两个月没发" in text and "讨薪" in text
    assert FilledForm.objects.count() == 0


def test_a_birth_in_the_future_is_said_in_a_sentence_and_nothing_typed_is_lost(cast: Cast) -> None:
    client, tomorrow = logged_in(cast.xiaomei), timezone.localdate() + timedelta(days=1)
    url = f"/people/register/?draft={uuid.uuid4()}"
    sent = {"nickname": "小宝", "born_year": tomorrow.year, "born_month": tomorrow.month}
    sent |= {"born_day": tomorrow.day, "note": "爱唱歌"}
    answer = client.post(url, sent | {"site": str(cast.east.pk)})
    assert answer.status_code in {200, 422}
    assert "小宝" in answer.content.decode() and Person.objects.count() == 0
