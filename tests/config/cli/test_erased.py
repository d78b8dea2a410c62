"""Whoever was erased does not come back with a backup that was made before (convention 12)."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.config.cli.conftest import Run, surroundings

pytestmark = pytest.mark.slow

TOLD = """
import os, sys
from xiezuo.config.cli import django
django.start()
from datetime import date
from xiezuo.orgs.access import actor_for
from xiezuo.orgs.models import User
from xiezuo.orgs.actions import open_site
from xiezuo.people.actions import PersonFacts, erase_person, register_person
from xiezuo.people.actions.erasing import clean_up
from xiezuo.people.models import Person
chenli = actor_for(User.objects.get())
"""
WRITE = """
site = open_site(by=chenli, name="东区", on=date(2020, 1, 1))
for name, phone in (("王素芬", "15412342764"), ("李国强", "13900001111")):
    register_person(by=chenli, facts=PersonFacts(nickname=name, full_name=name, phone=phone), on=date(2020, 1, 1), site=site)
"""
ERASE = """
erase_person(by_id=chenli.id, person=Person.objects.get(full_name="王素芬").pk, on=date(2026, 3, 1))
clean_up()
"""


def tell(folder: Path, what: str) -> None:
    """Do something in the house of this test, in a program of its own."""
    said = subprocess.run(
        [sys.executable, "-c", TOLD + what], cwd=folder, env=surroundings(), capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr


def names(house: Path) -> list[str]:
    with closing(sqlite3.connect(house / "house.sqlite3")) as connection:
        return [row[0] for row in connection.execute("SELECT nickname FROM people_person ORDER BY id")]


@pytest.fixture
def erased(run: Run, house: Path, tmp_path: Path) -> Path:
    """A house with a backup from before somebody was erased."""
    tell(tmp_path, WRITE)
    assert run("backup", "before.zip").returncode == 0
    tell(tmp_path, ERASE)
    assert names(house) == ["—", "李国强"]
    assert b"15412342764" not in (house / "house.sqlite3").read_bytes()
    return tmp_path


def test_whoever_was_erased_is_erased_again_before_the_house_opens(run: Run, house: Path, erased: Path) -> None:
    said = run("restore", "before.zip", "--force")
    assert said.returncode == 0, said.stderr
    assert "1 people who were erased since then have been erased again.\n" in said.stdout
    assert names(house) == ["—", "李国强"]
    written = (house / "house.sqlite3").read_bytes()
    assert [trace for trace in ("王素芬", "15412342764") if trace.encode() in written] == []
    assert "✓ The list of erased people is complete (1)." in run("check").stdout
    assert run("check").returncode == 0


def test_the_list_holds_a_day_and_a_digest_and_no_name(run: Run, house: Path, erased: Path) -> None:
    lines = [line.split(" ") for line in (house / "erased.list").read_text("utf-8").splitlines() if line[0].isdigit()]
    assert [(day, len(digest)) for day, digest in lines] == [("2026-03-01", 64)]
    written = (house / "erased.list").read_text("utf-8")
    assert [trace for trace in ("王素芬", "15412342764") if trace in written] == []
    assert (house / "erased.list").stat().st_mode & 0o777 == 0o600


def test_in_another_place_the_list_beside_the_latest_backup_is_read(run: Run, house: Path, erased: Path) -> None:
    assert run("backup", "after.zip").returncode == 0
    said = run("--house", "new", "restore", "before.zip", "--keys", str(house / "keys.toml"))
    assert said.returncode == 0, said.stderr
    assert names(erased / "new") == ["—", "李国强"]
    assert run("--house", "new", "check").returncode == 0


def test_a_list_can_be_named(run: Run, house: Path, erased: Path) -> None:
    (erased / "erased.list").unlink()
    (house / "erased.list").rename(erased / "latest.list")
    said = run("restore", "before.zip", "--force", "--erased", "latest.list")
    assert said.returncode == 0, said.stderr
    assert names(house) == ["—", "李国强"]


def test_without_a_list_restoring_says_so_and_check_shows_it(run: Run, house: Path, erased: Path) -> None:
    (erased / "erased.list").unlink()
    (house / "erased.list").rename(erased / "found.later")
    said = run("restore", "before.zip", "--force")
    assert said.returncode == 0, said.stderr
    assert "No list of erased people from after this backup was found." in said.stdout
    assert names(house) == ["王素芬", "李国强"]
    told = run("check")
    assert told.returncode == 1
    assert "without a list of who was erased after it" in told.stdout
    again = run("people", "erased", "found.later")
    assert again.stdout == "1 people were erased again.\n"
    assert names(house) == ["—", "李国强"]
    assert run("check").returncode == 0


def test_that_nobody_was_erased_after_a_backup_can_be_said(run: Run, house: Path, tmp_path: Path) -> None:
    tell(tmp_path, WRITE)
    assert run("backup", "before.zip").returncode == 0
    for path in (tmp_path / "erased.list", house / "erased.list"):
        path.unlink()
    assert run("restore", "before.zip", "--force").returncode == 0
    assert run("check").returncode == 1
    assert run("people", "erased", "--whole").returncode == 0
    assert run("check").returncode == 0


def test_a_damaged_list_is_refused_and_nothing_is_changed(run: Run, house: Path, erased: Path) -> None:
    (house / "erased.list").write_text("王素芬\n", encoding="utf-8")
    said = run("restore", "before.zip", "--force")
    assert said.returncode == 1
    assert "cannot be read. Nothing was changed." in said.stderr
    assert names(house) == ["—", "李国强"]
    assert run("check").returncode == 1
