"""The rules of the field speak English here, so that their refusals can be read."""

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from tests.factories.cast import Cast, make_cast


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()
