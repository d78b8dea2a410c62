"""Whether someone being written down is here already: asked with reasons, and nothing is asked of families."""

from datetime import date

import pytest
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast, make_cast
from xiezuo.people.access import people_for
from xiezuo.people.matching.asked import Asked, who_is_here
from xiezuo.people.queries import likely_the_same

BORN = date(1988, 10, 23)
CHILD = date(2015, 3, 12)
PHONE = "15412340001"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def asked_for(cast: Cast, name: str, **facts: object) -> list[tuple[str, str]]:
    found = likely_the_same(people_for(cast.xiaomei), Asked(name, **facts))  # type: ignore[arg-type]
    return [(str(likeness.person), likeness.reason) for likeness in found]


@pytest.mark.parametrize(
    ("name", "facts", "reason"),
    [
        ("欧阳明珠", {"phone": PHONE}, "同名、这里几乎没有别人叫这个名字、电话相同"),
        ("歐陽明珠", {}, "同名，写法不同、这里几乎没有别人叫这个名字"),
        ("欧阳明朱", {"born": BORN, "precision": "day"}, "姓名同音、出生日期相同"),
        ("Ouyang Mingzhu", {"phone": PHONE}, "姓名相同（一个是拼音）、电话相同"),
        ("阿珠", {"phone": PHONE}, "称呼相近、电话相同"),
        ("欧阳姐", {"phone": PHONE, "sex": "2"}, "姓加称呼对得上、电话相同"),
        (
            "欧阳明珠",
            {"born": date(1988, 9, 13), "precision": "day"},
            "同名、这里几乎没有别人叫这个名字、生日相同（一个是农历）",
        ),
        ("珠珠", {}, "称呼相同"),
    ],
)
def test_whoever_is_here_is_found_however_they_are_written(
    cast: Cast, name: str, facts: dict[str, object], reason: str
) -> None:
    known = {"full_name": "欧阳明珠", "sex": "2", "born_on": BORN, "born_precision": "day", "phone": PHONE}
    cast.person("珠珠", cast.east, **known)
    assert asked_for(cast, name, **facts) == [("欧阳明珠", reason)]


@pytest.mark.parametrize(
    ("here", "name", "facts"),
    [
        pytest.param(
            {"full_name": "王浩然", "born_on": CHILD, "born_precision": "day", "phone": PHONE, "sex": "1"},
            "王浩宇",
            {"born": CHILD, "precision": "day", "phone": PHONE, "sex": "1"},
            id="twins",
        ),
        pytest.param(
            {"full_name": "王浩然", "born_on": CHILD, "born_precision": "day", "phone": PHONE},
            "王欣怡",
            {"born": date(2012, 7, 1), "precision": "day", "phone": PHONE},
            id="brother and sister",
        ),
        pytest.param(
            {"full_name": "李建国", "born_on": BORN, "born_precision": "day", "phone": PHONE, "sex": "1"},
            "李建",
            {"born": CHILD, "precision": "day", "phone": PHONE, "sex": "1"},
            id="father and son",
        ),
        pytest.param({"full_name": "赵敏", "phone": PHONE}, "钱红", {"phone": PHONE}, id="one telephone"),
        pytest.param(
            {"full_name": "赵敏", "born_on": BORN, "born_precision": "day"},
            "钱红",
            {"born": BORN, "precision": "day"},
            id="one birthday",
        ),
    ],
)
def test_families_and_strangers_are_not_asked_about(
    cast: Cast, here: dict[str, object], name: str, facts: dict[str, object]
) -> None:
    cast.person(str(here["full_name"]), cast.east, **here)
    assert asked_for(cast, name, **facts) == []


def test_the_same_identity_number_is_told_whatever_the_name(cast: Cast) -> None:
    cast.person("刘桂花", cast.east, full_name="刘桂花", id_number="11010519491231002X")
    assert asked_for(cast, "新来的", id_number="11010519491231002x") == [("刘桂花", "身份证号相同")]


def test_of_many_bearers_of_a_name_the_one_with_the_telephone_comes_first(cast: Cast) -> None:
    for n in range(12):
        cast.person("王芳", cast.east, full_name="王芳", phone=f"1541234{n:04}")
    here = who_is_here(people_for(cast.xiaomei), Asked("王芳", phone="15412340007"))
    assert here[0].evidence == ("name_same", "phone_same", "name_common")


def test_nobody_is_asked_about_whom_the_asker_does_not_work_with(cast: Cast) -> None:
    cast.person("欧阳明珠", cast.west, full_name="欧阳明珠", phone=PHONE)
    assert asked_for(cast, "欧阳明珠", phone=PHONE) == []


def test_asking_reads_as_often_in_a_house_of_many_as_of_few(cast: Cast) -> None:
    from django.db import connection

    counts = []
    for many in (1, 70):
        for n in range(many):
            cast.person(
                "王芳", cast.east, full_name="王芳", phone=f"15412{many}{n:04}", born_on=CHILD, born_precision="day"
            )
        with CaptureQueriesContext(connection) as queries:
            who_is_here(people_for(cast.xiaomei), Asked("王芳", phone=PHONE, born=CHILD, precision="day"))
        counts.append(len(queries))
    assert counts == [6, 7]
