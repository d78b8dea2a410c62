"""The pages of packs: everyone on the staff reads them, some change them, nobody publishes their own."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast
from tests.forms.packs.conftest import CHECKLIST, cast, checklist, folder, heqing
from xiezuo.forms.models import PackEdition
from xiezuo.forms.packs import edition
from xiezuo.forms.packs.trees import as_line
from xiezuo.forms.vocab import PackState
from xiezuo.forms.workshop.actions import begin, begin_new
from xiezuo.orgs.access import Actor

__all__ = ["cast", "checklist", "folder", "heqing"]
BOOKS = as_line(("items", "books"))


def as_(actor: Actor) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(actor.user)
    return client


def test_a_colleague_reads_what_a_pack_asks_and_is_offered_no_change(cast: Cast, checklist: PackEdition) -> None:
    page = as_(cast.xiaomei).get("/forms/packs/centre-checklist/")
    told = page.content.decode()
    assert ("图书不少于200册" in told or "200 books at least" in told, "begin/" in told) == (True, False)
    assert (
        "/forms/packs/centre-checklist/begin/"
        in as_(cast.chenli).get("/forms/packs/centre-checklist/").content.decode()
    )


@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        ("xiaomei", "/forms/packs/", 200),
        ("xiaomei", "/forms/packs/new/", 403),
        ("xiaomei", "/forms/packs/import/", 403),
        ("xiaomei", "/forms/packs/in-use/", 403),
        ("xiaomei", "/forms/packs/caring-default/verify/", 403),
        ("zhiyuan", "/forms/packs/import/", 200),
        ("zhiyuan", "/forms/packs/new/", 403),
        ("chenli", "/forms/packs/new/", 200),
        ("chenli", "/forms/packs/in-use/?q=朝阳", 200),
        ("chenli", "/forms/packs/no-such-pack/", 404),
        ("chenli", "/forms/packs/forms-core/?form=no-such-form", 404),
    ],
)
def test_who_comes_where(cast: Cast, who: str, address: str, status: int) -> None:
    assert as_(getattr(cast, who)).get(address).status_code == status


def test_a_change_without_a_reason_is_refused_and_what_was_typed_stays(cast: Cast, checklist: PackEdition) -> None:
    draft = begin(by=cast.chenli, of=edition("centre-checklist"))
    client, address = as_(cast.chenli), f"/forms/packs/drafts/{draft.pk}/change/?at={BOOKS}"
    typed = {"v.zh": "图书不少于300册", "v.en": "300 books at least"}
    refused = client.post(address, typed)
    assert (refused.status_code, "图书不少于300册" in refused.content.decode()) == (422, True)
    assert client.post(address, typed | {"why": "新清单"}).status_code == 302
    draft.refresh_from_db()
    assert draft.body["items"][1] == {"code": "books", "zh": "图书不少于300册", "en": "300 books at least"}


def test_a_line_is_added_moved_and_taken_out_again(cast: Cast, checklist: PackEdition) -> None:
    draft = begin(by=cast.chenli, of=edition("centre-checklist"))
    client, address = as_(cast.chenli), f"/forms/packs/drafts/{draft.pk}"
    line = {"code": "water", "zh": "饮水", "en": "Water", "why": "夏天"}
    assert client.post(f"{address}/add/?at={as_line(('items',))}", line).status_code == 302
    water = f"{address}/change/?at={as_line(('items', 'water'))}"
    assert client.post(water, {"move": "up", "why": "先看"}).status_code == 302
    draft.refresh_from_db()
    assert [one["code"] for one in draft.body["items"]] == ["room", "books", "water", "sign"]
    assert client.post(water, {"move": "drop", "why": "不用了"}).status_code == 302
    draft.refresh_from_db()
    assert [one["code"] for one in draft.body["items"]] == ["room", "books", "sign"]


def test_its_author_reads_it_and_a_colleague_publishes_it(cast: Cast, heqing: Actor, folder: Path) -> None:
    draft = begin_new(by=cast.chenli, body=CHECKLIST)
    address = f"/forms/packs/drafts/{draft.pk}"
    assert as_(cast.chenli).post(f"{address}/read/", {"changes": "第一版"}).status_code == 302
    assert as_(cast.chenli).post(f"{address}/publish/", {"valid_from": "2026-09-01"}).status_code == 403
    assert as_(heqing).post(f"{address}/publish/", {"valid_from": "2026-09-01"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.valid_from) == (PackState.PUBLISHED, date(2026, 9, 1))


def test_the_list_asks_the_database_the_same_number_of_questions_however_many_drafts_there_are(
    cast: Cast, heqing: Actor
) -> None:
    client = as_(cast.chenli)
    client.get("/forms/packs/")

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/forms/packs/")
        return len(asked)

    begin_new(by=cast.chenli, body=CHECKLIST)
    one = questions()
    for n in (2, 3):
        begin_new(by=cast.chenli, body=CHECKLIST | {"id": f"centre-checklist-{n}"})
    assert questions() == one


def test_a_form_is_tried_as_it_would_be_asked(cast: Cast) -> None:
    draft = begin(by=cast.chenli, of=edition("forms-core"))
    page: Any = as_(cast.chenli).get(f"/forms/packs/drafts/{draft.pk}/try/?form=destruction")
    assert (page.status_code, page.context["form"].key) == (200, "destruction")
