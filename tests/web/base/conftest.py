"""A browser at the door, and the cast behind it."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories.cast import Cast, make_cast
from xiezuo.orgs.access import Actor


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def as_(client: Client) -> Callable[[Actor], Client]:
    """The browser with someone logged in."""

    def log_in(actor: Actor) -> Client:
        client.force_login(actor.user)
        return client

    return log_in
