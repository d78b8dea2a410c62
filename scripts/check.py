"""The gates: everything that can be judged without running the product. Two at a time; all are run, all are told."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable
TEMPLATES = sorted(ROOT.glob("src/xiezuo/*/templates"))
GATES: dict[str, list[str | Path]] = {
    "types": [BIN / "mypy"],
    "lint": [BIN / "ruff", "check"],
    "format": [BIN / "ruff", "format", "--check"],
    "floors": [BIN / "lint-imports", "--no-cache"],
    "templates": [BIN / "djlint", "--lint", "--quiet", *TEMPLATES],
    "licences": [PYTHON, "scripts/licences.py"],
    "locks": [PYTHON, "scripts/locks.py"],
    "vendored": [PYTHON, "scripts/vendored.py"],
    "translations": [PYTHON, "scripts/messages.py", "missing"],
}


def judge(name: str) -> tuple[str, bool, str, float]:
    """Name, whether it is green, what it said, seconds."""
    began = time.monotonic()
    done = subprocess.run(
        GATES[name], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return name, done.returncode == 0, done.stdout.strip(), time.monotonic() - began


def main() -> int:
    red = []
    with ThreadPoolExecutor(2) as pool:
        for name, good, words, seconds in pool.map(judge, GATES):
            print(f"{'ok ' if good else 'RED'} {name:14} {seconds:4.1f} s", flush=True)
            if not good:
                red.append(name)
                print("    " + words.replace("\n", "\n    "), flush=True)
    print(f"Gates: {', '.join(red)} red." if red else "Gates: all green.")
    return 1 if red else 0


if __name__ == "__main__":
    sys.exit(main())
