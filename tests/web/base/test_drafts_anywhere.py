"""Any form of any page: saved while it is typed, carried out once, and offered again where it was not sent."""

import json
import uuid
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests.factories.cast import Cast, make_cast
from xiezuo.common.errors import RuleBroken
from xiezuo.forms.access import draft_answers, draft_files, drafts_for, sender_of, sent_by
from xiezuo.forms.actions import finish_draft, keep_draft, keep_draft_file, take_draft_file
from xiezuo.forms.models import Draft
from xiezuo.people.models import Complaint
from xiezuo.service.actions import ServiceFacts, record_service
from xiezuo.service.vocab import Method
from xiezuo.web.base.drafting import place_on

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
PAGE = "/people/complaints/"
DAY = date(2026, 3, 5)
KEY = uuid.UUID("7d2b0e4e-0000-4000-8000-00000000aaaa")
ONE, OTHER = "the telephone", "the desk"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.xiaomei.user)
    return client


def complaint(facts: str, key: uuid.UUID = KEY, **more: str) -> dict[str, str]:
    return {"draft_key": str(key), "draft_page": PAGE, "draft_form": "", "about": "上课", "facts": facts} | more


def autosave(client: Client, facts: str, opening: str, base: int | str = "", key: uuid.UUID = KEY) -> tuple[int, dict]:
    data = {"draft_page": PAGE, "draft_opening": opening, "draft_base": str(base), "facts": facts}
    answer = client.post(f"/drafts/{key}/", data | {"draft_title": "投诉 · 协作"})
    return answer.status_code, json.loads(answer.content)


def photo() -> bytes:
    content = BytesIO()
    Image.new("RGB", (8, 8), "green").save(content, "JPEG")
    return content.getvalue()


def facts_kept() -> list[str]:
    return sorted(Complaint.objects.values_list("facts", flat=True))


def test_the_same_form_sent_again_is_carried_out_once_and_leads_to_the_same_place(client: Client) -> None:
    first, second = (client.post(PAGE, complaint("她说老师没来")) for _time in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert facts_kept() == ["她说老师没来"]


def test_another_opening_of_the_form_is_another_form(client: Client) -> None:
    for _time in range(2):
        client.post(PAGE, complaint("她说老师没来", key=uuid.uuid4()))
    assert facts_kept() == ["她说老师没来", "她说老师没来"]


def test_a_form_that_was_refused_may_be_sent_again(client: Client) -> None:
    assert client.post(PAGE, complaint("")).status_code == 422
    assert client.post(PAGE, complaint("她说老师没来")).status_code == 302
    assert facts_kept() == ["她说老师没来"]


def test_a_page_that_comes_back_with_what_is_wrong_goes_on_with_its_key(client: Client) -> None:
    page = client.post(PAGE, complaint("")).content.decode()
    assert f'value="{KEY}"' in page
    assert "data-answered" in page


def test_what_one_sends_is_no_answer_to_a_colleague(client: Client, cast: Cast) -> None:
    other = Client()
    other.force_login(cast.haiyan.user)
    client.post(PAGE, complaint("她说老师没来"))
    other.post(PAGE, complaint("门口没有灯"))
    assert facts_kept() == ["她说老师没来", "门口没有灯"]


def test_a_refusal_on_the_way_keeps_the_draft_and_frees_the_key(client: Client, cast: Cast) -> None:
    """A warning and a way back is no success: the words stay, and the form may be sent once more."""
    person = cast.person("小宇", cast.east)
    address = f"/people/{person.pk}/guardians/"
    keep_draft(by=cast.xiaomei, form="page", key=KEY, title="", answers={"on": ["2026-13-40"]})
    client.post(address, {"draft_key": str(KEY), "draft_page": address, "basis": "?", "person": "0"})
    assert sent_by(sender_of("staff", cast.xiaomei.id), KEY) is None
    assert draft_answers(cast.xiaomei, KEY) == {"on": ["2026-13-40"]}


def test_sending_drops_the_draft(client: Client, cast: Cast) -> None:
    assert autosave(client, "她说", ONE)[0] == 200
    client.post(PAGE, complaint("她说老师没来", draft_opening=ONE, draft_base="1"))
    assert [*drafts_for(cast.xiaomei)] == []


def test_what_was_typed_and_not_sent_is_found_by_the_page_and_the_form_on_it(client: Client, cast: Cast) -> None:
    autosave(client, "𠮷说：“别关灯”", ONE)
    found = client.get("/drafts/find/", {"place": place_on(PAGE, "")}).json()["drafts"]
    assert [row["answers"]["facts"] for row in found] == [["𠮷说：“别关灯”"]]
    assert client.get("/drafts/find/", {"place": place_on(PAGE, "other")}).json()["drafts"] == []
    stranger = Client()
    stranger.force_login(cast.haiyan.user)
    assert stranger.get("/drafts/find/", {"place": place_on(PAGE, ""), "key": str(KEY)}).json()["drafts"] == []


def test_two_open_pages_keep_both_versions(client: Client, cast: Cast) -> None:
    assert autosave(client, "甲", ONE)[1]["revision"] == 1
    assert autosave(client, "甲乙", OTHER, 1)[1]["revision"] == 2
    status, told = autosave(client, "甲丙", ONE, 1)
    assert status == 409
    assert "两份都已保存" in told["words"]
    assert sorted(str(draft.answers) for draft in drafts_for(cast.xiaomei)) == [
        '{"facts": ["甲丙"]}',
        '{"facts": ["甲乙"]}',
    ]
    assert draft_answers(cast.xiaomei, uuid.UUID(told["key"])) == {"facts": ["甲丙"]}


def test_an_answer_that_was_lost_makes_no_third_version(client: Client, cast: Cast) -> None:
    autosave(client, "甲", ONE)
    autosave(client, "甲乙", OTHER, 1)
    first, second = autosave(client, "甲丙", ONE, 1)[1], autosave(client, "甲丙丁", ONE, 1)[1]
    assert first["key"] == second["key"]
    assert drafts_for(cast.xiaomei).count() == 2


def test_the_page_that_saved_last_is_never_out_of_date(client: Client, cast: Cast) -> None:
    """Its answer was lost on the way, so it does not know its own last revision."""
    autosave(client, "甲", ONE)
    autosave(client, "甲乙", ONE, 1)
    assert autosave(client, "甲乙丙", ONE, 1)[0] == 200
    assert draft_answers(cast.xiaomei, KEY) == {"facts": ["甲乙丙"]}


def test_words_that_come_after_the_form_was_sent_are_not_lost(client: Client, cast: Cast) -> None:
    client.post(PAGE, complaint("她说老师没来", draft_opening=ONE))
    assert autosave(client, "她说老师没来", ONE)[1] == {"done": PAGE}
    assert autosave(client, "还有一件事", OTHER)[0] == 409
    assert [str(draft.answers) for draft in drafts_for(cast.xiaomei)] == ['{"facts": ["还有一件事"]}']


def test_what_another_page_wrote_meanwhile_stays_when_the_form_is_sent(cast: Cast) -> None:
    words = {"by": cast.xiaomei, "form": "page", "key": KEY, "title": ""}
    keep_draft(**words, answers={"facts": "甲"}, opening=ONE)
    keep_draft(**words, answers={"facts": "甲乙"}, opening=OTHER, base=1)
    finish_draft(by=cast.xiaomei, key=KEY, opening=ONE, base=1)
    (left,) = drafts_for(cast.xiaomei)
    assert (str(left.answers), left.beside) == ('{"facts": "甲乙"}', KEY)


def test_a_file_chosen_before_comes_with_the_form(client: Client, cast: Cast, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    record = record_service(
        by=cast.xiaomei, facts=ServiceFacts(method=Method.VISIT, service_date=DAY, site=cast.east), on=DAY
    )
    page = f"/service/{record.pk}/"
    client.post(f"/drafts/{KEY}/", {"draft_page": page, "draft_form": "evidence", "draft_opening": ONE})
    sent = SimpleUploadedFile("签到.jpg", photo(), "image/jpeg")
    assert client.post(f"/drafts/{KEY}/files/", {"field": "file", "file": sent}).json()["name"] == "签到.jpg"
    found = client.get("/drafts/find/", {"key": str(KEY)}).json()["drafts"]
    assert [file["name"] for file in found[0]["files"]] == ["签到.jpg"]
    for _time in range(2):
        client.post(f"{page}evidence/", {"draft_key": str(KEY), "draft_page": page, "draft_form": "evidence"})
    assert [evidence.name for evidence in record.evidence.all()] == ["签到.jpg"]
    assert [*drafts_for(cast.xiaomei)] == []


def test_a_program_is_no_file_of_a_draft(client: Client, cast: Cast) -> None:
    keep_draft(by=cast.xiaomei, form="page", key=KEY, title="", answers={})
    sent = SimpleUploadedFile("照片.jpg", b"MZ\x90\x00" * 50, "image/jpeg")
    answer = client.post(f"/drafts/{KEY}/files/", {"field": "file", "file": sent})
    assert (answer.status_code, list(answer.json())) == (422, ["words"])
    assert [*draft_files(cast.xiaomei, KEY)] == []


def test_a_colleague_neither_adds_nor_takes_a_file(cast: Cast, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    keep_draft(by=cast.xiaomei, form="page", key=KEY, title="", answers={})
    row = keep_draft_file(by=cast.xiaomei, key=KEY, field="paper", content=photo(), name="同意书.jpg")
    with pytest.raises(RuleBroken):
        keep_draft_file(by=cast.haiyan, key=KEY, field="paper", content=photo(), name="别的.jpg")
    with pytest.raises(RuleBroken):
        take_draft_file(by=cast.haiyan, key=KEY, file=row.key)
    assert take_draft_file(by=cast.xiaomei, key=KEY, file=row.key)[:2] == b"\xff\xd8"
    assert [*draft_files(cast.xiaomei, KEY)] == []


def test_an_old_draft_goes_and_its_author_is_told_before(client: Client, cast: Cast) -> None:
    autosave(client, "甲", ONE)
    Draft.objects.update(saved_at=timezone.now() - timedelta(days=80))
    assert "会自动清除" in client.get("/drafts/").content.decode()
    Draft.objects.update(saved_at=timezone.now() - timedelta(days=91))
    autosave(client, "乙", ONE, key=uuid.uuid4())
    assert [str(draft.answers) for draft in drafts_for(cast.xiaomei)] == ['{"facts": ["乙"]}']
