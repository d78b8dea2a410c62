import pytest

from tests.factories.cast import Cast, make_cast
from tests.factories.lasting import lasting  # noqa: F401
from tests.factories.march import tell_march


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def march(cast: Cast) -> Cast:
    return tell_march(cast)
