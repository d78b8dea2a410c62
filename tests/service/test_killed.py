"""kill -9 in the middle of saving: what was confirmed is there, whole, and the rest was never written."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from xiezuo.common.keys import write_new_keys

ROOT = Path(__file__).resolve().parents[2]
KILLS = 20

pytestmark = pytest.mark.slow


def run(house: Path, doing: str) -> "subprocess.Popen[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XIEZUO_", "DJANGO_"))}
    environment = kept | {"XIEZUO_HOUSE": str(house), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-m", "tests.service.writing", doing]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    write_new_keys(tmp_path)
    assert run(tmp_path, "found").wait(120) == 0
    return tmp_path


def kill_while_saving(house: Path, after: float) -> int:
    """Let someone save, kill them `after` seconds after their first record; how many records were confirmed."""
    writer = run(house, "write")
    assert writer.stdout is not None
    assert writer.stdout.readline() == "saved\n"
    time.sleep(after)
    writer.kill()
    rest, _errors = writer.communicate()
    return 1 + rest.count("saved\n")


def test_a_house_killed_twenty_times_while_saving_holds_only_whole_records(house: Path) -> None:
    moments, confirmed = random.Random(9), 0
    for _kill in range(KILLS):
        confirmed += kill_while_saving(house, moments.uniform(0, 0.12))
    proof, _errors = run(house, "prove").communicate()
    found = json.loads(proof)
    # Someone may be killed between the saving and the telling of it.
    assert confirmed <= found.pop("records") <= confirmed + KILLS
    assert found == {
        "integrity": "ok",
        "without everyone": [],
        "without event": [],
        "breaks": 0,
        "serials whole": True,
        "counter": 0,
    }
