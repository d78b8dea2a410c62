"""The software brings a new version while the house has changes of its own: nothing of either is lost unseen."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.factories.cast import Cast
from xiezuo.common.errors import RuleBroken
from xiezuo.forms.models import LocalChange
from xiezuo.forms.packs import edition, pack, reading, shipped
from xiezuo.forms.packs.merging import Anew, Side
from xiezuo.forms.packs.trees import plain, put
from xiezuo.forms.packs.versions import Edition
from xiezuo.forms.workshop.actions import begin, change_all, note_verified, publish, review
from xiezuo.forms.workshop.owed import months_before, packs_behind, packs_due_for, packs_to_verify
from xiezuo.forms.workshop.upgrading import compare, take_over, version_behind
from xiezuo.orgs.access import Actor

DAYS, TITLE = ("not_met", "after_days"), ("title",)


@pytest.fixture
def upgraded(
    cast: Cast, heqing: Actor, folder: Path, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    """The house asks after 30 days and calls it otherwise; then the software brings 1.1 with 45 days and one more line."""
    draft = begin(by=cast.chenli, of=shipped("caring-default"))
    change_all(by=cast.chenli, edition=draft, values={DAYS: 30}, why="我们每月走访")
    change_all(by=cast.chenli, edition=draft, values={TITLE: "好久没见"}, why="大家这样说")
    review(by=cast.chenli, edition=draft, changes="30天")
    with django_capture_on_commit_callbacks(execute=True):
        publish(by=heqing, edition=draft, valid_from=date(2026, 3, 1))
    new = put(put(plain(shipped("caring-default").body), DAYS, 45), ("not_met", "children_after_days"), 20)
    others = [one for one in reading.all_shipped() if one.pack_id != "caring-default"]
    monkeypatch.setattr(reading, "_shipped", lambda: (*others, Edition(new | {"version": "1.1"})))
    reading.everything.cache_clear()


@pytest.fixture(autouse=True)
def _read_anew() -> Any:
    yield
    reading.everything.cache_clear()


def test_our_word_holds_until_someone_has_looked_and_the_page_shows_the_three_beside_each_other(
    cast: Cast, upgraded: None
) -> None:
    assert pack("caring-default", date(2027, 1, 1))["not_met"]["after_days"] == 30
    own, new = packs_behind()[0]
    assert (own.version, new.version) == ("1.0.1", "1.1")
    found = compare(own, new)
    assert [(one.change.path, one.why, one.clashes) for one in found.ours] == [
        (TITLE, "大家这样说", False),
        (DAYS, "我们每月走访", True),
    ]
    assert [one.path for one in found.theirs] == [("not_met", "children_after_days")]
    assert packs_due_for(cast.chenli, date(2026, 12, 1)).behind == 1


def test_where_both_changed_someone_chooses_and_the_reasons_stay(cast: Cast, upgraded: None) -> None:
    with pytest.raises(RuleBroken, match="1 changes touch what is new as well"):
        take_over(by=cast.chenli, pack_id="caring-default", chosen={})
    draft = take_over(by=cast.chenli, pack_id="caring-default", chosen={DAYS: Side.OURS})
    assert (draft.version, draft.base_version) == ("1.1.1", "1.1")
    assert (draft.body["title"], draft.body["not_met"]) == ("好久没见", {"after_days": 30, "children_after_days": 20})
    assert [(one.path, one.why) for one in LocalChange.objects.filter(edition=draft)] == [
        ('["title"]', "大家这样说"),
        ('["not_met","after_days"]', "我们每月走访"),
    ]


@pytest.mark.parametrize(("choice", "days"), [(Side.THEIRS, 45), (Anew(40), 40)])
def test_theirs_or_something_new_is_taken(cast: Cast, upgraded: None, choice: Any, days: int) -> None:
    draft = take_over(by=cast.chenli, pack_id="caring-default", chosen={DAYS: choice, TITLE: Side.THEIRS})
    assert (draft.body["not_met"]["after_days"], draft.body["title"]) == (days, "久未见面")


def test_what_stands_on_the_newest_version_has_nothing_to_compare(cast: Cast, folder: Path) -> None:
    with pytest.raises(RuleBroken, match="There is nothing to compare"):
        version_behind("caring-default")


def test_a_pack_is_held_against_its_sources_again_after_twelve_months(cast: Cast, heqing: Actor) -> None:
    told = edition("caring-default")
    looked_up = date.fromisoformat(str(told.body["verified_on"]))
    year_on = looked_up.replace(year=looked_up.year + 1)

    def waits(on: date) -> bool:
        return "caring-default" in [one.pack_id for one, _when in packs_to_verify(on)]

    assert [waits(year_on), waits(date.fromordinal(year_on.toordinal() + 1))] == [False, True]
    with pytest.raises(RuleBroken, match="This day has not come yet"):
        note_verified(by=heqing, of=told, verified_on=year_on, verified_by="何青", against="默认值", on=looked_up)
    note_verified(by=heqing, of=told, verified_on=year_on, verified_by="何青", against="默认值", on=year_on)
    assert not waits(date.fromordinal(year_on.toordinal() + 1))


@pytest.mark.parametrize(
    ("on", "months", "before"),
    [
        (date(2026, 3, 31), 1, date(2026, 3, 1)),
        (date(2026, 1, 15), 12, date(2025, 1, 15)),
        (date(2024, 2, 29), 12, date(2023, 3, 1)),
    ],
)
def test_months_are_counted_by_the_calendar(on: date, months: int, before: date) -> None:
    assert months_before(on, months) == before
