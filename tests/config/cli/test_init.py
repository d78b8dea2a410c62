import sqlite3
from pathlib import Path

import pytest

from tests.config.cli.conftest import Run

pytestmark = pytest.mark.slow


def asked(house: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(house / "house.sqlite3")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_whoever_founds_a_house_alone_runs_and_supervises_it(house: Path) -> None:
    assert asked(house, "SELECT name, is_house FROM orgs_organisation") == [("阳光社工中心", 1)]
    assert asked(house, "SELECT username, name FROM orgs_user") == [("chenli", "陈立")]
    roles = asked(house, "SELECT role, site_id FROM orgs_membership ORDER BY role")
    assert roles == [("supervisor", None), ("sysadmin", None)]


def test_the_key_file_is_for_the_owner_of_the_house_only(house: Path) -> None:
    assert (house / "keys.toml").stat().st_mode & 0o777 == 0o600


def test_the_first_account_may_be_for_the_machine_only(run: Run, tmp_path: Path) -> None:
    said = run(
        "init", "--only-admin", "--name", "甲", "--username", "zhiyuan", "--your-name", "张志远",
        XIEZUO_ADMIN_PASSWORD="a long password",
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    assert asked(tmp_path / "house", "SELECT role FROM orgs_membership") == [("sysadmin",)]


def test_a_second_init_changes_nothing(run: Run, house: Path) -> None:
    keys = (house / "keys.toml").read_bytes()
    said = run("init", "--name", "乙", "--username", "x", "--your-name", "x", "--password", "a long password")
    assert said.returncode == 1
    assert said.stderr == f"There is a house at {house} already. Nothing was changed.\n"
    assert (house / "keys.toml").read_bytes() == keys


def test_a_short_password_makes_no_house(run: Run, tmp_path: Path) -> None:
    said = run("init", "--name", "甲", "--username", "x", "--your-name", "x", "--password", "short", lang="zh_CN.UTF-8")
    assert (said.returncode, said.stderr) == (1, "密码至少要 10 个字符。什么都没有建立。\n")
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_answered_is_named(run: Run) -> None:
    said = run("init", "--name", "甲")
    assert said.returncode == 1
    assert said.stderr.strip().endswith(
        "An answer is missing: Your name. Answer at the terminal, or give it as an option (xiezuo init --help)."
    )
