"""Many rows written at once are the rows that one would have written one by one."""

from datetime import date

import pytest

from tests.factories.cast import Cast, make_cast
from xiezuo.common import bulk
from xiezuo.common.bulk import save_columns, write_new
from xiezuo.people.models import Person
from xiezuo.people.sensitive import fetch_sensitive, write_sensitive_of_new
from xiezuo.people.vocab import BornPrecision

FACTS = ("full_name", "born_on", "tags", "id_number", "note", "safe_to_message", "disability_grade")


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def people(cast: Cast, many: int) -> list[Person]:
    """Everyone has something of their own, and every second leaves most open."""
    told = [
        {
            "born_on": date(1990, 1, 1 + n % 28),
            "born_precision": BornPrecision.DAY,
            "tags": [f"第{n}", '"引号"，{括号}'],
            "id_number": f"11010519491231{n:04}",
            "note": "一行\n二行\t'它'\\",
            "safe_to_message": True,
            "disability_grade": 2,
        }
        if n % 2
        else {"id_number": "", "tags": []}
        for n in range(many)
    ]
    return [
        Person(nickname=f"人{n}", full_name=f"人{n}", recorded_by=cast.xiaomei.user, **facts)
        for n, facts in enumerate(told)
    ]


def kept(person: Person) -> list[object]:
    return [getattr(person, name) for name in FACTS]


def test_new_rows_come_back_as_they_were_given_each_with_its_own_key(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 200)  # a handful of people in one statement
    written = write_new(people(cast, 23))
    write_sensitive_of_new(written)
    here = Person.objects.in_bulk([person.pk for person in written])
    fetch_sensitive([*here.values()])
    assert len(here) == 23
    assert [kept(here[person.pk]) for person in written] == [kept(person) for person in people(cast, 23)]


def test_a_row_that_was_written_at_once_is_changed_like_any_other(cast: Cast) -> None:
    first, second = write_new(people(cast, 2))
    first.school, second.school = "改过", ""
    first.save()
    save_columns([second], ["school"])
    assert [person.school for person in Person.objects.filter(pk__in=[first.pk, second.pk]).order_by("pk")] == [
        "改过",
        "",
    ]


def test_nothing_is_written_for_nobody(cast: Cast) -> None:
    assert write_new([]) == []
