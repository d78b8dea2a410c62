"""A family is drawn from what is written down, and nobody is told of whom they may not know."""

from datetime import date

import pytest

from tests.factories.cast import DAY, Cast, login, make_cast
from xiezuo.orgs.access import actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.access import SectionClosed
from xiezuo.people.actions import found_household, relate
from xiezuo.people.kinship import Kinship, kinship_of
from xiezuo.people.models import Person, Relationship
from xiezuo.people.vocab import Relation

PARENT, CHILD, SPOUSE, SIBLING, GRANDPARENT = (
    Relation.PARENT,
    Relation.CHILD,
    Relation.SPOUSE,
    Relation.SIBLING,
    Relation.GRANDPARENT,
)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def people(cast: Cast, *names: str) -> list[Person]:
    return [cast.person(name, cast.east) for name in names]


def tied(cast: Cast, one: Person, relation: Relation, other: Person) -> None:
    relate(by=cast.chenli, person=one, other=other, relation=relation, on=DAY)


def told(kin: Kinship) -> dict[str, int]:
    return {str(kin.people[pk]): n for pk, n in kin.generations.items()}


def test_three_generations_from_household_and_relations(cast: Cast) -> None:
    wang, zhang, yu, mother = people(cast, "王姐", "老张", "小宇", "李奶奶")
    found_household(by=cast.chenli, head=wang, members=[(zhang, SPOUSE), (yu, CHILD)], on=DAY)
    tied(cast, mother, PARENT, wang)
    kin = kinship_of(cast.chenli, yu)
    assert told(kin) == {"李奶奶": 0, "王姐": 1, "老张": 1, "小宇": 2}
    assert kin.couples == [(wang.pk, zhang.pk)]
    assert {(tuple(sorted(parents)), child) for parents, child in kin.children} == {
        ((wang.pk, zhang.pk), yu.pk),
        ((mother.pk,), wang.pk),
    }
    assert kin.living == {wang.pk, zhang.pk, yu.pk}


def test_another_parent_written_down_is_not_overruled_by_the_household(cast: Cast) -> None:
    wang, zhang, yu, father = people(cast, "王姐", "老张", "小宇", "前夫")
    found_household(by=cast.chenli, head=wang, members=[(zhang, SPOUSE), (yu, CHILD)], on=DAY)
    tied(cast, father, PARENT, yu)
    kin = kinship_of(cast.chenli, yu)
    assert ({*kin.children[0][0]}, kin.children[0][1]) == ({wang.pk, father.pk}, yu.pk)


def test_those_who_parted_stay_on_the_picture(cast: Cast) -> None:
    wang, ex = people(cast, "王姐", "前夫")
    tied(cast, ex, SPOUSE, wang)
    Relationship.objects.update(to_on=date(2026, 3, 10))
    kin = kinship_of(cast.chenli, wang)
    assert (kin.couples, kin.parted) == ([(wang.pk, ex.pk)], {(wang.pk, ex.pk)})


def test_siblings_share_parents_where_one_of_them_has_any(cast: Cast) -> None:
    yu, sister, mother, lone, brother = people(cast, "小宇", "小雨", "王姐", "阿强", "阿壮")
    tied(cast, sister, SIBLING, yu)
    tied(cast, mother, PARENT, yu)
    tied(cast, brother, SIBLING, lone)
    kin = kinship_of(cast.chenli, yu)
    assert {child for _parents, child in kin.children} == {yu.pk, sister.pk}
    assert kinship_of(cast.chenli, lone).siblings == [(lone.pk, brother.pk)]


def test_a_grandmother_stands_above_a_parent(cast: Cast) -> None:
    yu, mother, granny = people(cast, "小宇", "王姐", "李奶奶")
    tied(cast, granny, GRANDPARENT, yu)
    tied(cast, mother, PARENT, yu)
    kin = kinship_of(cast.chenli, yu)
    assert told(kin) == {"李奶奶": 0, "王姐": 1, "小宇": 2}
    assert sorted(kin.children) == sorted([((mother.pk,), yu.pk), ((granny.pk,), mother.pk)])


def test_records_that_contradict_each_other_draw_what_fits(cast: Cast) -> None:
    one, other = people(cast, "甲", "乙")
    tied(cast, one, PARENT, other)
    tied(cast, other, PARENT, one)
    kin = kinship_of(cast.chenli, one)
    assert len(kin.children) == 1


def test_relatives_of_whom_nobody_told_are_not_followed(cast: Cast) -> None:
    """Of a relative at another site the worker reads neither the name nor the family."""
    wang = cast.person("王姐", cast.east)
    mother, uncle = cast.person("李奶奶", cast.west), cast.person("舅舅", cast.west)
    tied(cast, mother, PARENT, wang)
    tied(cast, uncle, CHILD, mother)
    kin = kinship_of(cast.xiaomei, wang)
    assert ({*kin.people}, kin.known) == ({wang.pk, mother.pk}, {wang.pk})
    assert {*kinship_of(cast.chenli, wang).people} == {wang.pk, mother.pk, uncle.pk}


def test_the_family_part_is_asked(cast: Cast) -> None:
    child = cast.person("小雨", cast.east, born_on=date(2017, 1, 1))
    other = actor_for(login("majun", "马军", (StaffRole.SOCIAL_WORKER, cast.east)))
    with pytest.raises(SectionClosed):
        kinship_of(other, child)
