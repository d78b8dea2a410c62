"""Houses of their own for the command line: each test runs `xiezuo` as a program of its own, as people do."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
Said = subprocess.CompletedProcess[str]
Run = Callable[..., Said]


def surroundings(**chosen: str) -> dict[str, str]:
    """The environment of a program of its own: nothing of this run's house or database leaks into it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XIEZUO_", "LC_", "DJANGO_"))}
    return kept | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"} | chosen


def xiezuo(folder: Path, *arguments: str, lang: str = "en_US.UTF-8", **environment: str) -> Said:
    """Run the command in `folder`; its house is the folder `house` there."""
    return subprocess.run(
        [sys.executable, "-m", "xiezuo.config.cli", *arguments],
        cwd=folder,
        env=surroundings(LANG=lang, **environment),
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=400,
        check=False,
    )


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """`run("check", lang="en_US.UTF-8")` in a folder of this test's own."""
    return partial(xiezuo, tmp_path)


@pytest.fixture(scope="session")
def new_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new")
    said = xiezuo(
        folder,
        *("init", "--name", "阳光社工中心", "--username", "chenli", "--your-name", "陈立"),
        XIEZUO_ADMIN_PASSWORD="a long password",
    )
    assert said.returncode == 0, said.stderr
    return folder / "house"


@pytest.fixture
def house(new_house: Path, tmp_path: Path) -> Path:
    """The house of 阳光社工中心, with the account chenli, in this test's own folder."""
    shutil.copytree(new_house, tmp_path / "house")
    return tmp_path / "house"
