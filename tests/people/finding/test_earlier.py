"""What someone was called, or where they could be reached before, still finds them."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override

from tests.factories.cast import DAY, Cast
from tests.factories.facts import facts_of
from xiezuo.people.access import people_for
from xiezuo.people.actions import (
    correct_person,
    end_guardianship,
    found_household,
    move_household,
    note_guardianship,
    relate,
)
from xiezuo.people.models import Person
from xiezuo.people.search import found
from xiezuo.people.vocab import GuardianBasis, Relation

MAY = date(2026, 5, 4)


@pytest.fixture
def wang(cast: Cast) -> Person:
    person = cast.person("王姐", cast.east, full_name="王素芬", phone="15412342764", address="皮村")
    facts = replace(facts_of(person), full_name="王欣", phone="15499990001")
    return correct_person(by=cast.xiaomei, person=person, facts=facts, on=DAY, changed_on=MAY)


def told(cast: Cast, scrap: str) -> list[tuple[str, str]]:
    with override("en"):
        return [(str(hit.person), hit.reason) for hit in found(cast.xiaomei, people_for(cast.xiaomei), scrap)]


@pytest.mark.parametrize(
    ("scrap", "reason"),
    [("王素芬", "earlier full name 王素芬"), ("12342", "earlier phone …2764"), ("99990", "phone …0001")],
)
def test_an_earlier_name_or_number_finds_her_and_says_so(cast: Cast, wang: Person, scrap: str, reason: str) -> None:
    assert told(cast, scrap) == [("王欣", reason)]


def test_the_home_they_moved_from_still_finds_the_family(cast: Cast, wang: Person) -> None:
    home = found_household(by=cast.xiaomei, head=wang, on=DAY)
    move_household(by=cast.xiaomei, household=home, address="马各庄", on=MAY)
    assert told(cast, "马各庄") == [("王欣", "address 马各庄")]
    assert told(cast, "皮村") == [("王欣", "earlier address 皮村")]


def test_a_child_finds_the_guardian_as_long_as_she_is_one(cast: Cast, wang: Person) -> None:
    child = cast.person("小宇宙", cast.east)
    row = note_guardianship(by=cast.xiaomei, ward=child, guardian=wang, basis=GuardianBasis.APPOINTED)
    assert [name for name, _reason in told(cast, "小宇宙")] == ["小宇宙", "王欣"]
    end_guardianship(by=cast.xiaomei, guardianship=row, on=MAY)
    assert [name for name, _reason in told(cast, "小宇宙")] == ["小宇宙"]


def test_who_is_related_to_someone_not_open_is_not_found_by_that_name(cast: Cast, wang: Person) -> None:
    brother = cast.person("赵铁柱", cast.west)
    relate(by=cast.chenli, person=brother, other=wang, relation=Relation.SIBLING)
    assert told(cast, "赵铁柱") == []
    with override("en"):
        seen = [str(hit.person) for hit in found(cast.chenli, people_for(cast.chenli), "赵铁柱")]
    assert seen == ["赵铁柱", "王欣"]
