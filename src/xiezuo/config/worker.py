"""The background worker: a process of its own beside the server, watched and started again when it dies.

It shows that it lives by touching a file every few seconds, so that nothing is written to the database for it.
"""

import logging
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

HEARTBEAT = "worker.heartbeat"
BEAT = 5.0  # seconds between two heartbeats
SILENT = 30.0  # seconds after which it counts as dead
PATIENCE = 20.0  # seconds it is given to finish its task when the house closes
RESTS = (1.0, 5.0, 30.0)  # seconds to wait before starting it again; the last one from then on

logger = logging.getLogger(__name__)


def beat(house: Path) -> None:
    """Say that the worker lives."""
    (house / HEARTBEAT).touch()


def silent_for(house: Path) -> float | None:
    """Seconds since the worker last showed a sign of life; None when it never did."""
    try:
        return max(time.time() - (house / HEARTBEAT).stat().st_mtime, 0.0)
    except OSError:
        return None


def is_alive(house: Path) -> bool:
    silent = silent_for(house)
    return silent is not None and silent < SILENT


class Keeper:
    """Keeps one worker running while the house is open."""

    def __init__(self, house: Path) -> None:
        self.house = house
        self.closing = threading.Event()
        self.worker: subprocess.Popen[bytes] | None = None
        self.thread = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)

    def open(self) -> None:
        self.thread.start()

    def close(self) -> None:
        """Ask the worker to finish its task and end; after `PATIENCE` seconds it is ended."""
        self.closing.set()
        worker = self.worker
        if worker is not None and worker.stdin is not None:
            worker.stdin.close()
            try:
                worker.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                worker.kill()
        (self.house / HEARTBEAT).unlink(missing_ok=True)

    def _keep(self) -> None:
        fallen = 0
        while not self.closing.is_set():
            began = time.monotonic()
            # The worker reads its end of this pipe: when we are gone, however suddenly, it ends too.
            self.worker = subprocess.Popen(
                [sys.executable, "-m", "xiezuo.config.cli", "worker"],
                stdin=subprocess.PIPE,
                # Ctrl+C at the terminal is for us; the worker is told through the pipe and finishes its task.
                start_new_session=os.name == "posix",
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
                env=os.environ | {"XIEZUO_HOUSE": str(self.house)},
            )
            code = self.worker.wait()
            if self.closing.is_set():
                return
            fallen = 0 if time.monotonic() - began > 60 else fallen + 1
            rest = RESTS[min(fallen, len(RESTS)) - 1] if fallen else RESTS[0]
            logger.error("The background worker ended with code %s; starting it again in %s s.", code, rest)
            self.closing.wait(rest)
