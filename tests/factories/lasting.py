"""A database in which what is saved stays saved: for threads that meet, processes that are killed, and real browsers.

Other tests run inside a transaction that is rolled back; nobody else can see what they write.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections

from tests.settings import SERVER

DATABASE = "house.sqlite3"


@contextmanager
def working_in(database: Path) -> Iterator[None]:
    """Work in an SQLite file instead of the tests' own database, in this thread and in those it starts."""
    settings = connections.settings["default"]
    before, name = connections["default"], settings["NAME"]
    del connections["default"]
    settings["NAME"] = str(database)
    try:
        yield
    finally:
        connections["default"].close()
        settings["NAME"] = name
        connections["default"] = before


@pytest.fixture(scope="session")
def empty_tables(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: object) -> Path:
    """An SQLite file with tables and nothing in them; copy it, leave it alone."""
    database = tmp_path_factory.mktemp("tables") / DATABASE
    with django_db_blocker.unblock(), working_in(database):  # type: ignore[attr-defined]
        call_command("migrate", verbosity=0)
    return database


@pytest.fixture
def lasting(request: pytest.FixtureRequest, transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Empty tables on the engine of this run, where several writers meet."""
    if SERVER:
        yield
        return
    database = Path(shutil.copy(request.getfixturevalue("empty_tables"), tmp_path))
    with working_in(database):
        yield
