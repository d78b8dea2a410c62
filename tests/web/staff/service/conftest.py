"""March as the counting rules tell it, for the pages that show it."""

import pytest
from django.test import Client

from tests.factories.cast import Cast, make_cast
from tests.factories.lasting import lasting  # noqa: F401
from tests.factories.march import COUNTED, LISTED, NAMED, TODAY, named, tell_march, written
from xiezuo.orgs.access import Actor

__all__ = ["COUNTED", "LISTED", "NAMED", "TODAY", "logged_in", "named", "written"]


def logged_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def march(cast: Cast) -> Cast:
    """Six records of the worked example, with hours, volunteers and one imported row that states heads."""
    return tell_march(cast)
