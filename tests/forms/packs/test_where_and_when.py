"""Which pack speaks: that of the organisation before that of the city, the province and the nation, each on its days."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.factories.cast import Cast
from tests.forms.packs.conftest import CHECKLIST
from xiezuo.common.errors import RuleBroken
from xiezuo.forms.definitions import form_of
from xiezuo.forms.packs import codes, edition, editions
from xiezuo.forms.packs.deriving import derived
from xiezuo.forms.packs.finding import item
from xiezuo.forms.packs.reading import KEPT
from xiezuo.forms.packs.trees import plain, put
from xiezuo.forms.packs.versions import checksum
from xiezuo.forms.vocab import PackKind
from xiezuo.forms.workshop.actions import use_packs
from xiezuo.forms.workshop.files import keep_shipped, write_file

AUGUST, SEPTEMBER = date(2026, 8, 31), date(2026, 9, 1)


def lay(folder: Path, body: dict[str, Any], under: str = "") -> None:
    """A published file as it would lie in the house."""
    path = folder / under / f"{body['id']}@{body['version']}.json"
    write_file(path, {**body, "checksum": checksum(body)})


def stars(pack_id: str, level: str, place: str, word: str) -> dict[str, Any]:
    values = {"gold": {"zh": word, "en": word}}
    told = {**CHECKLIST, "id": pack_id, "kind": "codes", "applies_to": level, "codes": {"medal": {"values": values}}}
    del told["items"]
    return told | ({"place": place} if place else {})


def use(folder: Path, *places: str) -> None:
    (folder / "_in-use.json").write_text(json.dumps({"places": places}), encoding="utf-8")
    lay(
        folder,
        stars("touch-me", "organisation", "", "x") | {"codes": {"other": {"values": {"a": {"zh": "a", "en": "a"}}}}},
    )


def test_the_nearest_speaks_and_a_place_only_where_the_house_works(folder: Path) -> None:
    folder.mkdir()
    for level, place, word in (
        ("national", "", "全国"),
        ("province", "350000", "福建"),
        ("city", "350200", "厦门"),
        ("city", "350203", "思明区"),
    ):
        lay(folder, stars(f"medal-{place or 'cn'}", level, place, word))

    def spoken() -> str:
        return codes("medal", SEPTEMBER)["gold"]["zh"]

    assert spoken() == "全国"
    use(folder, "3501")
    assert spoken() == "福建"
    lay(folder, stars("medal-own", "organisation", "", "本机构"))
    assert spoken() == "本机构"


@pytest.mark.parametrize(("place", "acts"), [("110105", True), ("110101", False), ("1101", False)])
def test_a_districts_pack_acts_in_that_district_and_not_beside_it(folder: Path, place: str, acts: bool) -> None:
    folder.mkdir()
    (folder / "_in-use.json").write_text(json.dumps({"places": [place]}), encoding="utf-8")
    lay(folder, stars("medal-chaoyang", "city", "110105", "朝阳"))
    if acts:
        assert item(PackKind.CODES, "codes", "medal", SEPTEMBER).edition.pack_id == "medal-chaoyang"
    else:
        with pytest.raises(KeyError):
            item(PackKind.CODES, "codes", "medal", SEPTEMBER)


def test_the_house_says_where_it_works(cast: Cast, folder: Path, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        use_packs(by=cast.chenli, codes=["110105"], funders=[])
    assert json.loads((folder / "_in-use.json").read_text(encoding="utf-8")) == {"places": ["110105"], "funders": []}
    with pytest.raises(RuleBroken, match="There is no place with the code 999999"):
        use_packs(by=cast.chenli, codes=["999999"], funders=[])


def test_a_record_finds_the_form_of_its_time_after_the_product_has_moved_on(folder: Path) -> None:
    shipped = plain(edition("forms-core").body)
    key = next(iter(shipped["forms"]))
    older = put(shipped, ("forms", key, "zh"), "旧的名称") | {"version": "0.9"}
    lay(folder, older, KEPT)
    assert form_of(key, "forms-core", "0.9").label.zh == "旧的名称"
    assert edition("forms-core").version == shipped["version"]
    assert keep_shipped() > 20
    assert keep_shipped() == 0
    assert [one.version for one in editions("forms-core")] == [shipped["version"], "0.9"]


def test_what_is_worked_out_from_packs_is_worked_out_anew_when_one_comes(folder: Path) -> None:
    folder.mkdir()
    asked = []

    @derived
    def days(of: str) -> int:
        asked.append(of)
        return int(edition(of).body["not_met"]["after_days"])

    assert [days("caring-default"), days("caring-default"), len(asked)] == [60, 60, 1]
    lay(folder, plain(edition("caring-default").body) | {"version": "1.0.1", "not_met": {"after_days": 30}})
    assert days("caring-default") == 30
