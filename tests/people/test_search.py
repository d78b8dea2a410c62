"""Finding someone by any scrap, and not finding who is not open."""

import pytest

from tests.factories.cast import Cast, make_cast
from tests.factories.facts import facts_of
from xiezuo.people.access import people_for
from xiezuo.people.actions import correct_person
from xiezuo.people.search import found as search

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    cast.person("王姐", cast.east, full_name="王素芬", phone="154 1234 2764")
    cast.person("迪丽", cast.east, full_name="迪丽拜尔·吐尔逊江", alias="阿迪")
    cast.person("付老师", cast.east, full_name="付晓燕", id_number="11010519491231002X")
    cast.person("小付", cast.west, full_name="付强")
    return cast


def found(cast: Cast, scrap: str) -> list[str]:
    return [str(hit.person) for hit in search(cast.xiaomei, people_for(cast.xiaomei), scrap)]


@pytest.mark.parametrize(
    ("scrap", "name"),
    [
        ("王素芬", "王素芬"),
        ("素芬", "王素芬"),
        ("芬", "王素芬"),
        ("王 素 芬", "王素芬"),
        ("wangsufen", "王素芬"),
        ("sufen", "王素芬"),
        ("WangSuFen", "王素芬"),
        ("wsf", "王素芬"),
        ("王姐", "王素芬"),
        ("wj", "王素芬"),
        ("2764", "王素芬"),
        ("15412342764", "王素芬"),
        ("迪丽拜尔·吐尔逊江", "迪丽拜尔·吐尔逊江"),
        ("迪丽拜尔•吐尔逊江", "迪丽拜尔·吐尔逊江"),
        ("迪丽拜尔.吐尔逊江", "迪丽拜尔·吐尔逊江"),
        ("迪丽拜尔吐尔逊江", "迪丽拜尔·吐尔逊江"),
        ("吐尔逊江", "迪丽拜尔·吐尔逊江"),
        ("阿迪", "迪丽拜尔·吐尔逊江"),
        ("fxy", "付晓燕"),
        ("fuxiao", "付晓燕"),
        ("002X", "付晓燕"),
        ("002x", "付晓燕"),
    ],
)
def test_any_scrap_of_a_name_or_the_last_four_digits_finds_one_person(cast: Cast, scrap: str, name: str) -> None:
    assert found(cast, scrap) == [name]


@pytest.mark.parametrize("scrap", ["", "  ", "赵", "zhao", "9999", "110105", "付强", "xiaofu", "%", "_"])
def test_nobody_is_found_by_nothing_by_strangers_names_or_by_the_front_of_an_identity_number(
    cast: Cast, scrap: str
) -> None:
    assert found(cast, scrap) == []


def test_one_letter_is_the_beginning_of_a_name(cast: Cast) -> None:
    assert found(cast, "f") == ["付晓燕"]
    assert found(cast, "n") == []


def test_who_is_called_exactly_so_comes_first_then_who_begins_so(cast: Cast) -> None:
    cast.person("小王", cast.east, full_name="王")
    cast.person("隔壁老王", cast.east)
    assert found(cast, "王") == ["王", "王素芬", "隔壁老王"]


def test_after_a_correction_the_new_name_is_found_and_the_old_one_is_not(cast: Cast) -> None:
    (hit,) = search(cast.xiaomei, people_for(cast.xiaomei), "王姐")
    person = hit.person
    facts = facts_of(person)
    facts.full_name, facts.nickname, facts.phone = "王淑芬", "王大姐", "15412340000"
    correct_person(by=cast.xiaomei, person=person, facts=facts, on=person.recorded_at.date())
    assert found(cast, "王淑芬") == found(cast, "0000") == ["王淑芬"]
    assert found(cast, "素芬") == found(cast, "2764") == []


def test_a_system_administrator_finds_nobody(cast: Cast) -> None:
    assert search(cast.zhiyuan, people_for(cast.zhiyuan), "王") == []
