"""Reading and taking in large workbooks, in a process of its own whose memory is looked at afterwards.

`python -m xiezuo.config.cli.measuring.importing ACTIVITIES VOLUNTEERS` works in the house of XIEZUO_HOUSE and prints JSON; what it
takes in is taken back.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from xiezuo.config.cli import Stop
from xiezuo.config.cli.measuring import workbooks
from xiezuo.config.cli.measuring.measure import Measure
from xiezuo.config.cli.words import _

ACTIVITIES, VOLUNTEERS = 5_000, 20_000
AT_MOST = 540  # seconds


def measure(folder: Path, workbook: Path | None) -> list[Measure]:
    environment = os.environ | {"XIEZUO_HOUSE": str(folder)}
    with TemporaryDirectory() as made:
        files = _workbooks(Path(made), workbook)
        command = [sys.executable, "-m", __name__, *(str(path.absolute()) for path in files)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=AT_MOST)
    if done.returncode:
        raise Stop(_("Importing could not be measured: %(why)s") % {"why": done.stderr.strip()[-300:]})
    found = json.loads(done.stdout.splitlines()[-1])
    what = _("understand the workbook %(name)s") % {"name": workbook.name} if workbook else ""
    return [
        Measure(
            what or _("understand a workbook of %(n)s activities") % {"n": ACTIVITIES}, found["understand_s"], 5, "s"
        ),
        Measure(_("read %(n)s volunteers and look who is known") % {"n": VOLUNTEERS}, found["read_s"], None, "s"),
        Measure(
            _("take in %(n)s volunteers") % {"n": VOLUNTEERS}, found["rows_per_s"], 1000, _("per s"), at_least=True
        ),
        Measure(_("memory while importing"), found["memory_mb"], 300, "MB"),
    ]


def _workbooks(folder: Path, given: Path | None) -> tuple[Path, Path]:
    """Made outside the process whose memory is looked at: the ledger to understand, and the volunteers to take in."""
    random = Random()
    ledger, volunteers = given or folder / "2025年活动台账.xlsx", folder / "志愿者登记表.xlsx"
    if given is None:
        ledger.write_bytes(workbooks.activities(random, ACTIVITIES, 2025))
    volunteers.write_bytes(workbooks.volunteers(random, VOLUNTEERS))
    return ledger, volunteers


def _understand(content: bytes, name: str) -> float:
    from xiezuo.exchange.sheets.reading import read_workbook

    began = time.perf_counter()
    read_workbook(content, name)
    return time.perf_counter() - began


def _take_in(content: bytes) -> tuple[float, float]:
    """Seconds to read, and volunteers taken in a second."""
    from xiezuo.config.cli.measuring.pages import colleagues
    from xiezuo.exchange.actions.applying import apply_batch, begin_apply
    from xiezuo.exchange.actions.receiving import read_batch, receive_file
    from xiezuo.exchange.actions.undoing import undo_import
    from xiezuo.orgs.access import sites_for

    by = colleagues()[0]
    received = receive_file(by=by, content=content, file_name="志愿者登记表.xlsx")
    began = time.perf_counter()
    batch = read_batch(received.pk)
    read = time.perf_counter() - began
    begin_apply(by=by, batch=batch, site=sites_for(by).first(), centres={})
    began = time.perf_counter()
    done = apply_batch(batch.pk)
    taken = time.perf_counter() - began
    rate = done.summary["people"] / taken
    undo_import(by=by, batch=done)
    return read, rate


def _most_memory() -> float | None:
    """Megabytes this process held at most; None where the system does not tell.

    Linux says it of the program itself; elsewhere what the process was before it became this program counts too.
    """
    status = Path("/proc/self/status")
    if status.exists():
        held = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(held.split()[1]) / 1024
    try:
        import resource
    except ImportError:
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    from xiezuo.config.cli import django

    django.start()
    ledger, volunteers = (Path(name) for name in sys.argv[1:])
    understand = _understand(ledger.read_bytes(), ledger.name)
    read, rate = _take_in(volunteers.read_bytes())
    found = {"understand_s": understand, "read_s": read, "rows_per_s": rate, "memory_mb": _most_memory()}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
