"""A version of a pack is written by one, read as a whole, published by another, and replaced the day the next begins."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories.cast import Cast
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.forms.models import LocalChange, PackEdition, PackReview
from xiezuo.forms.packs import edition, pack, shipped
from xiezuo.forms.packs.trees import NOTHING, find, put
from xiezuo.forms.packs.versions import checksum
from xiezuo.forms.vocab import PackState
from xiezuo.forms.workshop.actions import (
    begin,
    begin_new,
    change,
    drop,
    look_again,
    publish,
    retire,
    review,
    send_back,
)
from xiezuo.forms.workshop.files import differences, write_missing
from xiezuo.forms.workshop.owed import packs_behind
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Organisation

ITEMS = ("items",)
Commit = Callable[..., Any]


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Commit) -> Commit:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def refused(code: str, what: Callable[[], object]) -> str:
    """The words with which an action refuses."""
    with pytest.raises(RuleBroken) as refusal:
        what()
    assert refusal.value.code == code
    return str(refusal.value)


def following(by: Actor, version: PackEdition) -> PackEdition:
    """The next version of a checklist, with 300 books instead of 200."""
    draft = begin(by=by, of=edition(version.pack_id))
    return change(by=by, edition=draft, path=(*ITEMS, "books", "zh"), value="图书不少于300册", why="区里9月起的新清单")


def test_the_district_changes_its_checklist_in_september_and_august_keeps_the_old_one(
    cast: Cast, heqing: Actor, checklist: PackEdition, committed: Commit, folder: Path
) -> None:
    draft = following(cast.chenli, checklist)
    assert (draft.version, draft.base_version, draft.state) == ("1.3", "1.2", PackState.DRAFT)
    review(by=cast.chenli, edition=draft, changes="图书从200册改为300册")
    with committed():
        publish(by=heqing, edition=draft, valid_from=date(2026, 9, 1))
    told = {
        day: find(pack("centre-checklist", day), (*ITEMS, "books", "zh"))
        for day in (date(2026, 8, 31), date(2026, 9, 1))
    }
    assert told == {date(2026, 8, 31): "图书不少于200册", date(2026, 9, 1): "图书不少于300册"}
    checklist.refresh_from_db()
    assert (checklist.state, checklist.valid_to) == (PackState.SUPERSEDED, date(2026, 8, 31))
    assert sorted(path.name for path in folder.iterdir()) == ["centre-checklist@1.2.json", "centre-checklist@1.3.json"]
    written = json.loads((folder / "centre-checklist@1.2.json").read_text(encoding="utf-8"))
    assert (written["valid_to"], written["checksum"]) == ("2026-08-31", checksum(written))


def test_nobody_publishes_what_they_wrote_and_nothing_unread_is_published(
    cast: Cast, heqing: Actor, checklist: PackEdition
) -> None:
    draft = following(cast.chenli, checklist)
    with pytest.raises(NotAllowed, match="has not read it as a whole"):
        publish(by=heqing, edition=draft, valid_from=date(2026, 9, 1))
    review(by=cast.chenli, edition=draft, changes="图书")
    with pytest.raises(NotAllowed, match="Nobody publishes what they wrote"):
        publish(by=cast.chenli, edition=draft, valid_from=date(2026, 9, 1))
    with pytest.raises(NotAllowed, match="Your role does not publish"):
        publish(by=cast.xiaomei, edition=draft, valid_from=date(2026, 9, 1))
    with pytest.raises(IntegrityError, match="pack_published_by_another"), transaction.atomic():
        PackEdition.objects.filter(pk=draft.pk).update(
            state=PackState.PUBLISHED, published_by=cast.chenli.user, published_at=draft.begun_at, valid_from=date.max
        )


def test_a_house_of_one_publishes_alone_and_looks_again_by_a_day(
    cast: Cast, checklist: PackEdition, committed: Commit
) -> None:
    Organisation.objects.filter(is_house=True).update(solo_mode=True)
    draft = following(cast.chenli, checklist)
    review(by=cast.chenli, edition=draft, changes="图书")
    with committed():
        publish(by=cast.chenli, edition=draft, valid_from=date(2026, 9, 1))
    waiting = PackReview.objects.get()
    assert (waiting.edition.version, waiting.edition.alone, waiting.due_on) == ("1.3", True, date(2026, 10, 1))
    refused("forms.pack.no_note", lambda: look_again(by=cast.chenli, review=waiting, note=" "))
    done = look_again(by=cast.chenli, review=waiting, note="与区里的文件一致")
    assert (done.done_by, done.note) == (cast.chenli.user, "与区里的文件一致")


def test_a_later_version_begins_after_the_one_before(cast: Cast, heqing: Actor, checklist: PackEdition) -> None:
    draft = following(cast.chenli, checklist)
    review(by=cast.chenli, edition=draft, changes="图书")
    said = refused(
        "forms.pack.begins_too_early", lambda: publish(by=heqing, edition=draft, valid_from=date(2026, 1, 1))
    )
    assert said == "Version 1.2 holds from 2026-01-01. A later one begins after that day."


def test_a_version_whose_own_last_day_is_over_is_not_published(cast: Cast, heqing: Actor, folder: Path) -> None:
    told = {
        "id": "summer-checklist",
        "kind": "checklist",
        "title": "暑期清单",
        "version": "1.0",
        "applies_to": "organisation",
        "valid_to": "2026-08-31",
        "source": "本机构",
        "mark": "unverified",
        "items": [{"code": "water", "zh": "饮水", "en": "Water"}],
    }
    draft = begin_new(by=cast.chenli, body=told)
    review(by=cast.chenli, edition=draft, changes="第一版")
    refused("forms.pack.expired", lambda: publish(by=heqing, edition=draft, valid_from=date(2026, 9, 1)))


def test_a_used_line_is_retired_and_not_left_out(cast: Cast, checklist: PackEdition) -> None:
    draft = begin(by=cast.chenli, of=edition("centre-checklist"))
    gone = lambda: change(by=cast.chenli, edition=draft, path=(*ITEMS, "sign"), value=NOTHING, why="不再要求")  # noqa: E731
    assert "The line “sign” is missing." in refused("forms.pack.broken", gone)
    changed = change(by=cast.chenli, edition=draft, path=(*ITEMS, "sign", "retired"), value=True, why="不再要求")
    assert find(changed.body, (*ITEMS, "sign", "retired")) is True


def test_every_change_says_why_and_one_that_is_taken_back_leaves_no_line(cast: Cast, checklist: PackEdition) -> None:
    draft = begin(by=cast.chenli, of=edition("centre-checklist"))
    path = (*ITEMS, "books", "zh")
    refused("forms.pack.no_reason", lambda: change(by=cast.chenli, edition=draft, path=path, value="图书", why=" "))
    change(by=cast.chenli, edition=draft, path=path, value="图书不少于250册", why="先试试")
    change(by=cast.chenli, edition=draft, path=path, value="图书不少于300册", why="照文件")
    noted = LocalChange.objects.get()
    assert (noted.why, noted.by) == ("照文件", cast.chenli.user)
    assert noted.what.endswith("Chinese name: 图书不少于200册 → 图书不少于300册")
    change(by=cast.chenli, edition=draft, path=path, value="图书不少于200册", why="还是原来的")
    assert LocalChange.objects.count() == 0
    refused("forms.pack.nothing_changed", lambda: review(by=cast.chenli, edition=draft, changes="没有"))


def test_one_version_of_a_pack_is_in_work_at_a_time_and_only_its_author_changes_it(
    cast: Cast, heqing: Actor, checklist: PackEdition
) -> None:
    draft = following(cast.chenli, checklist)
    said = refused("forms.pack.in_work", lambda: begin(by=heqing, of=edition("centre-checklist")))
    assert said.startswith("陈立 is writing a new version of this pack.")
    with pytest.raises(NotAllowed, match="only its author changes a draft"):
        change(by=heqing, edition=draft, path=("title",), value="清单", why="短")
    with pytest.raises(NotAllowed, match="You may look at packs"):
        begin(by=cast.xiaomei, of=edition("centre-checklist"))
    drop(by=heqing, edition=draft)
    assert begin(by=heqing, of=edition("centre-checklist")).version == "1.3"


def test_what_is_sent_back_is_read_by_its_author_again(cast: Cast, heqing: Actor, checklist: PackEdition) -> None:
    draft = following(cast.chenli, checklist)
    review(by=cast.chenli, edition=draft, changes="图书")
    back = send_back(by=heqing, edition=draft, why="英文也要改")
    assert (back.state, back.sent_back, back.reviewed_at) == (PackState.DRAFT, "英文也要改", None)
    change(by=cast.chenli, edition=back, path=(*ITEMS, "books", "en"), value="300 books at least", why="补英文")
    assert review(by=cast.chenli, edition=back, changes="图书").sent_back == ""


def test_a_version_is_ended_and_the_day_after_nothing_holds(
    cast: Cast, heqing: Actor, checklist: PackEdition, committed: Commit
) -> None:
    with committed():
        ended = retire(by=heqing, edition=checklist, last_day=date(2026, 6, 30))
    assert ended.state == PackState.RETIRED
    assert edition("centre-checklist", date(2026, 6, 30)).holds_on(date(2026, 6, 30))
    assert not edition("centre-checklist", date(2026, 7, 1)).holds_on(date(2026, 7, 1))


def test_a_shipped_pack_that_the_house_changes_keeps_its_number_and_gets_one_more(
    cast: Cast, heqing: Actor, committed: Commit
) -> None:
    draft = begin(by=cast.chenli, of=shipped("caring-default"))
    change(by=cast.chenli, edition=draft, path=("not_met", "after_days"), value=30, why="我们每月走访")
    review(by=cast.chenli, edition=draft, changes="30天未见面就提醒")
    with committed():
        publish(by=heqing, edition=draft, valid_from=date(2026, 9, 1))
    assert draft.version == "1.0.1"
    told = {day: pack("caring-default", day)["not_met"]["after_days"] for day in (date(2026, 8, 31), date(2026, 9, 1))}
    assert told == {date(2026, 8, 31): 60, date(2026, 9, 1): 30}
    assert packs_behind() == []


def test_a_lost_file_is_written_again_and_an_altered_one_is_told_of(checklist: PackEdition, folder: Path) -> None:
    path = folder / "centre-checklist@1.2.json"
    assert differences() == []
    written = path.read_text(encoding="utf-8")
    path.unlink()
    assert [(one.kind, one.path) for one in differences()] == [("missing", path)]
    assert write_missing() == [path]
    assert path.read_text(encoding="utf-8") == written
    path.write_text(written.replace("200册", "20册"), encoding="utf-8")
    (folder / "stranger@1.0.json").write_text("{}", encoding="utf-8")
    assert [(one.kind, one.path.name) for one in differences()] == [
        ("altered", "centre-checklist@1.2.json"),
        ("unknown", "stranger@1.0.json"),
    ]
    assert write_missing() == []


def test_a_core_field_is_moved_renamed_and_folded_but_not_lost(cast: Cast) -> None:
    draft = begin(by=cast.chenli, of=shipped("forms-core"))
    sections = find(draft.body, ("forms", "destruction", "sections"))
    section = next(one["key"] for one in sections if "appraisal" in [field["key"] for field in one["fields"]])
    at = ("forms", "destruction", "sections", section, "fields", "appraisal")

    def told(path: tuple[str, ...], value: object) -> Callable[[], object]:
        return lambda: change(by=cast.chenli, edition=draft, path=path, value=value, why="试")

    assert "core field “appraisal” is missing" in refused("forms.pack.broken", told(at, NOTHING))
    assert "asked for more strictly, not less" in refused("forms.pack.broken", told((*at, "required"), False))
    assert "(long → text)" in refused("forms.pack.broken", told((*at, "type"), "text"))
    assert "fewer eyes, never more" in refused("forms.pack.broken", told((*at, "class"), "public"))
    before = find(draft.body, (*at, "zh"))
    renamed = change(by=cast.chenli, edition=draft, path=(*at, "zh"), value="鉴定小组意见", why="按我们的叫法")
    assert LocalChange.objects.get(edition=renamed).what.endswith(f"Chinese name: {before} → 鉴定小组意见")


def test_answers_that_would_be_read_differently_raise_the_first_number(
    cast: Cast, heqing: Actor, folder: Path, committed: Commit
) -> None:
    field = {"key": "size", "zh": "面积", "en": "Size", "type": "text", "core": False}
    form = {"no": "X1", "zh": "查看", "en": "Look", "floor": "service", "class": "internal"}
    told = {
        "id": "look-own",
        "kind": "forms",
        "title": "查看表",
        "version": "1.0",
        "applies_to": "organisation",
        "source": "本机构",
        "mark": "unverified",
        "forms": {"look": form | {"sections": [{"key": "main", "fields": [field]}]}},
    }
    draft = begin_new(by=cast.chenli, body=told)
    review(by=cast.chenli, edition=draft, changes="第一版")
    with committed():
        publish(by=heqing, edition=draft, valid_from=date(2026, 1, 1))
    draft = begin(by=cast.chenli, of=edition("look-own"))
    path = ("forms", "look", "sections", "main", "fields", "size", "type")
    change(by=cast.chenli, edition=draft, path=path, value="decimal", why="要能加总")
    assert review(by=cast.chenli, edition=draft, changes="面积改为数字").version == "2.0"
    assert put(told, path, "decimal") != told
