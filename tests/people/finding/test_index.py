"""What people are found by is kept by whatever writes them, in the same transaction, and can be made anew."""

import pytest
from django.db import connection, transaction

from tests.factories.cast import DAY, Cast
from tests.factories.facts import facts_of
from tests.people.finding.conftest import Find
from xiezuo.people.access import people_for
from xiezuo.people.actions import (
    PersonFacts,
    add_what_is_new,
    correct_household,
    correct_person,
    found_household,
    leave_household,
    register_people,
    relate,
    take_in_people,
)
from xiezuo.people.actions.taking_in import Home, take_in_homes
from xiezuo.people.finding.index import astray, index_everyone, index_people
from xiezuo.people.models import Findable, HouseholdMember, Person, Relationship
from xiezuo.people.search import matching
from xiezuo.people.taking_back import take_back_households, take_back_people, take_back_ties
from xiezuo.people.vocab import Relation, Role


@pytest.fixture
def family(cast: Cast) -> tuple[Person, Person]:
    mother, child = cast.person("王素芬", cast.east), cast.person("刘浩宇", cast.east)
    relate(by=cast.xiaomei, person=child, other=mother, relation=Relation.CHILD)
    return mother, child


def test_a_registration_that_is_taken_back_leaves_nothing_to_find(cast: Cast, find: Find) -> None:
    with transaction.atomic():
        cast.person("王素芬", cast.east)
        assert find("王素芬") == [("王素芬", "")]
        transaction.set_rollback(True)
    assert find("王素芬") == []
    assert index_rows("王素") == 0


def index_rows(pair: str) -> int:
    """Rows of the database's own index that name a pair of characters."""
    asked = {
        "sqlite": "SELECT COUNT(*) FROM people_findable_index WHERE people_findable_index MATCH %s",
        "postgresql": "SELECT COUNT(*) FROM people_findable WHERE lexemes @@ %s::tsquery",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor], [f'"{pair}"' if connection.vendor == "sqlite" else f"'{pair}'"])
        return int(cursor.fetchone()[0])


def test_a_corrected_name_finds_also_the_family_and_the_old_one_no_longer(
    cast: Cast, find: Find, family: tuple[Person, Person]
) -> None:
    _mother, child = family
    facts = facts_of(child)
    facts.nickname = "刘子轩"
    correct_person(by=cast.xiaomei, person=child, facts=facts, on=DAY)
    assert find("子轩") == [("刘子轩", ""), ("王素芬", "子女 刘子轩")]
    assert find("浩宇") == []
    assert index_rows("浩宇") == 0


def test_a_list_of_people_written_at_once_is_found(cast: Cast, find: Find) -> None:
    everyone = [(PersonFacts(nickname=name), DAY) for name in ("王素芬", "付晓燕")]
    register_people(by=cast.xiaomei, everyone=everyone, site=cast.east, role=Role.PARTICIPANT)
    assert find("素芬") == [("王素芬", "")]
    assert find("fxy") == [("付晓燕", "")]


def test_people_of_a_sheet_are_found_and_no_more_once_it_is_taken_back(cast: Cast, find: Find) -> None:
    here = cast.person("陈姨", cast.east)
    facts = [PersonFacts(nickname=name) for name in ("王素芬", "刘浩宇")]
    mother, child = take_in_people(
        by=cast.xiaomei, everyone=facts, sites=[cast.east, cast.east], on=DAY, legal_basis=""
    )
    tie = (child.pk, Relation.CHILD, mother.pk)
    home = Home(head=mother.pk, members=[(child.pk, Relation.CHILD), (here.pk, Relation.OTHER)], ties=[tie])
    (housed,) = take_in_homes(by=cast.xiaomei, homes=[home], on=DAY)
    assert find("浩宇") == [("刘浩宇", ""), ("陈姨", "家人 刘浩宇"), ("王素芬", "子女 刘浩宇")]
    take_back_households([housed.household])
    assert find("浩宇") == [("刘浩宇", ""), ("王素芬", "子女 刘浩宇")]
    take_back_people([mother.pk, child.pk])
    assert find("浩宇") == find("素芬") == []
    assert Findable.objects.count() == 1


def test_what_a_sheet_adds_to_someone_finds_them(cast: Cast, find: Find) -> None:
    here = cast.person("王素芬", cast.east)
    add_what_is_new(by=cast.xiaomei, known=[(here, PersonFacts(nickname="王素芬", phone="15412342764"))])
    assert find("2764") == [("王素芬", "电话 …2764")]


def test_ties_taken_back_no_longer_find(cast: Cast, find: Find, family: tuple[Person, Person]) -> None:
    take_back_ties(relationships=Relationship.objects.values_list("pk", flat=True))
    assert find("浩宇") == [("刘浩宇", "")]
    assert find("素芬") == [("王素芬", "")]


def test_who_moved_out_no_longer_finds_those_who_stayed(cast: Cast, find: Find) -> None:
    mother, aunt = cast.person("王素芬", cast.east), cast.person("陈姨", cast.east)
    home = found_household(by=cast.xiaomei, head=mother, members=[(aunt, Relation.OTHER)], on=DAY, address="皮村")
    leave_household(by=cast.xiaomei, member=HouseholdMember.objects.get(person=aunt), on=DAY)
    assert find("陈姨") == [("陈姨", "")]
    assert [name for name, _reason in find("皮村")] == ["王素芬"]
    correct_household(by=cast.xiaomei, household=home, facts={"address": "东坝"})
    assert find("皮村") == []
    assert [name for name, _reason in find("东坝")] == ["王素芬"]


def test_everyone_is_found_as_before_when_all_words_are_made_anew(
    cast: Cast, find: Find, family: tuple[Person, Person]
) -> None:
    before = list(Findable.objects.order_by("pk").values_list("pk", "names", "beside"))
    Findable.objects.all().delete()
    assert find("素芬") == []
    assert astray() == (2, 0)
    assert index_everyone() == 2
    assert list(Findable.objects.order_by("pk").values_list("pk", "names", "beside")) == before
    assert find("浩宇") == [("刘浩宇", ""), ("王素芬", "子女 刘浩宇")]
    assert astray() == (0, 0)
    cast.person("付晓燕", cast.east)
    assert find("晓燕") == [("付晓燕", "")]


def test_words_that_fell_behind_the_record_show_and_are_made_good(cast: Cast, find: Find) -> None:
    person = cast.person("王素芬", cast.east)
    Person.objects.filter(pk=person.pk).update(nickname="付晓燕")
    assert astray() == (0, 1)
    index_people([person.pk])
    assert astray() == (0, 0)
    assert find("付晓燕") == [("付晓燕", "")]


def test_everyone_whom_a_scrap_fits_can_be_asked_on(cast: Cast, family: tuple[Person, Person]) -> None:
    everyone = matching(people_for(cast.chenli), "浩宇")
    assert [str(person) for person in everyone.filter(nickname__startswith="王")] == ["王素芬"]
    assert list(matching(people_for(cast.zhiyuan), "浩宇")) == list(matching(people_for(cast.chenli), " ")) == []
