"""The house as one program: its two children come back when they fall and go when it goes."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.config.cli.conftest import ROOT, Run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc").exists(), reason="Children are found through /proc."),
]


def until(true: Callable[[], object], seconds: float = 60) -> None:
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds, "It did not come about."
        time.sleep(0.1)


def children(of: int) -> dict[int, str]:
    """Process id and command line of every child that still runs."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines() if ":" in line)
            if int(status["PPid"]) == of and not status["State"].strip().startswith("Z"):
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue  # it ended meanwhile
    return found


def runs(pid: int) -> bool:
    try:
        return not (Path("/proc") / str(pid) / "status").read_text().split("State:")[1].strip().startswith("Z")
    except OSError:
        return False


class Served:
    def __init__(self, house: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("XIEZUO_", "DJANGO_"))}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "xiezuo.config.cli", "serve", "--port", str(self.port)],
            env=kept | {"PYTHONPATH": str(ROOT / "src"), "XIEZUO_HOUSE": str(house)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def health(self) -> dict[str, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as error:
            return dict(json.load(error))
        except OSError:
            return {}

    def is_well(self) -> bool:
        return self.health().get("status") == "ok"

    def worker(self) -> int:
        return next((pid for pid, line in children(self.process.pid).items() if line.endswith("worker ")), 0)


@pytest.fixture
def served(house: Path) -> Iterator[Served]:
    served = Served(house)
    try:
        until(served.is_well)
        yield served
    finally:
        if served.process.poll() is None:
            served.process.terminate()
            served.process.wait(60)


def test_a_worker_that_falls_is_started_again(served: Served) -> None:
    fallen = served.worker()
    os.kill(fallen, signal.SIGKILL)
    until(lambda: served.worker() not in {0, fallen})
    until(served.is_well)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_nothing_is_left_running_when_the_house_closes(served: Served, end: signal.Signals) -> None:
    left = list(children(served.process.pid))
    assert len(left) >= 2
    served.process.send_signal(end)
    served.process.wait(60)
    until(lambda: not any(runs(pid) for pid in left))


def test_a_port_in_use_is_said_with_another_to_take(served: Served, run: Run) -> None:
    said = run("serve", "--port", str(served.port))
    assert said.returncode == 1
    assert said.stderr == (
        f"Port {served.port} on 127.0.0.1 is in use. Close the other program, or choose: --port {served.port + 1}\n"
    )


def test_what_is_fetched_once_need_not_be_fetched_again(served: Served) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{served.port}/login/", timeout=10) as page:
        text = page.read().decode()
    style = text.split('rel="stylesheet" href="')[1].split('"')[0]
    with urllib.request.urlopen(f"http://127.0.0.1:{served.port}{style}", timeout=10) as sheet:
        assert sheet.headers["cache-control"] == "max-age=315360000, public, immutable"
