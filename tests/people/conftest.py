"""One woman who is written down twice, in the East and in the West."""

import pytest

from tests.factories.cast import Cast, make_cast
from xiezuo.people.models import Person


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def wang(cast: Cast) -> Person:
    return cast.person("王姐", cast.east, full_name="王素芬", phone="15412342764", note="怕狗")


@pytest.fixture
def fen(cast: Cast) -> Person:
    """The same woman, written down again in the West."""
    return cast.person("阿芬", cast.west, full_name="王素芬", school="第三小学", note="夜班", phone="13900001111")
