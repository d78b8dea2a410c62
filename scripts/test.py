"""`make test`: the gates, every test on SQLite, on PostgreSQL every test that asks the database, and one count at the end."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import browser, check, postgres  # noqa: E402


@dataclass
class Count:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)


def counted(report: Path) -> Count:
    """What pytest's report says; a run that wrote none (it could not start) counts as one failure."""
    if not report.exists():
        return Count(failed=1)
    suites = ElementTree.parse(report).getroot().iter("testsuite")
    totals = [[int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")] for suite in suites]
    tests, failures, errors, skipped = (sum(column) for column in zip(*totals, strict=True))
    failed = failures + errors
    return Count(max(tests - failed - skipped, 0), failed, skipped)


def run(engine: str, *arguments: str, **environment: str) -> Count:
    print(f"\n== {engine}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-n",
            "2",
            "--dist",
            "loadgroup",
            "-q",
            f"--junitxml={report}",
            *arguments,
        ]
        environment = os.environ | environment | {"XIEZUO_TEST_RUN": secrets.token_hex(4)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # the tests start hundreds of programs: compiled once
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        count = counted(report)
    # Anything but "all passed" is red, also when pytest broke without a failed test.
    return count if code == 0 or count.failed else count + Count(failed=1)


def main() -> int:
    began, engines, total, trouble = time.monotonic(), [], Count(), []
    gates = check.main()
    try:
        chromium = browser.ready()
        named = os.environ.pop("XIEZUO_TEST_POSTGRES", "")
        total += run("SQLite, with the journeys", XIEZUO_TEST_CHROMIUM=chromium)
        engines.append("SQLite")
        if named:
            os.environ["XIEZUO_TEST_POSTGRES"] = named
        with postgres.server() as url:
            total += run("PostgreSQL", "-m", "not journey", XIEZUO_TEST_POSTGRES=url)
        engines.append("PostgreSQL")
    except (browser.Missing, postgres.NoServer) as error:
        trouble.append(str(error))
    print(f"\nGates: {'red' if gates else 'green'}. Engines: {', '.join(engines) or 'none'}.", end=" ")
    print(f"Skipped: {total.skipped}. {time.monotonic() - began:.0f} s.")
    for words in trouble:
        print(words)
    print(f"{total.passed} passed, {total.failed} failed", flush=True)
    return 1 if gates or trouble or total.failed or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main())
