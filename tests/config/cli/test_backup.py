import json
import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.config.cli.conftest import Run

pytestmark = pytest.mark.slow


@pytest.fixture
def backup(run: Run, house: Path, tmp_path: Path) -> Path:
    (house / "files" / "evidence").mkdir(parents=True)
    (house / "files" / "evidence" / "合照.jpg").write_bytes(b"picture")
    said = run("backup", "kept.zip")
    assert said.returncode == 0, said.stderr
    return tmp_path / "kept.zip"


def rename_account(house: Path, name: str) -> None:
    with closing(sqlite3.connect(house / "house.sqlite3")) as connection, connection:
        connection.execute("UPDATE orgs_user SET name = ?", [name])


def account(house: Path) -> str:
    with closing(sqlite3.connect(house / "house.sqlite3")) as connection:
        return str(connection.execute("SELECT name FROM orgs_user").fetchone()[0])


def test_a_backup_holds_database_and_files_and_no_keys(backup: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        assert sorted(archive.namelist()) == [
            "erased.list",
            "files/evidence/合照.jpg",
            "house.sqlite3",
            "manifest.json",
        ]
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["counts"]["orgs_user"] == 1
    assert manifest["with_keys"] is False
    assert backup.stat().st_mode & 0o777 == 0o600


def test_with_keys_the_whole_house_can_move(run: Run, house: Path, tmp_path: Path) -> None:
    assert run("backup", "move.zip", "--with-keys").returncode == 0
    said = run("--house", "elsewhere", "restore", "move.zip")
    assert said.returncode == 0, said.stderr
    assert (tmp_path / "elsewhere" / "keys.toml").read_bytes() == (house / "keys.toml").read_bytes()
    assert account(tmp_path / "elsewhere") == "陈立"


def test_a_house_that_is_there_is_not_overwritten(run: Run, house: Path, backup: Path) -> None:
    rename_account(house, "陈立新")
    said = run("restore", "kept.zip")
    assert said.returncode == 1
    assert said.stderr.endswith(
        f"There is a house at {house}. Nothing was changed. To put it aside and go on, add --force.\n"
    )
    assert account(house) == "陈立新"


def test_by_force_the_old_house_is_kept_aside(run: Run, house: Path, backup: Path, tmp_path: Path) -> None:
    rename_account(house, "陈立新")
    said = run("restore", "kept.zip", "--force")
    assert said.returncode == 0, said.stderr
    assert account(house) == "陈立"
    assert (house / "files" / "evidence" / "合照.jpg").read_bytes() == b"picture"
    aside = [path for path in tmp_path.iterdir() if re.fullmatch(r"house-before-\d{8}-\d{6}", path.name)]
    assert [account(path) for path in aside] == ["陈立新"]
    assert run("check").returncode == 0


def test_a_backup_goes_into_a_new_house_with_the_key_file_beside_it(run: Run, house: Path, backup: Path) -> None:
    assert run("--house", "new", "restore", "kept.zip").stderr.endswith(
        "The backup holds no keys. Name your copy of the key file: --keys keys.toml\n"
    )
    said = run("--house", "new", "restore", "kept.zip", "--keys", str(house / "keys.toml"))
    assert said.returncode == 0, said.stderr


def test_the_wrong_key_file_is_refused_and_nothing_is_left(run: Run, backup: Path, tmp_path: Path) -> None:
    run(
        "--house",
        "other",
        "init",
        "--name",
        "x",
        "--username",
        "x",
        "--your-name",
        "x",
        "--password",
        "a long password",
    )
    said = run("--house", "new", "restore", "kept.zip", "--keys", "other/keys.toml")
    assert said.returncode == 1
    assert said.stderr.endswith(
        "This key file is not the one the backup was made with. Name the right one with --keys.\n"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["erased.list", "house", "kept.zip", "other"]


def test_a_damaged_backup_is_refused(run: Run, house: Path, backup: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup) as whole, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
        for name in whole.namelist():
            bad.writestr(name, b"other picture" if name.endswith(".jpg") else whole.read(name))
    said = run("restore", "bad.zip", "--force")
    assert said.returncode == 1
    assert said.stderr.endswith("The backup bad.zip is damaged. Do not rely on it; use an earlier one.\n")
    assert account(house) == "陈立"


def test_a_backup_never_overwrites_another(run: Run, backup: Path) -> None:
    before = backup.read_bytes()
    assert run("backup", "kept.zip").returncode == 1
    assert backup.read_bytes() == before
