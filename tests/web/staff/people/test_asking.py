"""Asking and taking back, and what people are told before they are asked."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.factories.cast import Cast
from tests.factories.facts import answers_open
from tests.web.staff.people.conftest import logged_in
from xiezuo.people.actions import note_guardianship, parts_of_notice
from xiezuo.people.models import Consent, Person, PrivacyNotice, ReadLog
from xiezuo.people.vocab import ConsentPurpose, GuardianBasis


@pytest.fixture
def yu(cast: Cast, wang: Person) -> Person:
    child = cast.person("小宇", cast.east, born_on=date(2019, 1, 1))
    note_guardianship(by=cast.xiaomei, ward=child, guardian=wang, basis=GuardianBasis.STATUTORY)
    return child


def page(cast: Cast, person: Person) -> str:
    return logged_in(cast.xiaomei).get(f"/people/{person.pk}/consents/").content.decode()


def test_the_guardian_is_offered_and_her_yes_opens_the_purpose(cast: Cast, wang: Person, yu: Person) -> None:
    client, url = logged_in(cast.xiaomei), f"/people/{yu.pk}/consents/"
    shown = page(cast, yu)
    assert "王素芬, guardian" in shown
    assert "A guardian decides; the child is asked too." in shown
    typed = {"purpose": "service", "state": "given", "given_by": str(wang.pk), "child_assent": "yes", "way": "verbal"}
    assert client.post(url, typed).status_code == 302
    with answers_open():
        assert Consent.objects.values_list("given_by", "relation", "child_assent").get() == (wang.pk, "guardian", "yes")
    service = client.get(url).context["purposes"][0]
    assert (service.is_open, service.may_take_back) == (True, True)


def test_a_child_alone_is_refused_on_the_page_and_nothing_is_lost(cast: Cast, yu: Person) -> None:
    typed = {"purpose": "service", "state": "given", "limits": "只在小组里"}
    refused = logged_in(cast.xiaomei).post(f"/people/{yu.pk}/consents/", typed)
    assert refused.status_code == 422
    assert "小宇 cannot agree alone: a guardian decides." in refused.content.decode()
    assert 'value="只在小组里"' in refused.content.decode()


def test_taking_back_is_one_press_and_needs_no_reason(cast: Cast, wang: Person, yu: Person) -> None:
    client, url = logged_in(cast.xiaomei), f"/people/{yu.pk}/consents/"
    client.post(url, {"purpose": "service", "state": "given", "given_by": str(wang.pk)})
    assert client.post(f"{url}end/", {"purpose": "service"}).status_code == 302
    service = client.get(url).context["purposes"][0]
    assert (service.is_open, service.answer.words.startswith("taken back on")) == (False, True)
    assert client.post(f"{url}end/", {"purpose": "nothing"}).status_code == 404


def test_a_signed_paper_is_shown_to_those_who_work_with_them_and_that_is_written_down(cast: Cast, wang: Person) -> None:
    paper = BytesIO()
    Image.new("RGB", (40, 30), "white").save(paper, "JPEG")
    file = SimpleUploadedFile("同意书.jpg", paper.getvalue(), "image/jpeg")
    typed = {"purpose": "service", "state": "given", "way": "signed", "witness": "刘海燕", "paper": file}
    assert logged_in(cast.xiaomei).post(f"/people/{wang.pk}/consents/", typed).status_code == 302
    with answers_open():
        address = f"/people/{wang.pk}/consents/{Consent.objects.get().pk}/paper/"
    before = ReadLog.objects.count()
    shown = logged_in(cast.chenli).get(address)
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/jpeg")
    assert ReadLog.objects.count() == before + 1
    assert logged_in(cast.haiyan).get(address).status_code == 403
    assert logged_in(cast.xiaomei).get(f"/people/{wang.pk}/consents/999/paper/").status_code == 404


def test_a_supervisor_publishes_the_draft_and_a_worker_reads_it(cast: Cast) -> None:
    form = logged_in(cast.chenli).get("/people/notices/message/")
    assert "北京市协作者社会工作发展中心" in form.content.decode()
    says = dict.fromkeys(parts_of_notice(ConsentPurpose.MESSAGE), "写清楚了")
    assert logged_in(cast.chenli).post("/people/notices/message/", says).status_code == 302
    assert PrivacyNotice.objects.values_list("purpose", "version").get() == ("message", 1)
    assert "写清楚了" in logged_in(cast.xiaomei).get("/people/notices/").content.decode()
    assert logged_in(cast.xiaomei).get("/people/notices/message/").status_code == 403
    assert logged_in(cast.zhiyuan).get("/people/notices/").status_code == 403
    assert logged_in(cast.chenli).get("/people/notices/dancing/").status_code == 404


def test_a_notice_with_a_part_missing_is_not_published_and_keeps_what_was_typed(cast: Cast) -> None:
    says = dict.fromkeys(parts_of_notice(ConsentPurpose.SERVICE), "写清楚了") | {"rights": ""}
    refused = logged_in(cast.chenli).post("/people/notices/service/", says)
    assert refused.status_code == 422
    assert "Something is missing." in refused.content.decode()
    assert refused.content.decode().count("写清楚了") == 8
    assert PrivacyNotice.objects.count() == 0
