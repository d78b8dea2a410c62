"""The code lists from which forms choose: official tables, those of the product, and those a house edits."""

import re

from xiezuo.forms.definitions import FieldDef, form_definitions
from xiezuo.forms.packs import codes, pack
from xiezuo.forms.packs.finding import all_items
from xiezuo.forms.vocab import Mark, PackKind
from xiezuo.orgs.vocab import OrgKind
from xiezuo.people import vocab as people
from xiezuo.service.vocab import Method, ParticipationMode, ServiceLine

CHINESE = re.compile("[\u4e00-\u9fff]")


def lists_of(fields: tuple[FieldDef, ...]) -> set[str]:
    inside = (lists_of(one.rows) for one in fields)
    return {one.code_list for one in fields if one.code_list}.union(*inside)


def test_every_choice_has_its_list_in_both_languages() -> None:
    named = set().union(*(lists_of(tuple(form.fields())) for form in form_definitions()))
    for code_list in (named | {"method", "service_line", "supply_kind"}) - {"rating"}:
        assert codes(code_list)
        for code, words in codes(code_list).items():
            assert CHINESE.search(words["zh"]), (code_list, code)
            assert words["en"][0].isupper() or words["en"][0].isdigit(), (code_list, code)
            assert not CHINESE.search(words["en"]) and "_" not in words["en"] and words["en"] != code, (code_list, code)
    assert [*codes("rating")] == ["1A", "2A", "3A", "4A", "5A"]


def test_every_list_says_where_it_is_from_and_how_far_that_was_looked_up() -> None:
    for name, found in all_items(PackKind.CODES, "codes").items():
        assert found.value["source"] and Mark(found.value["mark"]), name


def test_a_list_that_the_house_knows_too_has_the_same_codes() -> None:
    known = {
        "method": Method,
        "service_line": ServiceLine,
        "participation_mode": ParticipationMode,
        "org_kind": OrgKind,
        "role": people.Role,
        "sex": people.Sex,
        "born_precision": people.BornPrecision,
        "id_type": people.IdType,
        "disability": people.Disability,
        "relationship": people.Relation,
        "consent_purpose": people.ConsentPurpose,
        "consent_way": people.ConsentWay,
        "assent": people.Assent,
        "withhold": people.Withhold,
        "data_request": people.DataRequestKind,
        "check_result": people.CheckResult,
        "retention_start": people.RetentionStart,
        "destroy_way": people.DestroyWay,
    }
    assert {name: set(codes(name)) for name in known} == {name: set(one.values) for name, one in known.items()}


def test_lists_drawn_from_other_packs_agree_with_them() -> None:
    assert [*codes("age_band")] == [*(one["code"] for one in pack("age-bands-core")["bands"]), "unknown"]
    assert set(codes("record_class")) == {one["code"] for one in pack("retention-default")["classes"]}


def test_the_official_tables_are_whole() -> None:
    assert [*codes("sex")] == ["0", "1", "2", "9"]
    assert [*codes("ethnic_group")] == [*(f"{number:02}" for number in range(1, 57)), "97", "98"]
    assert [*codes("political_status")] == [f"{number:02}" for number in range(1, 14)]
    assert [*codes("marriage")] == ["10", "20", "21", "22", "23", "30", "40", "90"]
    assert [*codes("education")] == ["10", "20", "30", "40", "60", "70", "80", "90"]
