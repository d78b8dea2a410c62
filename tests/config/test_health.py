import os
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from xiezuo.config import worker
from xiezuo.config.health import _is_up_to_date


@pytest.fixture
def folder() -> Path:
    folder: Path = settings.XIEZUO_HOUSE.folder
    (folder / worker.HEARTBEAT).unlink(missing_ok=True)
    return folder


@pytest.mark.django_db
def test_a_house_whose_worker_lives_is_well(client: Client, folder: Path) -> None:
    worker.beat(folder)
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "migrations": "ok", "worker": "ok"}


@pytest.mark.django_db
def test_a_worker_that_is_silent_for_half_a_minute_is_dead(client: Client, folder: Path) -> None:
    worker.beat(folder)
    long_ago = time.time() - 31
    os.utime(folder / worker.HEARTBEAT, (long_ago, long_ago))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "bad", "database": "ok", "migrations": "ok", "worker": "silent"}


@pytest.mark.django_db
def test_a_database_that_lacks_tables_is_not_well(client: Client, folder: Path) -> None:
    from django.db.migrations.recorder import MigrationRecorder

    worker.beat(folder)
    _is_up_to_date.cache_clear()
    MigrationRecorder.Migration.objects.filter(app="exchange").delete()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "pending")
