"""A database in which what is saved stays saved: for threads that meet, processes that are killed, and real browsers.

Other tests run inside a transaction that is rolled back; nobody else can see what they write.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections

from tests.factories.tables import empty_tables
from tests.settings import SERVER

AT_EASE = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"


@contextmanager
def working_in(database: Path) -> Iterator[None]:
    """Work in an SQLite file instead of the tests' own database, in this thread and in those it starts."""
    settings = connections.settings["default"]
    before, name = connections["default"], settings["NAME"]
    del connections["default"]
    settings["NAME"] = str(database)
    # Nobody pulls the plug of these: nothing has to wait for the disk.
    options, settings["OPTIONS"] = settings["OPTIONS"], {**settings["OPTIONS"], "init_command": AT_EASE}
    try:
        yield
    finally:
        connections["default"].close()
        settings["NAME"], settings["OPTIONS"] = name, options
        connections["default"] = before


@pytest.fixture
def lasting(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Empty tables on the engine of this run, where several writers meet."""
    if SERVER:
        yield
        return
    database = Path(shutil.copy(empty_tables(), tmp_path))
    with working_in(database):
        yield
