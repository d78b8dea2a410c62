"""What was corrected once is remembered for the next file with the same headings, and can be given away."""

import json
from typing import Any

import pytest

from tests.exchange.books import ledger, workbook
from tests.exchange.conftest import understood
from tests.exchange.test_correcting import as_meant, odd, rows, said, sheet_of
from tests.factories.cast import Cast
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.models import Event
from xiezuo.exchange.actions.correcting import Said, set_corrections_aside
from xiezuo.exchange.actions.layouts import (
    remember_layouts,
    rename_layout,
    retire_layout,
    take_layouts_from_pack,
)
from xiezuo.exchange.layout_packs import BrokenPack, checksum, layouts_in, pack_of
from xiezuo.exchange.models import Layout
from xiezuo.exchange.said import known_form, known_layouts
from xiezuo.exchange.sheets import KnownLayout

NEXT = [("丙", "甲", "乙"), (7, "读书会", "5月1日"), (9, "电影", "5月8日")]


def remembered(cast: Cast) -> Layout:
    batch = as_meant(cast, understood(cast.chenli, odd()))
    (layout,) = remember_layouts(by=cast.chenli, batch=batch)
    return layout


def the_next(cast: Cast) -> Any:
    return understood(cast.chenli, workbook(("五月", NEXT)), name="别的名字2024.xlsx")


def test_the_next_file_of_that_shape_is_understood_without_a_word(cast: Cast) -> None:
    layout = remembered(cast)
    assert (layout.name, layout.kind, layout.columns) == (
        "甲、乙、丙",
        "activity_ledger",
        [["甲", "name"], ["乙", "date"], ["丙", "heads_total"]],
    )
    batch = the_next(cast)
    assert [(row["name"], row["heads_total"]) for row in rows(batch)] == [("读书会", 7), ("电影", 9)]
    assert sheet_of(batch).understanding["tables"][0]["known"] == layout.uid


def test_taking_such_a_file_in_counts_the_layout_and_keeps_one_of_it(cast: Cast) -> None:
    remembered(cast)
    remember_layouts(by=cast.chenli, batch=the_next(cast))
    layout = Layout.objects.get()
    assert (layout.used, layout.last_used_at is not None) == (1, True)


def test_a_layout_is_set_aside_for_one_file_and_stays_for_others(cast: Cast) -> None:
    remembered(cast)
    batch = the_next(cast)
    set_corrections_aside(by=cast.chenli, batch=batch, position=0, known_too=True)
    assert rows(batch) == []
    assert Layout.objects.get().retired_at is None


def test_corrected_again_the_same_headings_keep_one_layout_under_its_name(cast: Cast) -> None:
    layout = remembered(cast)
    rename_layout(by=cast.chenli, layout=layout, name="  街道 月报 ")
    batch = the_next(cast)
    said(cast, batch, Said("activity_ledger", columns={"B": "place"}))
    remember_layouts(by=cast.chenli, batch=batch)
    layout = Layout.objects.get()
    assert (layout.name, dict(layout.columns)) == ("街道 月报", {"丙": "heads_total", "甲": "place", "乙": "date"})


def test_a_sheet_without_a_correction_is_not_remembered(cast: Cast) -> None:
    assert remember_layouts(by=cast.chenli, batch=understood(cast.chenli, ledger())) == []


def test_a_grid_whose_headings_are_days_or_people_is_not_remembered(cast: Cast) -> None:
    days = [f"9月{day}日" for day in (4, 9, 10, 14, 19)]
    grid = [("志愿者时数表",), ("姓名", *days), ("赵敏", 2, "", 3, "", 1), ("孙丽", "", 2, 2, "", "")]
    batch = understood(cast.chenli, workbook(("志愿者9月", grid)))
    assert sheet_of(batch).kind == "volunteer_crosstab"
    batch = said(cast, batch, Said("volunteer_crosstab", year=2023))
    assert sheet_of(batch).understanding["tables"][0]["fixed"]
    assert remember_layouts(by=cast.chenli, batch=batch) == []


def test_a_retired_layout_is_not_followed(cast: Cast) -> None:
    retire_layout(by=cast.chenli, layout=remembered(cast))
    assert known_layouts() == ()
    assert rows(the_next(cast)) == []
    assert Event.objects.filter(code="exchange.layout.retired").count() == 1


def test_a_layout_needs_a_name_and_someone_who_works_with_people(cast: Cast) -> None:
    layout = remembered(cast)
    with pytest.raises(RuleBroken):
        rename_layout(by=cast.chenli, layout=layout, name="  ")
    with pytest.raises(NotAllowed):
        rename_layout(by=cast.zhiyuan, layout=layout, name="新")


HEAD = {
    "id": "street-reports",
    "title": "街道报表",
    "version": "1.0",
    "author": "甲机构",
    "licence": "CC0-1.0",
    "source": "导入",
}
ONE = KnownLayout(
    "layout-1", "activity_ledger", (("甲", "name"), ("乙›男", "heads_adult_m"), ("丙", ""), ("丁", None)), 2
)


def packed(**change: Any) -> bytes:
    """A good pack with some of it changed, and its checksum made to fit."""
    pack = pack_of([("月报", ONE)], **HEAD) | change
    return json.dumps(pack | {"checksum": checksum(pack)}).encode()


def test_what_one_house_exports_another_takes_over_unchanged(cast: Cast) -> None:
    (part,) = layouts_in(packed())
    assert (part.title, part.layout) == ("月报", ONE)
    (layout,), left = take_layouts_from_pack(by=cast.chenli, packed=[part])
    assert (known_form(layout), left) == (ONE, [])
    assert layout.came_with == {"id": "street-reports", "version": "1.0", "author": "甲机构", "licence": "CC0-1.0"}


def test_ones_own_layout_for_the_same_headings_holds(cast: Cast) -> None:
    mine = remembered(cast)
    other = KnownLayout("theirs", "volunteer_list", (("丙", "name"), ("甲", None), ("乙", None)))
    pack = json.dumps(pack_of([("别人的", other)], **HEAD)).encode()
    taken, left = take_layouts_from_pack(by=cast.chenli, packed=layouts_in(pack))
    assert (taken, [one.title for one in left]) == ([], ["别人的"])
    assert Layout.objects.get() == mine


def part(**change: Any) -> list[dict[str, Any]]:
    return [pack_of([("月报", ONE)], **HEAD)["parts"][0] | change]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe", "not_json"),
        (b"[1", "not_json"),
        (b"[]", "not_a_pack"),
        (b"{}", "not_a_pack"),
        (packed(kind="forms"), "other_kind"),
        (packed(id="A B"), "id_wrong"),
        (packed(version="1"), "version_wrong"),
        (packed(parts=[]), "no_parts"),
        (packed(parts=["x"]), "part_wrong"),
        (packed(parts=part(heading_rows=0)), "part_wrong"),
        (packed(parts=part(columns=[])), "part_wrong"),
        (packed(parts=part(columns=[{"heading": []}])), "part_wrong"),
        (packed(parts=part(sheet_kind="spells")), "kind_unknown"),
        (packed(parts=part(columns=[{"heading": ["甲"], "field": "spell"}])), "field_unknown"),
        (packed(parts=part(columns=[{"heading": [h], "field": "name"} for h in "甲乙"])), "field_twice"),
        (packed().replace(b"street-reports", b"street-rapports"), "altered"),
        (json.dumps({"kind": "layout", "id": "x"}).encode(), "field_missing"),
        (b" " * (4 * 1024 * 1024 + 1), "too_large"),
    ],
)
def test_a_broken_pack_is_refused_as_a_whole(content: bytes, code: str) -> None:
    with pytest.raises(BrokenPack) as refusal:
        layouts_in(content)
    assert refusal.value.code == code
