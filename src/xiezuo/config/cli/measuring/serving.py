"""The house served for real: how soon it is there, and what it holds in memory."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from xiezuo.config.cli import Stop
from xiezuo.config.cli.measuring.measure import Measure
from xiezuo.config.cli.words import _

START_PATIENCE = 30.0  # seconds


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _memory(of: int) -> float | None:
    """Megabytes the largest process below `of` holds; None where there is no /proc to ask."""
    sizes = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue  # it ended meanwhile
        if int(lines.get("PPid", 0)) == of and "VmRSS" in lines:
            sizes.append(int(lines["VmRSS"].split()[0]) / 1024)
    return max(sizes, default=None)


def measure(folder: Path) -> list[Measure]:
    """Start the house, wait until it answers, open a page often, and look at its memory."""
    port = _free_port()
    command = [sys.executable, "-m", "xiezuo.config.cli", "serve", "--port", str(port)]
    began = time.monotonic()
    server = subprocess.Popen(command, env=os.environ | {"XIEZUO_HOUSE": str(folder)}, stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/login/", timeout=2).read()
                break
            except OSError as error:
                if time.monotonic() - began > START_PATIENCE or server.poll() is not None:
                    raise Stop(_("The sample house did not start.")) from error
                time.sleep(0.02)
        started = time.monotonic() - began
        for _n in range(50):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/login/", timeout=5).read()
        memory = _memory(server.pid)
    finally:
        server.terminate()
        server.wait(30)
    return [
        Measure(_("from the command to the first page"), started, 5, "s"),
        Measure(_("memory of the serving process"), memory, 200, "MB"),
    ]
