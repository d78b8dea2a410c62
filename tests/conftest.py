"""What holds for every test."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, settings

from tests.factories.tables import empty_tables
from tests.settings import SERVER

# A machine that judges a change judges it by the same examples each time; people meet new ones with every run.
settings.register_profile("the same for everyone", derandomize=True, suppress_health_check=[HealthCheck.too_slow])
if os.environ.get("CI") == "true":
    settings.load_profile("the same for everyone")

PAGES = Path(__file__).parent / "web"
# Where Django keeps the tests' database when it is one of SQLite.
IN_MEMORY = "file:memorydb_default?mode=memory&cache=shared"
ASKS_THE_DATABASE = {"db", "transactional_db", "django_db_setup"}


def pytest_configure(config: pytest.Config) -> None:
    """The tables are made once, before the processes that copy them start."""
    if config.getoption("numprocesses", None) and not SERVER:
        empty_tables()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what asks the database is run: nothing else can tell one engine from the other. Of pages those tests
    that say so; every page is opened there by the walk.

    pytest-django refuses the database to a test that does not say it asks it.
    """
    if not SERVER:
        return
    asks = [
        item
        for item in items
        if (item.get_closest_marker("django_db") or ASKS_THE_DATABASE & set(_fixtures(item)))
        and (PAGES not in item.path.parents or item.get_closest_marker("both_engines"))
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(asks)])
    items[:] = asks


def _fixtures(item: pytest.Item) -> list[str]:
    return list(getattr(item, "fixturenames", []))


@pytest.fixture(autouse=True)
def counted_from_none() -> None:
    """Tries of links are counted in the memory of the process, which tests share: nobody is kept out for another's tries."""
    cache.clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Before Django makes the tables, they are there already: it finds nothing left to do."""
    if SERVER:
        yield
        return
    with closing(sqlite3.connect(IN_MEMORY, uri=True)) as memory:
        with closing(sqlite3.connect(empty_tables())) as made:
            made.backup(memory)
        yield
