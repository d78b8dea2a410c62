"""`xiezuo people`: looking through the house for people who were written down twice."""

from pathlib import Path

import pytest

from tests.config.cli.conftest import Run

pytestmark = pytest.mark.slow


def test_the_queue_is_filled_in_the_name_of_a_supervisor(run: Run, house: Path) -> None:
    assert run("user", "add", "lihua", "李华", "--role", "supervisor").returncode == 0
    said = run("people", "match", "--house", "--as", "lihua")
    assert (said.returncode, said.stdout) == (0, "0 new pairs wait under “Written down twice?”. Nobody was merged.\n")


def test_a_worker_or_nobody_cannot_fill_it_and_is_told_so(run: Run, house: Path) -> None:
    assert run("user", "add", "xiaomei", "周晓梅", "--role", "social_worker").returncode == 0
    said = run("people", "match", "--house", "--as", "xiaomei")
    assert said.returncode == 1
    assert "Only a supervisor" in said.stderr
    assert (
        "There is no active account with the user name nobody."
        in run("people", "match", "--house", "--as", "nobody").stderr
    )


def test_one_place_for_the_pairs_is_named(run: Run, house: Path) -> None:
    said = run("people", "match", "--house")
    assert said.returncode == 2
    assert "--house goes with --review or with --as" in said.stderr
