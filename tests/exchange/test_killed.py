"""Power cuts while an import is taken in: the end is the same, and nobody ever counts half of it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

KILLS = 20
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no kill -9")
@pytest.mark.skipif("XIEZUO_TEST_POSTGRES" in os.environ, reason="kills an SQLite house of its own")
def test_an_import_killed_at_any_moment_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-m", "tests.exchange.killed", str(tmp_path), str(KILLS)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=True)
    told = json.loads(done.stdout)
    expected = told["expected"]
    # 40 of the register, 20 volunteers of whom one stands there twice, 5 who gave hours on 4 days; 40 activities.
    summary = expected["summary"]
    assert (expected["state"], summary["people"], summary["linked"], summary["services"]) == ("applied", 64, 1, 44)
    assert expected["figures"]["person_times"] == sum(range(2, 42))
    assert [after["in the end"] for after in told["after"]] == [expected] * KILLS
    halfway = [after["counting"] for after in told["after"] if after["state"] == "applying"]
    assert halfway == [0] * len(halfway)
    assert len(halfway) >= KILLS * 3 // 4
