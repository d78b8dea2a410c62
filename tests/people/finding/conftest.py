from collections.abc import Callable

import pytest

from tests.factories.cast import Cast, make_cast
from xiezuo.people.access import people_for
from xiezuo.people.search import found

Find = Callable[[str], list[tuple[str, str]]]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def find(cast: Cast) -> Find:
    """What 小梅, who works at East, finds: (name, reason)."""

    def ask(scrap: str) -> list[tuple[str, str]]:
        return [(str(hit.person), hit.reason) for hit in found(cast.xiaomei, people_for(cast.xiaomei), scrap)]

    return ask
