"""A pack is whole and true to itself, or a sentence says where it is not."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.forms.packs.conftest import CHECKLIST
from xiezuo.forms.packs import PackBroken, edition, pack
from xiezuo.forms.packs.beside import neighbours
from xiezuo.forms.packs.reading import all_shipped
from xiezuo.forms.packs.trees import NOTHING, plain, put
from xiezuo.forms.packs.trees import Path as Place
from xiezuo.forms.packs.verifying import Neighbours, lowest_mark, problems_among, problems_of
from xiezuo.forms.packs.versions import Edition

FORMS: dict[str, Any] = {
    "id": "look-own",
    "kind": "forms",
    "title": "查看表",
    "version": "1.0",
    "applies_to": "organisation",
    "source": "本机构",
    "mark": "unverified",
    "blocks": {"WHEN": {"class": "internal", "fields": [{"key": "day", "zh": "日期", "type": "date"}]}},
    "forms": {
        "look": {
            "no": "X1",
            "zh": "查看",
            "floor": "service",
            "class": "internal",
            "sections": [
                {"block": "WHEN"},
                {
                    "key": "main",
                    "fields": [
                        {"key": "state", "zh": "状况", "type": "choice", "list": "state", "required": True},
                        {"key": "why", "zh": "原因", "type": "text", "when": {"field": "state", "in": ["bad"]}},
                    ],
                },
            ],
        }
    },
}
LISTS = {"state": frozenset({"good", "bad"})}
FIELDS = ("forms", "look", "sections", "main", "fields")
RULES: dict[str, Any] = {
    "id": "rules-own",
    "kind": "rules",
    "title": "规则",
    "version": "1.0",
    "applies_to": "organisation",
    "source": "本机构",
    "mark": "unverified",
    "rules": {"CHD-1": {"act": "refuse", "source": "未成年人保护法第十一条", "mark": "verified"}},
}


def codes(body: dict[str, Any], beside: Neighbours | None = None) -> list[str]:
    """What is wrong, as code and place."""
    found = problems_among(body, beside or Neighbours(LISTS))
    return [f"{one.code} {one.path}".strip() for one in found]


@pytest.mark.parametrize("one", all_shipped(), ids=lambda one: one.pack_id)
def test_every_pack_of_the_product_is_whole(one: Edition) -> None:
    body = plain(one.body)
    assert [str(problem) for problem in problems_among(body, neighbours(body))] == []


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("id", "Centre List", ["not_so_written id"]),
        ("kind", "poem", ["unknown kind"]),
        ("title", "", ["lacks title"]),
        ("version", "1", ["not_so_written version"]),
        ("version", "1.2.1", []),
        ("mark", "sure", ["unknown mark"]),
        ("source", " ", ["lacks source"]),
        ("valid_from", "1 September", ["not_a_day valid_from"]),
        ("applies_to", "city", ["place_needed place"]),
        ("place", "110105", ["place_not_here place"]),
        ("requires", ["codes-forms"], ["requires requires"]),
        ("items", [], ["no_content"]),
        ("items", [{"code": "a", "zh": "甲"}], ["one_language items › a"]),
        ("items", [{"code": "a", "zh": "甲", "en": "A"}] * 2, ["twice items"]),
    ],
)
def test_the_head_and_the_lines_of_a_checklist(name: str, value: object, wrong: list[str]) -> None:
    assert codes(CHECKLIST | {name: value}) == wrong


def test_it_cannot_end_before_it_begins() -> None:
    days = {"valid_from": "2026-09-01", "valid_to": "2026-08-31"}
    assert codes(CHECKLIST | days) == ["ends_early valid_to"]


def test_the_lowest_mark_inside_is_that_of_the_pack() -> None:
    lines = [{"code": "a", "zh": "甲", "en": "A", "source": "?", "mark": "unverified"}]
    told = CHECKLIST | {"items": lines, "mark": "secondary"}
    assert codes(told) == ["mark_too_high items › a"]
    assert lowest_mark(told) == "unverified"
    assert codes(told | {"mark": "unverified"}) == []


@pytest.mark.parametrize(
    ("path", "value", "wrong"),
    [
        ((*FIELDS, "why", "type"), "poem", ["unknown forms › look › why"]),
        ((*FIELDS, "state", "list"), NOTHING, ["lacks forms › look › main › state"]),
        ((*FIELDS, "state", "list"), "mood", ["no_such_list forms › look › main › state"]),
        ((*FIELDS, "why", "list"), "state", ["not_for_this_type forms › look › main › why"]),
        ((*FIELDS, "why", "class"), "secret", ["unknown forms › look › main › why"]),
        ((*FIELDS, "why", "when"), {"field": "who", "in": ["x"]}, ["no_such_field forms › look › why › when"]),
        ((*FIELDS, "why", "when"), {"field": "why", "in": ["x"]}, ["depends_on_itself forms › look › why › when"]),
        ((*FIELDS, "why", "when"), {"field": "state", "in": ["ugly"]}, ["no_such_code forms › look › why › when"]),
        ((*FIELDS, "why", "when"), {"field": "day", "in": ["2026-01-01"]}, []),
        (("forms", "look", "sections", "WHEN", "block"), "WHERE", ["no_such_block forms › look"]),
        (("forms", "look", "no"), "form one", ["not_so_written forms › look"]),
    ],
)
def test_the_fields_of_a_form(path: Place, value: object, wrong: list[str]) -> None:
    found = [one.replace("main › why", "main › why") for one in codes(put(deepcopy(FORMS), path, value))]
    assert [one.split(" ")[0] for one in found] == [one.split(" ")[0] for one in wrong]


def test_a_nearer_pack_may_not_lose_what_is_core_nor_ask_less() -> None:
    core = Neighbours(LISTS, FORMS["blocks"], FORMS["forms"])
    looser = put(deepcopy(FORMS), (*FIELDS, "state", "required"), False)
    assert codes(looser, core) == ["core_looser forms › look › state"]
    own = {"key": "colour", "zh": "颜色", "type": "text", "core": False}
    assert codes(put(deepcopy(FORMS), (*FIELDS, "colour"), own), core) == []
    assert codes(put(deepcopy(FORMS), (*FIELDS, "why"), NOTHING), core) == ["core_lost forms › look"]


def test_what_was_read_in_the_law_is_not_softened_and_the_rest_may_be() -> None:
    base = Neighbours(base=RULES)
    assert codes(put(RULES, ("rules", "CHD-1", "act"), "warn"), base) == ["law_softened rules › CHD-1"]
    assert codes(put(RULES, ("rules", "CHD-1"), NOTHING) | {"keep": {"days": 1}}, base) == [
        "law_softened rules › CHD-1"
    ]
    custom = put(RULES, ("rules", "CHD-1", "mark"), "unverified")
    assert codes(put(custom, ("rules", "CHD-1", "act"), "warn"), Neighbours(base=custom)) == []
    assert codes(put(RULES, ("rules", "CHD-1", "source"), NOTHING)) == ["lacks rules › CHD-1"]


def test_a_number_read_in_the_law_stays_and_one_of_our_own_may_change() -> None:
    law = put(RULES, ("rules", "CHD-1", "values"), {"red_after_hours": 1})
    other = put(law, ("rules", "CHD-1", "values"), {"red_after_hours": 2})
    assert codes(other, Neighbours(base=law)) == ["law_numbers rules › CHD-1"]
    ours = put(put(law, ("rules", "CHD-1", "number_mark"), "unverified"), ("rules", "CHD-1", "duty_mark"), "verified")
    ours = put(ours, ("rules", "CHD-1", "mark"), "unverified")
    assert codes(put(ours, ("rules", "CHD-1", "values"), {"red_after_hours": 2}), Neighbours(base=ours)) == []
    assert codes(put(ours, ("rules", "CHD-1", "act"), "warn"), Neighbours(base=ours)) == ["law_softened rules › CHD-1"]
    unsure = put(ours, ("rules", "CHD-1", "duty_mark"), "unverified")
    assert codes(unsure, Neighbours(base=ours)) == ["law_softened rules › CHD-1"]


def test_the_steps_of_a_ladder_rise() -> None:
    steps = [{"code": "1", "from": 100}, {"code": "2", "from": 100}]
    told = {**CHECKLIST, "kind": "ladder", "steps": steps}
    del told["items"]
    assert codes(told) == ["not_ascending steps"]


def test_measures_have_a_licence_and_values_two_names() -> None:
    assert codes(CHECKLIST | {"kind": "measures"}) == ["licence_needed licence"]
    told = {**CHECKLIST, "kind": "codes", "codes": {"colour": {"values": {"red": {"zh": "红"}}}}}
    assert codes(told) == ["one_language codes › colour › red"]


@pytest.mark.parametrize("body", [None, [], "pack", 3])
def test_what_is_no_table_is_no_pack(body: object) -> None:
    assert [one.code for one in problems_of(body)] == ["not_a_table"]


def test_a_broken_file_is_told_with_its_name_and_takes_no_other_down(folder: Path) -> None:
    folder.mkdir()
    path = folder / "caring-default.toml"
    path.write_text(
        'id = "caring-default"\nkind = "rules"\nmark = "sure"\n[not_met]\nafter_days = 30\n', encoding="utf-8"
    )
    with pytest.raises(PackBroken) as broken:
        pack("caring-default")
    assert str(broken.value) == (f"{path}: mark: “sure” is not known here. Known are: verified, secondary, unverified.")
    assert edition("forms-core").pack_id == "forms-core"
