"""Whatever goes wrong at the command line is a sentence in the language of the terminal, and an exit code."""

from pathlib import Path

import pytest

from tests.config.cli.conftest import Run
from xiezuo.config.cli import COMMANDS

pytestmark = pytest.mark.slow


def test_without_a_house_it_says_how_to_make_one(run: Run, tmp_path: Path) -> None:
    said = run("serve")
    assert said.returncode == 1
    assert said.stderr == f"There is no house at {tmp_path / 'house'}. Make one with: xiezuo init\n"


def test_it_speaks_chinese_to_a_chinese_terminal_and_to_one_that_does_not_say(run: Run, tmp_path: Path) -> None:
    chinese = f"{tmp_path / 'house'} 没有协作的数据。请先运行：xiezuo init\n"
    assert run("serve", lang="zh_CN.UTF-8").stderr == chinese
    assert run("serve", lang="C.UTF-8").stderr == chinese


def test_a_terminal_that_says_nothing_gets_the_language_of_the_house(run: Run, tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "xiezuo.toml").write_text('language = "en"\n')
    assert run("check", lang="").stderr.startswith("The key file ")


@pytest.mark.parametrize("broken", ["keys.toml", None])
def test_a_house_without_its_keys_is_not_served(run: Run, house: Path, broken: str | None) -> None:
    if broken:
        (house / broken).write_text("secret = 1")
    else:
        (house / "keys.toml").unlink()
    said = run("serve", "--port", "8199")
    assert said.returncode == 1
    assert said.stderr.startswith(f"The key file {house / 'keys.toml'} ")


def test_a_setting_nobody_knows_is_named(run: Run, house: Path) -> None:
    (house / "xiezuo.toml").write_text("hostz = []\n")
    said = run("check")
    assert said.returncode == 1
    assert "hostz?" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_database_server_that_is_away_is_said(run: Run, house: Path) -> None:
    said = run("check", XIEZUO_DATABASE="postgresql://nobody@127.0.0.1:1/none")
    assert said.returncode == 1
    assert said.stderr.startswith("The database cannot be reached: ")
    assert "Traceback" not in said.stderr


def test_wrong_use_ends_with_two(run: Run) -> None:
    said = run("serve", "--prot", "1")
    assert said.returncode == 2
    assert said.stderr.startswith("This is not how the command is used: ")


def test_wrong_use_is_told_in_chinese_to_the_last_word(run: Run) -> None:
    said = run("serve", "--prot", "1", lang="zh_CN.UTF-8")
    assert said.stderr == "命令不是这样用的：没有选项 '--prot'。 （是不是 '--host', '--port'？）\n"


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "worker"])
def test_every_command_explains_itself_in_chinese(run: Run, name: str) -> None:
    said = run(name, "--help", lang="zh_CN.UTF-8")
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("用法：")
    assert any("一" <= letter <= "鿿" for letter in said.stdout.splitlines()[2])
