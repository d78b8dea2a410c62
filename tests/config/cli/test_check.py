import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.config.cli.conftest import Run

pytestmark = pytest.mark.slow


def change(house: Path, sql: str) -> None:
    with closing(sqlite3.connect(house / "house.sqlite3")) as connection, connection:
        connection.execute(sql)


def test_a_new_house_is_well(run: Run, house: Path) -> None:
    said = run("check")
    assert said.returncode == 0, said.stdout
    assert "✗" not in said.stdout


def test_what_people_are_found_by_is_looked_at_and_made_anew(run: Run, house: Path) -> None:
    assert "✓ People are found by what stands on their records." in run("check").stdout
    assert run("reindex").stdout == "0 people are findable.\n"


def test_an_event_that_was_altered_shows(run: Run, house: Path) -> None:
    change(house, "UPDATE common_event SET code = 'orgs.house.sold' WHERE id = 1")
    said = run("check")
    assert said.returncode == 1
    assert "✗ The event log was altered or cut in 1 places." in said.stdout


def test_a_last_event_that_was_removed_shows(run: Run, house: Path) -> None:
    change(house, "DELETE FROM common_event WHERE id = (SELECT MAX(id) FROM common_event)")
    assert "✗ The event log was altered or cut in 1 places." in run("check").stdout


def test_tables_of_an_older_version_show_and_are_not_served(run: Run, house: Path) -> None:
    change(house, "DELETE FROM django_migrations WHERE app = 'exchange'")
    assert "✗ The tables are from an older version. Run: xiezuo upgrade" in run("check").stdout
    said = run("serve", "--port", "8198")
    assert said.returncode == 1
    assert said.stderr.startswith("The database is from an older version")


def test_an_upgrade_with_nothing_to_do_says_so(run: Run, house: Path) -> None:
    assert run("upgrade").stdout == "The house is of this version already. Nothing was changed.\n"


def test_a_colleague_gets_a_link_that_works_once(run: Run, house: Path) -> None:
    said = run("user", "add", "xiaomei", "周晓梅", "--role", "social_worker", "--address", "https://xiezuo.example.org")
    assert said.returncode == 0, said.stderr
    assert said.stdout.splitlines()[-1].startswith("https://xiezuo.example.org/account/set-password/")
    assert run("user", "add", "xiaomei", "周晓梅").stderr == "This user name is taken; choose another.\n"
    assert run("user", "reset", "nobody").stderr == "There is no active account with the user name nobody.\n"


def test_a_pack_of_the_house_takes_the_place_of_the_shipped_one_and_a_broken_one_shows(run: Run, house: Path) -> None:
    packs = house / "packs"
    packs.mkdir()
    own = packs / "caring-default.toml"
    own.write_text('id = "caring-default"\nkind = "rules"\n[not_met]\nafter_days = 30\n', encoding="utf-8")
    assert "✓ The house has packs of its own: caring-default." in run("check").stdout
    own.write_text('id = "caring-default\n', encoding="utf-8")
    said = run("check")
    assert said.returncode == 1
    assert f"✗ The pack {own} cannot be read:" in said.stdout


def test_a_list_of_places_that_cannot_be_read_shows(run: Run, house: Path) -> None:
    (house / "packs").mkdir(exist_ok=True)
    path = house / "packs" / "_in-use.json"
    path.write_text('{"places": ["110105"', encoding="utf-8")
    assert f"✗ The pack {path} cannot be read:" in run("check").stdout


def test_a_growth_path_with_a_stage_that_is_no_role_shows(run: Run, house: Path) -> None:
    (house / "packs").mkdir()
    path = house / "packs" / "journey-default.toml"
    path.write_text('id = "journey-default"\n[[stages]]\nrole = "hero"\ngives = true\n', encoding="utf-8")
    assert "✗ The pack journey-default names something that is no role:" in run("check").stdout
