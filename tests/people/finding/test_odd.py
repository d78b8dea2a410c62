"""Whatever is typed or written: nothing breaks, nothing fits everyone, and any part of any name finds."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.cast import DAY, Cast
from tests.people.finding.conftest import Find
from xiezuo.people.access import people_for
from xiezuo.people.actions import PersonFacts, register_people
from xiezuo.people.finding.plain import plain
from xiezuo.people.finding.scrap import understand
from xiezuo.people.finding.words import name_words
from xiezuo.people.search import found, matching
from xiezuo.people.vocab import Role

OPERATORS = ["NEAR(", "''", "names:", "<->", ":*", "names : a", '"a" OR', "a* OR (", "OR NOT AND"]
SIGNS = [*OPERATORS, *"*＊\"'-():^%_\\|&!=#~@ 　。{}\x00\u202e\u200b\ufeff\ud800"]
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize(
    "scrap", [*SIGNS, *(sign * 200 for sign in SIGNS), "王" * 200, "1" * 200, "a" * 200, "𠮷" * 200]
)
def test_signs_and_operators_neither_break_nor_fit_everyone(cast: Cast, find: Find, scrap: str) -> None:
    cast.person("付晓燕", cast.east, phone="15412342764", address="皮村")
    cast.person("刘浩宇", cast.east)
    assert find(scrap) == []


@pytest.mark.parametrize("scrap", ["付\u200b晓\u202e燕", "\ufeff付晓燕", "“付晓燕”", "付*晓燕", '"付晓燕" -'])
def test_marks_that_nobody_sees_do_not_hide_a_name(cast: Cast, find: Find, scrap: str) -> None:
    cast.person("付晓燕", cast.east)
    assert find(scrap) == [("付晓燕", "")]


def test_characters_beyond_the_first_plane_and_pictures_find(cast: Cast, find: Find) -> None:
    cast.person("𠮷田🌸", cast.east)
    assert find("𠮷") == find("𠮷田") == find("🌸") == find("田🌸") == [("𠮷田🌸", "")]


def test_a_name_of_signs_alone_that_a_sheet_brought_is_kept_and_found_by_its_phone(cast: Cast, find: Find) -> None:
    facts = PersonFacts(nickname="……", phone="15412342764")
    register_people(by=cast.xiaomei, everyone=[(facts, DAY)], site=cast.east, role=Role.VISITOR)
    assert find("2764") == [("……", "电话 …2764")]


@QUICK
@given(st.text(max_size=80))
def test_nothing_that_can_be_typed_raises(cast: Cast, scrap: str) -> None:
    found(cast.xiaomei, people_for(cast.xiaomei), scrap)
    list(matching(people_for(cast.xiaomei), scrap))


@given(st.text(min_size=1, max_size=40), st.data())
def test_any_part_of_any_name_fits_its_words(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 1))
    part = name[start : data.draw(st.integers(start + 1, len(name)))]
    scrap = understand(part)
    assert (scrap is None) == (plain(part) == "")
    inside_a_word = len(plain(part)) == 1 and plain(part).isascii()  # one letter is looked for at the beginning only
    if scrap is not None and not inside_a_word:
        assert any(way.fits(f" {name_words(name)} ") for way in scrap.names)


@QUICK
@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=2, max_size=4), st.data())
def test_any_part_of_a_chinese_name_finds_the_person(cast: Cast, name: str, data: st.DataObject) -> None:
    person = cast.person(name, cast.east)
    start = data.draw(st.integers(0, len(name) - 1))
    part = name[start : data.draw(st.integers(start + 1, len(name)))]
    assert person in [hit.person for hit in found(cast.xiaomei, people_for(cast.xiaomei), part)]
