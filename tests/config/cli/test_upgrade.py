import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.config.cli.conftest import Run, surroundings


@pytest.fixture
def older(house: Path) -> Path:
    """The house as a version without the newest floor had left it: its tables are not there yet."""
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "exchange", "zero", "--verbosity", "0"],
        env=surroundings(DJANGO_SETTINGS_MODULE="xiezuo.config.settings", XIEZUO_HOUSE=str(house)),
        check=True,
    )
    return house


def tables(house: Path) -> set[str]:
    with closing(sqlite3.connect(house / "house.sqlite3")) as connection:
        return {str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_an_older_house_is_backed_up_and_brought_to_this_version(run: Run, older: Path) -> None:
    assert "exchange_importbatch" not in tables(older)
    said = run("upgrade")
    assert said.returncode == 0, said.stderr
    assert "exchange_importbatch" in tables(older)
    assert [path.suffix for path in (older / "backups").iterdir()] == [".zip"]
    assert run("check").returncode == 0


def test_a_house_that_is_being_served_is_not_changed(run: Run, older: Path) -> None:
    (older / "worker.heartbeat").touch()
    said = run("upgrade")
    assert said.returncode == 1
    assert said.stderr.startswith("This house is being served.")
    assert "exchange_importbatch" not in tables(older)


def test_the_backup_of_an_upgrade_leads_back(run: Run, older: Path) -> None:
    assert run("upgrade").returncode == 0
    backup = next((older / "backups").iterdir())
    said = run("restore", str(backup), "--force")
    assert said.returncode == 0, said.stderr
    assert run("check").returncode == 0
