"""Who may be here already: proposed with reasons, never merged; families are not duplicates."""

from datetime import date

import pytest
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast, make_cast
from xiezuo.people.access import people_for
from xiezuo.people.actions import PersonFacts, register_person, relate
from xiezuo.people.identity import id_index
from xiezuo.people.matching import Pool, house_pool, reason_words
from xiezuo.people.matching.sketch import Sketch, sketch
from xiezuo.people.vocab import Relation, Sex

DAY = date(2026, 3, 2)
BORN = date(2015, 3, 2)
MALE, FEMALE = Sex.MALE, Sex.FEMALE
KIN = {"guardians": frozenset(["付国强"])}
KIN_OTHERWISE = {"guardians": frozenset(["付國強"])}


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def born(on: date = BORN) -> dict[str, object]:
    return {"born": on, "precision": "day"}


def someone(name: str, **facts: object) -> Sketch:
    return sketch(name=name, **facts)  # type: ignore[arg-type]


def reasons(known: Sketch, asked: Sketch, *, of: int = 200) -> list[str] | None:
    """What speaks for `asked` being `known`, in a house of 200 people; None: not proposed."""
    pool = Pool(size=of, on=DAY)
    pool.add(1, known, counted=True)
    found = pool.alike(asked)
    return list(found[0].evidence) if found else None


@pytest.mark.parametrize(
    ("here", "asked", "evidence"),
    [
        (
            {"name": "付小雨", "phone": "15412340001"},
            {"name": "付小雨", "phone": "154-1234-0001"},
            "name_same phone_same",
        ),
        ({"name": "刘晓燕", **born()}, {"name": "劉曉燕", **born()}, "name_variant birth_day"),
        ({"name": "张晓明", **born()}, {"name": "张小明", **born()}, "name_sound birth_day"),
        (
            {"name": "欧阳娜娜", **born(date(1990, 5, 6))},
            {"name": "欧阳娜拉", **born(date(1990, 5, 6))},
            "name_close birth_day",
        ),
        (
            {"name": "王小明", **born(date(1980, 5, 6))},
            {"name": "王明", **born(date(1980, 5, 6))},
            "name_close birth_day",
        ),
        ({"name": "付小雨", **born()}, {"name": "付小雨", **born(date(2015, 2, 3))}, "name_same birth_swapped"),
        (
            {"name": "付小雨", **born()},
            {"name": "付小雨", "born": date(2015, 1, 1), "precision": "year"},
            "name_same birth_year",
        ),
        (
            {"name": "王自强", "phone": "15412340001"},
            {"name": "阿强", "called": True, "phone": "15412340001"},
            "name_called phone_same",
        ),
        (
            {"name": "付小雨", "address": "皮村12号"},
            {"name": "付小雨", "address": "朝阳区金盏乡皮村12号"},
            "name_same address_same",
        ),
        (
            {"name": "付小雨", "guardians": frozenset(["付国强"])},
            {"name": "付小雨", "guardians": frozenset(["付國強"])},
            "name_same guardian_same",
        ),
    ],
)
def test_the_same_person_written_differently_is_proposed(
    here: dict[str, object], asked: dict[str, object], evidence: str
) -> None:
    assert reasons(sketch(**here), sketch(**asked)) == evidence.split()  # type: ignore[arg-type]


HOME: dict[str, object] = {"phone": "15412340001", "address": "皮村12号", "guardians": frozenset(["王国强"])}


@pytest.mark.parametrize(
    ("here", "asked"),
    [
        pytest.param({"name": "王浩然", **born(), **HOME}, {"name": "王浩宇", **born(), **HOME}, id="twins"),
        pytest.param({"name": "王浩然", **HOME}, {"name": "王浩宇", **HOME}, id="siblings of unknown age"),
        pytest.param(
            {"name": "王小雨", **born(), **HOME}, {"name": "王雨", **born(date(2012, 1, 1)), **HOME}, id="siblings"
        ),
        pytest.param(
            {"name": "李建国", **born(date(1980, 1, 1)), "phone": "15412340001", "sex": MALE},
            {"name": "李建军", **born(date(2008, 6, 1)), "phone": "15412340001", "sex": MALE},
            id="father and son",
        ),
        pytest.param(
            {"name": "赵敏", "phone": "15412340001"}, {"name": "钱红", "phone": "15412340001"}, id="one telephone"
        ),
        pytest.param(
            {"name": "张伟", **born(), "sex": MALE},
            {"name": "张伟", **born(date(1970, 7, 7)), "sex": FEMALE},
            id="namesakes",
        ),
        pytest.param(
            {"name": "付小雨", "home": "1#a"}, {"name": "付小雨", "home": "1#a"}, id="one block of a register"
        ),
        pytest.param({"name": "小王", "called": True}, {"name": "王小明"}, id="a form of address and nothing else"),
    ],
)
def test_people_of_one_family_and_namesakes_are_not_proposed(here: dict[str, object], asked: dict[str, object]) -> None:
    assert reasons(sketch(**here), sketch(**asked)) is None  # type: ignore[arg-type]


def test_the_same_number_is_certain_only_if_the_name_agrees() -> None:
    number = id_index("11010519491231002X")
    pool = Pool(size=50, on=DAY)
    pool.add(1, someone("刘桂花", id_index=number), counted=True)
    said = [
        [(alike.certain, alike.evidence[0]) for alike in pool.alike(someone(name, id_index=number))]
        for name in ("刘桂花", "劉桂花", "刘桂芬")
    ]
    assert said == [[(True, "name_same")], [(True, "name_variant")], [(False, "name_close")]]


def test_a_common_name_alone_says_nothing_where_many_bear_it_and_something_where_nobody_else_does() -> None:
    few, many = Pool(size=3000, on=DAY), Pool(size=3000, on=DAY)
    few.add(1, someone("付小雨"), counted=True)
    for n in range(30):
        many.add(n, someone("付小雨"), counted=True)
    assert [len(pool.alike(someone("付小雨"))) for pool in (few, many)] == [1, 0]


def test_whoever_bears_exactly_the_name_comes_alone() -> None:
    pool = Pool(size=10, on=DAY)
    pool.add(1, someone("王浩然", **born(date(1990, 5, 6))), counted=True)
    pool.add(2, someone("王浩宇", **born(date(1990, 5, 6))), counted=True)
    assert [alike.ref for alike in pool.alike(someone("王浩宇", **born(date(1990, 5, 6))))] == [2]


def test_the_people_of_the_house_are_compared_with_those_who_care_for_them(cast: Cast) -> None:
    father = cast.person("付国强", cast.east, full_name="付国强", phone="15412340001")
    yu = cast.person("付小雨", cast.east, full_name="付小雨")
    relate(by=cast.xiaomei, person=father, other=yu, relation=Relation.PARENT)
    asked = someone("付小雨", guardians=frozenset(["付国强"]), guardian_phones=frozenset(["15412340001"]))
    found = house_pool(people_for(cast.xiaomei), [asked]).alike(asked)
    assert [(alike.ref, alike.evidence) for alike in found] == [
        (yu.pk, ("name_same", "guardian_phone", "guardian_same"))
    ]


def test_nobody_is_compared_with_people_they_do_not_work_with(cast: Cast) -> None:
    cast.person("付小雨", cast.west, full_name="付小雨", phone="15412340001")
    asked = someone("付小雨", phone="15412340001")
    assert [len(house_pool(people_for(who), [asked]).alike(asked)) for who in (cast.xiaomei, cast.haiyan)] == [0, 1]


def test_comparing_many_asks_the_database_as_often_as_comparing_one(
    cast: Cast, django_assert_num_queries: object
) -> None:
    from django.db import connection

    for n in range(6):
        register_person(by=cast.xiaomei, facts=PersonFacts(nickname=f"付小{n}", phone=f"1541234000{n}"), on=DAY)
    asked = [[someone(f"付小{n}", phone=f"1541234000{n}") for n in range(many)] for many in (1, 6)]
    counts = []
    for sketches in asked:
        with CaptureQueriesContext(connection) as queries:
            pool = house_pool(people_for(cast.xiaomei), sketches)
        assert [len(pool.alike(one)) for one in sketches] == [1] * len(sketches)
        counts.append(len(queries))
    assert counts == [3, 3]


def test_reasons_are_told_in_words() -> None:
    said = reason_words(["name_same", "phone_same", "address_differs", "sex_same"])
    assert said == (["同名", "电话相同"], ["地址不同"])
