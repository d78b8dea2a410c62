"""What holds for the files themselves."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import HOUSE, ROOT, files, short

LONGEST = 400  # lines
OF_THE_REPOSITORY = {"architecture", "factories", "journeys", "walk"}
# Put together here so that this file does not hold them itself.
MACHINE_PATH = re.compile(
    "|".join([r"(?<![\w./])/wo" + "rk/", "/ro" + r"ot/\.?\w", "/ho" + r"me/\w", r"[A-Z]:\\Us" + "ers"])
)
FOLDERS = ["src", "tests", "scripts", "docs", ".ci", "requirements"]
TEXT = ".py", ".html", ".css", ".js", ".md", ".toml", ".sh", ".po", ".txt", ".lock", ".svg"


def _kept() -> list[Path]:
    inside = [path for folder in FOLDERS for path in files(*TEXT, under=ROOT / folder)]
    return inside + [path for path in sorted(ROOT.iterdir()) if path.is_file() and path.name != ".git"]


def test_no_file_is_longer_than_anyone_reads() -> None:
    long = {}
    for path in files(".py", ".html", ".css", ".js", under=ROOT / "src"):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST:
            long[short(path)] = lines
    for folder in ("tests", "scripts"):
        for path in files(".py", under=ROOT / folder):
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > LONGEST:
                long[short(path)] = lines
    assert long == {}


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    told = [short(path) for path in _kept() if MACHINE_PATH.search(path.read_text(encoding="utf-8", errors="ignore"))]
    assert told == []


@pytest.mark.parametrize(
    "path", ["/wo" + "rk/x/y.py", "in /ro" + "ot/.cache", "C:\\Us" + "ers\\x", "see /ho" + "me/someone"]
)
def test_the_search_for_machine_paths_finds_them(path: str) -> None:
    assert MACHINE_PATH.search(path)


BESIDE = {"scripts", "service/rules"}  # one test for each rule of the field, whatever part of the code keeps it


def test_tests_stand_where_the_code_stands() -> None:
    tests = ROOT / "tests"
    folders = {path.parent.relative_to(tests) for path in tests.rglob("test_*.py")}
    strangers = [
        folder.as_posix()
        for folder in sorted(folders)
        if folder.parts and folder.parts[0] not in OF_THE_REPOSITORY and not (HOUSE / folder).is_dir()
        if folder.as_posix() not in BESIDE
    ]
    assert strangers == []


def test_every_test_file_is_a_test_file() -> None:
    """A file whose tests are never collected is a defect."""
    silent = [
        short(path)
        for path in files(".py", under=ROOT / "tests")
        if re.search(r"^(?:async )?def test_", path.read_text(encoding="utf-8"), re.MULTILINE)
        and not path.name.startswith("test_")
    ]
    assert silent == []
