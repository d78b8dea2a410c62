"""A mother, her girl of nine and her boy of fifteen."""

from datetime import timedelta

import pytest

from tests.factories.cast import Cast, make_cast
from tests.factories.own_side import guarded
from xiezuo.common.days import today
from xiezuo.people.models import Person


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def wang(cast: Cast) -> Person:
    return cast.person("王姐", cast.east, full_name="王素芬", sex="2", phone="15412342764")


def aged(years: int) -> dict[str, object]:
    return {"born_on": today() - timedelta(days=365 * years + 100)}


@pytest.fixture
def girl(cast: Cast, wang: Person) -> Person:
    child = cast.person("小雨", cast.east, **aged(9))
    guarded(cast, child, wang)
    return child


@pytest.fixture
def boy(cast: Cast, wang: Person) -> Person:
    young = cast.person("小宇", cast.east, **aged(15))
    guarded(cast, young, wang)
    return young
